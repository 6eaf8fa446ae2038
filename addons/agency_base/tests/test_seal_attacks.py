"""Ways round the guard that need no right of their own: data files, forms, chatter."""

from contextlib import suppress

from odoo.exceptions import UserError
from odoo.tests import tagged

from .seal_common import SealCase
from .test_seal_guard import FORGED


@tagged("post_install", "-at_install")
class TestSealAttacks(SealCase):
    def setUp(self):
        super().setUp()
        self.document = self._document()
        self.message = self.document.message_post(
            body="A map", attachments=[("map.txt", b"map")]
        )
        self.attachment = self.message.attachment_ids
        self.document._seal()
        self.env.flush_all()

    def _is_whole(self):
        self.env.invalidate_all()
        self.assertEqual(self.document.subject, "Shorter forms")
        self.assertEqual(self.attachment.exists().raw, b"map")
        self.assertFalse(self._problems())

    def _named(self, record):
        """Claim a sealed row by the external id of an addon of one's own."""
        name = f"{record._table}_{record.id}"
        self.env["ir.model.data"].create(
            {
                "module": "evil",
                "name": name,
                "model": record._name,
                "res_id": record.id,
            }
        )
        return f"evil.{name}"

    def _load(self, record, values):
        model = self.env[record._name].with_context(**FORGED)
        data = {"xml_id": self._named(record), "values": values, "noupdate": False}
        return model._load_records([data], update=True)

    def test_the_data_of_an_addon_overwrite_nothing(self):
        for record, values in (
            (self.document, {"subject": "x"}),
            (self.document.line_ids[0], {"name": "x"}),
            (self.document.seal_id, {"title": "x"}),
            (self.attachment, {"raw": b"x"}),
        ):
            with self.subTest(record._name), self.assertRaises(UserError):
                self._load(record, values)
                self.env.flush_all()
            self._is_whole()

    def test_an_addon_that_lets_go_of_a_row_deletes_nothing(self):
        """An upgrade deletes what an addon's data no longer name."""
        for record in (self.document, self.document.seal_id, self.attachment):
            name = self._named(record)
            data = self.env["ir.model.data"]
            with self.subTest(record._name), self.assertRaises(UserError):
                data._process_end_unlink_record(self.env.ref(name))
            self._is_whole()

    def test_what_a_form_tries_out_is_not_kept(self):
        forms = self.document.with_context(**FORGED)
        spec = {"subject": {}, "amount": {}, "line_ids": {"fields": {"name": {}}}}
        line = self.document.line_ids[0]
        forms.onchange(
            {"subject": "x", "amount": 1, "line_ids": [[1, line.id, {"name": "x"}]]},
            ["subject", "amount", "line_ids"],
            spec,
        )
        self.env.flush_all()
        self._is_whole()
        self.assertEqual(line.name, "one")

    def test_a_message_takes_no_sealed_file_with_it(self):
        for change in (
            lambda: self.document._message_update_content(
                self.message, body="", attachment_ids=[]
            ),
            lambda: self.message.write({"attachment_ids": [(5,)]}),
            lambda: self.message.attachment_ids._delete_and_notify(self.message),
            lambda: self.message.unlink(),
        ):
            # Refused or not: the file stays.
            with suppress(UserError), self.env.cr.savepoint():
                change()
                self.env.flush_all()
            self._is_whole()
