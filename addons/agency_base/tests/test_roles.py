from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestRoles(TransactionCase):
    def test_a_role_that_is_not_given_is_named_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        groups = self.env["res.groups"].with_context(lang="fa_IR")
        told = groups._get_view_group_hierarchy()["privileges"].values()
        self.assertTrue(told)
        self.assertNotIn("No", [privilege["placeholder"] for privilege in told])
        self.assertIn("ندارد", [privilege["placeholder"] for privilege in told])
