from . import audit_checklist_import, audit_unit_import, audit_visit_return
