from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import ROLES, AuditCase

EDITORS = {"programme_officer", "administrator"}
DESIGN = (
    "audit.checklist",
    "audit.checklist.version",
    "audit.checklist.section",
    "audit.checklist.item",
    "audit.checklist.condition",
    "audit.checklist.phrase",
    "audit.response.set",
    "audit.response.option",
    "audit.grade.scale",
    "audit.grade.band",
)
REGISTERS = ("audit.body", "audit.unit.kind")
VERBS = ("write", "create", "unlink")


@tagged("post_install", "-at_install")
class TestSecurity(AuditCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_company = cls.env["res.company"].create({"name": "Other province"})
        cls.stranger = new_test_user(
            cls.env,
            "audit_stranger",
            groups="audit_checklist.group_administrator",
            company_id=cls.other_company.id,
            company_ids=[(6, 0, cls.other_company.ids)],
        )
        cls.condition = cls._depend(cls.third, cls.first, "yes")
        cls.phrase = cls.env["audit.checklist.phrase"].create(
            {"item_id": cls.first.id, "name": "Dirty"}
        )
        cls.own_set = cls.yes_part_no.copy({"company_id": cls.env.company.id})

    def test_verbs_of_each_role(self):
        for model in (*DESIGN, *REGISTERS, "audit.checklist.approval"):
            for role in ROLES:
                records = self.env[model].with_user(self.users[role])
                self.assertTrue(records.has_access("read"), (model, role))
                for verb in VERBS:
                    if model in DESIGN:
                        allowed = role in EDITORS
                    elif model in REGISTERS:
                        allowed = role == "administrator"
                    else:
                        allowed = False
                    with self.subTest(model=model, role=role, verb=verb):
                        self.assertEqual(records.has_access(verb), allowed)

    def test_outsiders_see_nothing(self):
        employee = new_test_user(self.env, "audit_nobody", groups="base.group_user")
        portal = new_test_user(self.env, "audit_portal", groups="base.group_portal")
        for model in (*DESIGN, *REGISTERS, "audit.checklist.approval"):
            for user in (employee, portal):
                with self.subTest(model=model, user=user.login):
                    self.assertFalse(self.env[model].with_user(user).has_access("read"))

    def test_other_companies_see_neither_records_nor_groups_of_them(self):
        for record in (
            self.checklist,
            self.version,
            self.section,
            self.first,
            self.condition,
            self.phrase,
            self.own_set,
            self.own_set.option_ids[0],
        ):
            foreign = record.with_user(self.stranger)
            with self.subTest(record=record):
                self.assertFalse(foreign.search([("id", "=", record.id)]))
                self.assertFalse(
                    foreign._read_group([("id", "=", record.id)], [], ["__count"])[0][0]
                )
                with self.assertRaises(AccessError):
                    foreign.read(["display_name"])
                with self.assertRaises(AccessError):
                    foreign.write({"active": False} if "active" in record else {})
                    foreign.check_access("write")

    def test_what_all_share_is_read_by_all_and_changed_by_administrators(self):
        shared = self.env["audit.response.set"].create(
            {"name": "Shared", "code": "SHARED", "company_id": False}
        )
        for user in (self.stranger, self.officer):
            self.assertEqual(shared.with_user(user).name, "Shared")
        with self.assertRaises(AccessError):
            shared.with_user(self.officer).name = "Mine"
        with self.assertRaises(AccessError):
            self.env["audit.response.set"].with_user(self.officer).create(
                {"name": "S2", "code": "S2", "company_id": False}
            )
        shared.with_user(self.users["administrator"]).name = "Ours"

    def test_public_methods_check_rights_themselves(self):
        foreign = self.version.with_user(self.stranger)
        order = [
            {"id": self.section.id, "items": [self.second.id, self.first.id]},
            {"id": self.other_section.id, "items": [self.third.id]},
        ]
        for name, arguments in (("get_design", ()), ("reorder", (order,))):
            with self.subTest(name), self.assertRaises(AccessError):
                getattr(foreign, name)(*arguments)
        with self.assertRaises(AccessError):
            self.first.with_user(self.stranger).get_history()
        inspector = self.version.with_user(self.users["inspector"])
        self.assertEqual(len(inspector.get_design()["sections"]), 2)
        for act in (
            lambda: inspector.reorder(order),
            lambda: inspector.write({"state": "published"}),
            lambda: inspector.write({"critical_cap": 3}),
            inspector.action_new_version,
            inspector.action_request_approval,
            lambda: self.first.with_user(self.users["inspector"]).action_duplicate(),
        ):
            with self.assertRaises(AccessError):
                act()

    def test_approvals_cannot_be_forged(self):
        for user in (*self.users.values(), self.approver):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.env["audit.checklist.approval"].with_user(user).create(
                    {"version_id": self.version.id, "body_id": self.body.id}
                )

    def test_an_officer_does_not_make_himself_an_approver(self):
        with self.assertRaises(AccessError):
            self.body.with_user(self.officer).approver_ids = self.officer
