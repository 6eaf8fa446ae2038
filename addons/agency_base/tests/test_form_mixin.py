from psycopg2.errors import UniqueViolation

from odoo import fields, models
from odoo.exceptions import ConcurrencyError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from .common import register_toys


class ToyLetter(models.Model):
    _module = None
    _name = "agency.toy.letter"
    _description = "Toy Letter"
    _inherit = ["agency.form.mixin"]

    name = fields.Char()
    company_id = fields.Many2one("res.company")


@tagged("post_install", "-at_install")
class TestFormMixin(TransactionCase):
    """A form of a public page makes one record, however often it is sent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        register_toys(cls, ToyLetter)
        cls.letters = cls.env["agency.toy.letter"]
        cls.company = cls.env.company

    def _vals(self, **vals):
        return {"name": "A", "form_key": "k1", "company_id": self.company.id} | vals

    def test_what_was_made_of_a_form_is_found_again(self):
        self.assertFalse(self.letters._made_of("k1", self.company))
        public = self.letters.with_user(self.env.ref("base.public_user"))
        made = public._make_once(self._vals())
        self.assertEqual(public._made_of("k1", self.company), made)
        other = self.env["res.company"].create({"name": "Another"})
        self.assertFalse(public._made_of("k1", other))
        self.assertFalse(public._made_of("k2", self.company))

    def test_the_second_of_two_at_once_starts_over(self):
        self.letters._make_once(self._vals())
        with mute_logger("odoo.sql_db"), self.assertRaises(ConcurrencyError) as refused:
            self.letters._make_once(self._vals(name="B"))
        self.assertIsInstance(refused.exception.__cause__, UniqueViolation)
        # What the request did before stays usable: only the INSERT was undone.
        self.assertEqual(self.letters.search_count([("form_key", "=", "k1")]), 1)

    def test_records_of_no_form_do_not_compete(self):
        self.letters._make_once(self._vals(form_key=False))
        self.letters._make_once(self._vals(form_key=False))
        self.assertEqual(self.letters.search_count([]), 2)

    def test_a_copy_belongs_to_no_form(self):
        made = self.letters._make_once(self._vals())
        self.assertFalse(made.copy().form_key)
