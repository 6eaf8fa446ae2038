# The others inherit from it.
from . import audit_content_mixin  # isort: split

from . import (
    audit_body,
    audit_checklist,
    audit_checklist_approval,
    audit_checklist_condition,
    audit_checklist_item,
    audit_checklist_item_design,
    audit_checklist_phrase,
    audit_checklist_section,
    audit_checklist_version,
    audit_checklist_version_checks,
    audit_checklist_version_course,
    audit_checklist_version_design,
    audit_checklist_version_sheet,
    audit_grade_band,
    audit_grade_scale,
    audit_response_option,
    audit_response_set,
    audit_unit_kind,
)
