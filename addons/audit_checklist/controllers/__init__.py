from . import (
    daily_report,
    field,
    papers,
    portal_declarations,
    portal_findings,
    spreadsheet,
)
