from . import minutes, sheets
