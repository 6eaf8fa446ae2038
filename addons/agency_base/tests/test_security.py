from odoo.tests import TransactionCase, new_test_user, tagged

# What each role may do with each model: read, write, create, unlink.
MATRIX = {
    "agency.counter": {"administrator": "rc", "user": "", "portal": ""},
    "agency.identifier.lookup": {"administrator": "r", "user": "", "portal": ""},
    "agency.job": {"administrator": "r", "user": "r", "portal": ""},
    "agency.otp": {"administrator": "", "user": "", "portal": ""},
    "agency.retention": {"administrator": "rw", "user": "", "portal": ""},
    "agency.seal": {"administrator": "r", "user": "", "portal": ""},
    "agency.seal.chain": {"administrator": "r", "user": "", "portal": ""},
    "agency.seal.personal": {"administrator": "", "user": "", "portal": ""},
    "agency.sms.gateway": {"administrator": "rwcu", "user": "", "portal": ""},
    "agency.sms.inbound": {"administrator": "rw", "user": "", "portal": ""},
    "agency.sms.log": {"administrator": "r", "user": "", "portal": ""},
    "agency.throttle": {"administrator": "r", "user": "", "portal": ""},
}
VERBS = {"r": "read", "w": "write", "c": "create", "u": "unlink"}
# Neither counted attempts, one-time codes nor retention rows belong to a company.
SHARED = {
    "agency.identifier.lookup",
    "agency.otp",
    "agency.retention",
    "agency.throttle",
}


@tagged("post_install", "-at_install")
class TestSecurity(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            "administrator": new_test_user(
                cls.env, "matrix_admin", groups="agency_base.group_administrator"
            ),
            "user": new_test_user(cls.env, "matrix_user"),
            "portal": new_test_user(
                cls.env, "matrix_portal", groups="base.group_portal"
            ),
        }

    def _our_models(self):
        return {
            name
            for name, model in self.registry.items()
            if model._original_module == "agency_base" and not model._abstract
        }

    def test_every_model_is_in_the_matrix(self):
        ours = {name for name in self._our_models() if name.startswith("agency.")}
        persistent = {name for name in ours if not self.env[name]._transient}
        self.assertEqual(persistent - set(MATRIX), self._known_documents() & persistent)

    def _known_documents(self):
        """Return what the official PDF adds; it has tests of its own."""
        return {"agency.job.document"}

    def test_each_role_may_do_what_the_matrix_says(self):
        for model, roles in MATRIX.items():
            for role, allowed in roles.items():
                records = self.env[model].with_user(self.users[role])
                for letter, verb in VERBS.items():
                    with self.subTest(model=model, role=role, verb=verb):
                        may = records.has_access(verb)
                        self.assertEqual(may, letter in allowed)

    def test_every_model_is_kept_to_its_companies(self):
        for model in set(MATRIX) - SHARED:
            rules = self.env["ir.rule"].search([("model_id.model", "=", model)])
            company = rules.filtered(lambda rule: not rule.groups)
            self.assertTrue(company, model)
            self.assertIn("company_ids", company.domain_force, model)

    def test_administrators_of_one_body_see_nothing_of_another(self):
        other = self.env["res.company"].create({"name": "Other Body"})
        gateways = self.env["agency.sms.gateway"]
        gateway = gateways.create(
            {"name": "Theirs", "url": "https://sms.invalid", "company_id": other.id}
        )
        self.env["agency.sms.inbound"]._receive(gateway, "09123456789", "x")
        administrator = self.users["administrator"]
        for model in ("agency.sms.gateway", "agency.sms.inbound"):
            found = self.env[model].with_user(administrator).search([])
            self.assertNotIn(other, found.sudo().company_id, model)
