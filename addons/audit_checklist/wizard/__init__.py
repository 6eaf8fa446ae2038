# The others inherit from it.
from . import audit_return, audit_sheet_import  # isort: split

from . import (
    audit_checklist_import,
    audit_field_rescue,
    audit_result_import,
    audit_unit_import,
    audit_visit_return,
)
