from . import field, papers, portal_findings, spreadsheet
