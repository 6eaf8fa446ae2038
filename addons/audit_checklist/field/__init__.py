from .visit import FieldVisit
