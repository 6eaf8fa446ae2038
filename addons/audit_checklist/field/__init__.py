from .base import NOT_YET
from .visit import FieldVisit
