from . import audit_checklist_import
