from . import field, papers, spreadsheet
