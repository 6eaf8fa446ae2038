from odoo.exceptions import UserError
from odoo.tests import Form, TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestFound(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "New Agency"})
        cls.env = cls.env(context={"allowed_company_ids": cls.company.ids})

    def _found(self, name="governor"):
        form = Form(self.env["reform.committee.found"])
        form.set_id = self.env.ref(f"admin_reform_committees.committee_set_{name}")
        return form

    def _bodies(self):
        return self.env["reform.committee"].search(
            [("company_id", "=", self.company.id)]
        )

    def test_a_set_founds_its_bodies_in_one_action(self):
        self._found().save().action_found()
        top, *committees = self._bodies()
        self.assertEqual(top.kind, "commission")
        self.assertEqual(top.quorum_rule, "two_thirds")
        self.assertEqual(len(committees), 5)
        self.assertEqual({body.parent_id for body in committees}, {top})
        self.assertEqual(
            [body.code for body in committees], ["C1", "C2", "C3", "C4", "C5"]
        )
        # the committees of clients and of productivity have the same secretary
        self.assertEqual(committees[3].secretary_post, committees[4].secretary_post)

    def test_another_number_of_committees_is_no_problem(self):
        form = self._found("agency")
        form.line_ids.remove(5)
        with form.line_ids.edit(0) as line:
            line.name = "Our Own Council"
        form.save().action_found()
        self.assertEqual(len(self._bodies()), 5)
        self.assertEqual(self._bodies()[0].name, "Our Own Council")

    def test_founding_twice_names_the_body_in_the_way(self):
        self._found().save().action_found()
        wizard = self._found("agency").save()
        with self.assertRaisesRegex(UserError, "C0"):
            wizard.action_found()
        self.assertEqual(len(self._bodies()), 6)

    def test_programmes_go_with_their_committees(self):
        self._found("agency").save().action_found()
        integrity = self._bodies().filtered(lambda body: body.code == "C4")
        self.assertEqual(integrity.programme_ids.mapped("number"), [6, 7])
