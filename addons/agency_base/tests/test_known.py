from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from ..tools.known import keep, read_where, recall


@tagged("post_install", "-at_install")
class TestKnown(TransactionCase):
    def setUp(self):
        super().setUp()
        self.env["res.lang"]._activate_lang("fa_IR")
        self.industry = self.env["res.partner.industry"].create({"name": "Water"})
        self.industry.with_context(lang="fa_IR").name = "آب"
        self.partner = self.env["res.partner"].create(
            {"name": "Dam", "industry_id": self.industry.id}
        )
        self.env.flush_all()
        self.env.invalidate_all()

    def test_what_was_kept_is_read_without_a_query(self):
        kept = keep(self.partner, ["name", "industry_id"])
        self.env.invalidate_all()
        with self.assertQueryCount(0):
            again = recall(self.env["res.partner"], kept)
            self.assertEqual((again, again.name), (self.partner, "Dam"))
            self.assertEqual(again.industry_id, self.industry)

    def test_a_translated_field_is_kept_in_its_language(self):
        for lang, name in (("en_US", "Water"), ("fa_IR", "آب")):
            industry = self.industry.with_context(lang=lang)
            kept = keep(industry, ["name"])
            self.env.invalidate_all()
            again = recall(industry.browse(), kept)
            with self.assertQueryCount(0):
                self.assertEqual(again.name, name)

    def test_what_the_transaction_changed_stays(self):
        kept = keep(self.partner, ["name"])
        self.partner.name = "River"
        self.assertEqual(recall(self.env["res.partner"], kept).name, "River")
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.partner.name, "River")

    def test_a_read_is_one_query_and_sees_what_is_not_yet_written(self):
        self.partner.ref = "R-1"
        self.partner.flush_recordset()
        self.partner.name = "River"
        where = SQL("ref = %s ORDER BY id DESC LIMIT 2", "R-1")
        found = read_where(self.env["res.partner"], ["name", "industry_id"], where)
        self.assertEqual((found, found.name), (self.partner, "River"))
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            found = read_where(self.env["res.partner"], ["name", "industry_id"], where)
            self.assertEqual(found.industry_id, self.industry)

    def test_nothing_is_found_where_nothing_is(self):
        nobody = read_where(self.env["res.partner"], ["name"], SQL("ref = 'nobody'"))
        self.assertFalse(nobody)
