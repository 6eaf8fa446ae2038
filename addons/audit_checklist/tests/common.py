from odoo.tests import TransactionCase, new_test_user

ROLES = ("observer", "inspector", "lead", "programme_officer", "administrator")


class AuditWorld:
    """A small draft with three items, a body that approves it, a user of each role."""

    @classmethod
    def _make_world(cls):
        cls.users = {
            role: new_test_user(
                cls.env, f"audit_{role}", groups=f"audit_checklist.group_{role}"
            )
            for role in ROLES
        }
        cls.officer = cls.users["programme_officer"]
        cls.approver = new_test_user(
            cls.env, "audit_approver", groups="audit_checklist.group_observer"
        )
        # A copy: the shipped set is frozen wherever a checklist is published.
        shipped = cls.env.ref("audit_checklist.audit_response_set_yes_part_no")
        cls.yes_part_no = shipped.copy({"name": "Yes / partly / no", "code": "ypn"})
        cls.body = cls.env["audit.body"].create(
            {"name": "Auditors", "code": "AU", "approver_ids": [cls.approver.id]}
        )
        cls.checklist = cls.env["audit.checklist"].create(
            {"name": "Small", "code": "SMALL", "body_ids": [cls.body.id]}
        )
        cls.version = cls.env["audit.checklist.version"].create(
            {"checklist_id": cls.checklist.id}
        )
        cls.section = cls.env["audit.checklist.section"].create(
            {"version_id": cls.version.id, "code": "A", "name": "Place", "weight": 60}
        )
        cls.other_section = cls.env["audit.checklist.section"].create(
            {"version_id": cls.version.id, "code": "B", "name": "Staff", "weight": 40}
        )
        cls.first, cls.second = (
            cls._create_item(cls.section, code=code) for code in ("A1", "A2")
        )
        cls.third = cls._create_item(cls.other_section, code="B1", weight=2)

    @classmethod
    def _create_item(cls, section, **vals):
        defaults = {
            "name": f"Item {vals['code']}",
            "section_id": section.id,
            "response_set_id": cls.yes_part_no.id,
            "finding_cause": "process",
        }
        return cls.env["audit.checklist.item"].create(defaults | vals)

    @classmethod
    def _depend(cls, item, parent, *options):
        """Ask ``item`` only if ``parent`` was answered with one of ``options``."""
        chosen = cls.yes_part_no.option_ids.filtered(lambda o: o.code in options)
        return cls.env["audit.checklist.condition"].create(
            {
                "item_id": item.id,
                "parent_item_id": parent.id,
                "option_ids": chosen.ids,
            }
        )

    @classmethod
    def _publish(cls, version=None):
        version = version or cls.version
        version.with_user(cls.approver).action_approve()
        version.with_user(cls.officer).action_publish()
        return version


class AuditCase(AuditWorld, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_world()
