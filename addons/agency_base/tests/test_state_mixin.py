from unittest.mock import patch

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged

from odoo.addons.agency_base.models import agency_state_mixin
from odoo.addons.agency_base.tests.common import register_toys

UNANSWERED = "Write the answer."
FORGED = {"_force_unlink": True, "tracking_disable": True, "install_mode": True}


class ToyPaper(models.Model):
    _module = None
    _name = "agency.toy.paper"
    _inherit = ["agency.state.mixin", "mail.thread"]
    _description = "Toy Paper"
    _state_transitions = {
        "draft": {"sent"},
        "sent": {"answered", "draft"},
        "answered": set(),
    }
    _state_stamps = {"code", "sent_by_id", "sent_on"}

    name = fields.Char()
    code = fields.Char(readonly=True, copy=False)
    answer = fields.Char()
    sent_on = fields.Date(readonly=True, copy=False)
    sent_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    state = fields.Selection(
        [("draft", "Draft"), ("sent", "Sent"), ("answered", "Answered")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )

    def _creation_stamps(self, vals_list):
        return [{"code": f"P-{vals['name']}"} for vals in vals_list]

    def _check_transition(self, state):
        if state == "answered" and not all(paper.answer for paper in self):
            raise UserError(UNANSWERED)

    def _transition_stamp(self, state):
        if state == "sent":
            return {"sent_on": fields.Date.today(), "sent_by_id": self.env.uid}
        return {}


@tagged("post_install", "-at_install")
class TestStateMixin(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        register_toys(cls, ToyPaper)
        cls.env["ir.model.access"].create(
            {
                "name": "all of it",
                "model_id": cls.env["ir.model"]._get("agency.toy.paper").id,
                "group_id": cls.env.ref("base.group_user").id,
                "perm_read": True,
                "perm_write": True,
                "perm_create": True,
                "perm_unlink": True,
            }
        )
        cls.clerk = new_test_user(cls.env, "state_clerk")
        cls.importer = new_test_user(
            cls.env, "state_importer", groups="agency_base.group_importer"
        )
        cls.papers = cls.env["agency.toy.paper"].with_user(cls.clerk)
        cls.paper = cls.papers.create({"name": "1"})

    def test_only_what_the_table_allows(self):
        with self.assertRaisesRegex(UserError, "“Draft” and cannot become “Answered”"):
            self.paper.write({"state": "answered", "answer": "Yes"})
        self.paper.write({"state": "sent"})
        self.paper.write({"state": "answered", "answer": "Yes"})
        for state in ("draft", "sent", "unheard of"):
            with self.assertRaises(UserError):
                self.paper.write({"state": state})

    def test_an_edge_may_demand_something(self):
        self.paper.write({"state": "sent"})
        with self.assertRaisesRegex(UserError, "Write the answer"):
            self.paper.write({"state": "answered"})

    def test_the_transition_stamps_and_stamps_are_not_entered(self):
        for stamp in ("sent_by_id", "sent_on", "code"):
            with self.assertRaises(AccessError):
                self.paper.write({"state": "sent", stamp: False})
            with self.assertRaises(AccessError):
                self.papers.create({"name": "2", stamp: False})
        self.paper.write({"state": "sent"})
        self.assertEqual(self.paper.sent_by_id, self.clerk)
        self.assertEqual(self.paper.sent_on, fields.Date.today())

    def test_writing_the_same_state_keeps_the_stamp(self):
        self.paper.write({"state": "sent"})
        self.paper.with_user(self.importer).write({"state": "sent", "name": "again"})
        self.assertEqual(self.paper.sent_by_id, self.clerk)
        self.assertEqual(self.paper.name, "again")

    def test_one_refused_record_stops_all(self):
        other = self.papers.create({"name": "2"})
        other.write({"state": "sent"})
        other.write({"state": "answered", "answer": "No"})
        with self.assertRaises(UserError):
            (self.paper + other).write({"state": "sent"})
        self.assertEqual(self.paper.state, "draft")

    def test_no_context_switches_the_guard_off(self):
        for user in (self.clerk, self.env.ref("base.user_root")):
            paper = self.paper.with_user(user).with_context(**FORGED)
            with self.assertRaises(UserError):
                paper.write({"state": "answered", "answer": "Yes"})
            with self.assertRaises(UserError):
                paper.create({"name": "2", "state": "sent"})

    def test_defaults_in_the_context_say_nothing_that_is_recorded(self):
        forged = {
            "default_state": "answered",
            "default_sent_by_id": self.importer.id,
            "default_code": "P-FORGED",
            "default_answer": "Yes",
        }
        paper = self.papers.with_context(**forged).create({"name": "2"})
        self.assertEqual((paper.state, paper.code), ("draft", "P-2"))
        self.assertFalse(paper.sent_by_id)
        self.assertEqual(paper.answer, "Yes")
        self.assertEqual(paper.env.context, {**self.papers.env.context, **forged})

    def test_the_importer_brings_in_old_records(self):
        with patch.object(agency_state_mixin._logger, "info") as info:
            paper = self.papers.with_user(self.importer).create(
                {"name": "old", "state": "sent", "sent_on": "2010-01-01"}
            )
        self.assertEqual((paper.state, paper.code), ("sent", "P-old"))
        self.assertEqual(str(paper.sent_on), "2010-01-01")
        info.assert_called_once()
        with self.assertRaises(UserError):
            paper.write({"state": "unheard of"})

    def test_only_what_has_not_left_the_first_state_is_deleted(self):
        self.paper.write({"state": "sent"})
        for user in (self.clerk, self.env.ref("base.user_root")):
            with self.assertRaisesRegex(UserError, "stays on record"):
                self.paper.with_user(user).with_context(**FORGED).unlink()
        self.papers.create({"name": "2"}).unlink()

    def test_no_deletable_state_means_that_nothing_is_deleted(self):
        with (
            patch.object(type(self.paper), "_state_deletable", ()),
            self.assertRaisesRegex(UserError, "stays on record"),
        ):
            self.paper.unlink()

    def test_a_copy_begins_anew(self):
        self.paper.write({"state": "sent"})
        copy = self.paper.copy({"name": "2"})
        self.assertEqual((copy.state, copy.code), ("draft", "P-2"))
        with self.assertRaises(AccessError):
            self.paper.copy({"name": "3", "state": "sent"})

    def test_who_may_not_write_is_told_nothing_else(self):
        self.env["ir.model.access"].search(
            [("model_id.model", "=", "agency.toy.paper")]
        ).perm_write = False
        with self.assertRaises(AccessError):
            self.paper.write({"state": "answered"})

    def test_the_move_is_in_the_chatter(self):
        self.env.cr.precommit.run()
        self.paper.write({"state": "sent"})
        self.env.flush_all()
        self.env.cr.precommit.run()
        tracked = self.paper.message_ids.sudo().tracking_value_ids
        self.assertEqual(tracked.mapped("new_value_char"), ["Sent"])

    def test_every_table_names_the_states_of_its_field(self):
        for model in self.env.values():
            if not getattr(model, "_state_transitions", None):
                continue
            states = {key for key, _label in model._fields["state"].selection}
            with self.subTest(model=model._name):
                table = model._state_transitions
                self.assertEqual(states, set(table))
                self.assertLessEqual(set().union(*table.values()), states)
                self.assertLessEqual(set(model._state_stamps), set(model._fields))
                self.assertTrue(model._fields["state"].required)
                self.assertFalse(model._fields["state"].copy)
