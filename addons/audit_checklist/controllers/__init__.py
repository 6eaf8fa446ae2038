from . import field, portal_findings, spreadsheet
