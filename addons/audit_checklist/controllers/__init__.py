from . import field, spreadsheet
