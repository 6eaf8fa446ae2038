import io
import logging
from contextlib import suppress

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, TransactionCase, new_test_user, tagged

from odoo.addons.agency_base.tools import keys
from odoo.addons.agency_base.tools.log import PersonalNumberFilter

CODE = "0076229645"
MASKED, MASKED_FA = "\u200e007****645", "\u200e۰۰۷****۶۴۵"
LEGAL = "14007650912"


@tagged("post_install", "-at_install")
class TestIdentifier(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        contacts = "base.group_user,base.group_partner_manager,base.group_allow_export"
        cls.clerk = new_test_user(cls.env, "id_clerk", groups=contacts)
        cls.viewer = new_test_user(
            cls.env,
            "id_viewer",
            groups=f"{contacts},agency_base.group_identifier_viewer",
        )
        cls.partner = cls.env["res.partner"].create(
            {"name": "علی‌اکبر کريمي", "national_id": "۰۰۷-۶۲۲۹۶۴-۵"}
        )

    def _as(self, user):
        return self.partner.with_user(user)

    def test_any_digits_are_stored_in_one_form(self):
        self.assertEqual(self._as(self.viewer).national_id, CODE)
        self.assertEqual(self.partner.identifier_kind, "national")
        body = self.env["res.partner"].create({"name": "Body", "national_id": LEGAL})
        self.assertEqual(body.identifier_kind, "legal")

    def test_a_foreigner_is_told_by_the_kind(self):
        vals = {"name": "Guest", "national_id": "۱۲۳۴۵۶۷۸۹"}
        with self.assertRaises(ValidationError):
            self.env["res.partner"].create(vals)
        guest = self.env["res.partner"].create(vals | {"identifier_kind": "foreigner"})
        self.assertEqual(guest.sudo().identifier_clear, "123456789")
        with self.assertRaises(ValidationError):
            guest.identifier_kind = "national"

    def test_every_entry_path_refuses_a_wrong_number(self):
        partners = self.env["res.partner"].with_user(self.clerk)
        wrong = "0076229646"
        with self.assertRaises(ValidationError):
            partners.create({"name": "RPC", "national_id": wrong})
        with self.assertRaises(ValidationError):
            self._as(self.clerk).write({"national_id": wrong})
        with self.assertRaises(ValidationError), Form(partners) as form:
            form.name, form.national_id = "Form", wrong
        result = partners.load(["name", "national_id"], [["Import", wrong]])
        self.assertFalse(result["ids"])
        self.assertNotIn(wrong, str(result["messages"]))
        self.assertEqual(self.partner.sudo().identifier_clear, CODE)

    def test_every_entry_path_takes_a_right_one(self):
        partners = self.env["res.partner"].with_user(self.clerk)
        self.assertTrue(
            partners.load(["name", "national_id"], [["Body", LEGAL]])["ids"]
        )
        with Form(partners) as form:
            form.name, form.national_id = "Form", "0499370899"
        self.assertEqual(form.record.sudo().identifier_clear, "0499370899")

    def test_the_clerk_reads_it_masked_on_every_way(self):
        partner = self._as(self.clerk)
        self.assertEqual(partner.national_id, MASKED)
        self.assertEqual(partner.sudo().national_id, MASKED)
        self.assertEqual(partner.read(["national_id"])[0]["national_id"], MASKED)
        export = partner.export_data(["national_id"])
        self.assertEqual(export["datas"], [[MASKED]])
        found = partner.search_read([("id", "=", partner.id)], ["national_id"])
        self.assertEqual(found[0]["national_id"], MASKED)
        web = partner.web_read({"national_id": {}})
        self.assertEqual(web[0]["national_id"], MASKED)

    def test_numbers_are_shown_in_the_digits_of_their_reader(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        for user, shown in ((self.clerk, MASKED_FA), (self.viewer, "۰۰۷۶۲۲۹۶۴۵")):
            partner = self._as(user).with_context(lang="fa_IR")
            self.assertEqual(partner.national_id, shown)
            # What was read comes back unchanged.
            partner.national_id = shown
            self.assertEqual(partner.sudo().identifier_clear, CODE)

    def test_the_columns_behind_it_are_closed(self):
        partners = self.env["res.partner"].with_user(self.viewer)
        for field in ("identifier_clear", "identifier_digest"):
            self.assertNotIn(field, partners.fields_get())
            with self.assertRaises(AccessError):
                partners.browse(self.partner.id).read([field])
            with self.assertRaises(AccessError):
                partners.search([(field, "=like", "0%")])
            with self.assertRaises(AccessError):
                partners._read_group([], [field])
        with self.assertRaises(ValueError):
            partners._read_group([], ["national_id"])

    def test_no_path_leads_around_to_the_closed_columns(self):
        child = self.env["res.partner"].create(
            {"name": "Child", "parent_id": self.partner.id}
        )
        own = child.with_user(self.viewer)
        for field in ("identifier_clear", "identifier_digest"):
            path = f"parent_id.{field}"
            for attempt in (
                lambda path=path: own.search([(path, "=like", "0%")]),
                lambda field=field: own.search(
                    [("parent_id", "any", [(field, "!=", False)])]
                ),
                lambda field=field: own.search([], order=f"{field} desc"),
                lambda path=path: own.formatted_read_group([], [path], ["__count"]),
                lambda field=field: own.formatted_read_group(
                    [], ["id"], [f"{field}:array_agg"]
                ),
                lambda field=field: own.web_read(
                    {"parent_id": {"fields": {field: {}}}}
                ),
                lambda field=field: own.export_data([f"parent_id/{field}"]),
                lambda field=field: own.parent_id.write({field: "0499370899"}),
            ):
                with self.subTest(field), suppress(AccessError, ValueError):
                    attempt()
                    self.fail("a closed column was reached")
        self.assertEqual(self.partner.sudo().identifier_clear, CODE)

    def test_a_masked_value_that_comes_back_changes_nothing(self):
        for text in (MASKED, MASKED.strip("\u200e"), f" {MASKED} ", MASKED_FA):
            self._as(self.clerk).write({"national_id": text})
        self.assertEqual(self._as(self.viewer).national_id, CODE)

    def test_the_whole_number_is_found_in_any_digits_and_no_part_of_it(self):
        partners = self.env["res.partner"].with_user(self.clerk)
        for text in (CODE, "۰۰۷۶۲۲۹۶۴۵", "٠٠٧٦٢٢٩٦٤٥", "007-622964-5"):
            for operator in ("=", "ilike"):
                domain = [("national_id", operator, text)]
                self.assertEqual(partners.search(domain), self.partner, text)
            self.assertEqual(partners.name_search(text)[0][0], self.partner.id)
        for part in ("007622", "00762296", "%", "0076229646"):
            domain = [("national_id", "ilike", part)]
            self.assertNotIn(self.partner, partners.search(domain), part)
        self.assertNotIn(self.partner, partners.search([("national_id", "=", False)]))
        others = partners.with_user(self.viewer).search([("national_id", "!=", CODE)])
        self.assertNotIn(self.partner, others)
        self.assertIn(self.clerk.partner_id, others)

    def test_a_new_record_is_found_before_it_is_flushed(self):
        partners = self.env["res.partner"].with_user(self.clerk)
        partner = partners.create({"name": "New", "national_id": "0499370899"})
        found = partners.search([("national_id", "=", "۰۴۹۹۳۷۰۸۹۹")])
        self.assertEqual(found, partner)

    def test_the_digest_needs_the_key(self):
        digest = self.partner.sudo().identifier_digest
        path = keys.key_dir() / "digest.key"
        self.assertEqual(path.stat().st_mode & 0o777, 0o600)
        self.assertEqual(keys.keyed_digest("identifier", CODE), digest)
        self.assertNotEqual(keys.keyed_digest("throttle x", CODE), digest)

    def test_one_person_is_one_contact_in_a_company(self):
        twin = {"name": "Twin", "national_id": CODE}
        with self.assertRaises(ValidationError) as refusal:
            self.env["res.partner"].create(twin)
        self.assertIn(self.partner.name, str(refusal.exception))
        one, two = self.env["res.company"].create([{"name": "One"}, {"name": "Two"}])
        self.partner.company_id = one
        self.env["res.partner"].create(twin | {"company_id": two.id})
        with self.assertRaises(ValidationError):
            self.env["res.partner"].create(twin | {"company_id": one.id})

    def test_a_copy_has_no_identifier(self):
        self.assertFalse(self.partner.copy().national_id)

    def test_merging_keeps_the_identifier(self):
        target = self.env["res.partner"].create({"name": "Target"})
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.partner + target).ids, target)
        self.assertEqual(target.with_user(self.viewer).national_id, CODE)
        self.assertEqual(target.identifier_kind, "national")

    def test_names_are_found_in_any_spelling(self):
        partners = self.env["res.partner"].with_user(self.clerk)
        for text in ("علي اكبر", "عَلی‌اکبر كریمی", "علیاکبر", "کریمی"):
            self.assertIn(
                self.partner, partners.search([("search_key", "ilike", text)])
            )
            names = dict(partners.name_search(text))
            self.assertIn(self.partner.id, names, text)
        self.assertNotIn(
            self.partner, partners.search([("search_key", "ilike", "حسن")])
        )
        hundred = self.env["res.partner"].create({"name": "100% سالم"})
        found = partners.search([("search_key", "ilike", "0%")])
        self.assertEqual(found, hundred)

    def test_logs_show_no_personal_number(self):
        stream = io.StringIO()
        handler = logging.StreamHandler(stream)
        handler.addFilter(PersonalNumberFilter())
        logger = logging.getLogger("agency_base.test")
        logger.propagate = False
        logger.addHandler(handler)
        self.addCleanup(logger.removeHandler, handler)
        logger.warning("bad query %s of %s, ۰۹۱۲۳۴۵۶۷۸۹ id 12345", f"'{CODE}'", LEGAL)
        line = stream.getvalue()
        for number in (CODE, LEGAL, "۰۹۱۲۳۴۵۶۷۸۹"):
            self.assertNotIn(number, line)
        self.assertIn("id 12345", line)

    def test_tracking_and_messages_do_not_tell(self):
        self.partner.national_id = "0499370899"
        self.env.flush_all()
        messages = self.partner.message_ids
        self.assertNotIn("0499370899", str(messages.mapped("body")))
        self.assertFalse(messages.tracking_value_ids)

    def test_reading_many_is_no_query_each(self):
        partners = self.env["res.partner"].create(
            [{"name": str(number)} for number in range(50)]
        )
        self._as(self.clerk).read(["national_id"])
        self.env.flush_all()
        partners.invalidate_recordset()
        with self.assertQueryCount(2):
            partners.with_user(self.clerk).mapped("national_id")

    def test_the_view_group_alone_unmasks(self):
        administrator = new_test_user(
            self.env, "id_admin", groups="agency_base.group_administrator"
        )
        self.assertEqual(self._as(administrator).national_id, MASKED)
        self.clerk.write(
            {
                "group_ids": [
                    Command.link(self.env.ref("agency_base.group_identifier_viewer").id)
                ]
            }
        )
        self.env.invalidate_all()
        self.assertEqual(self._as(self.clerk).national_id, CODE)
