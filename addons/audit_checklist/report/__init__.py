from . import (
    audit_agency_report,
    audit_answer_report,
    audit_answer_report_heat,
    audit_gap_report,
    audit_inspector_report,
    audit_ranking_report,
)
