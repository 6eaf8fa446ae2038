from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestMailDirection(TransactionCase):
    """Whoever reads from right to left is written to from right to left."""

    def test_a_mail_runs_as_its_language_does(self):
        for layout in ("mail.mail_notification_layout", "mail.mail_notification_light"):
            for lang, direction in (("fa_IR", "rtl"), ("en_US", "ltr")):
                with self.subTest(layout=layout, lang=lang):
                    self.assertIn(f'dir="{direction}"', self._send(lang, layout))

    def _send(self, lang, layout):
        """Return the mail that a reader of ``lang`` is sent."""
        self.env["res.lang"]._activate_lang(lang)
        reader = self.env["res.partner"].create(
            {"name": "Reader", "email": "reader@example.com", "lang": lang}
        )
        reader.with_context(lang=lang, mail_notify_force_send=False).message_notify(
            body="؟", partner_ids=reader.ids, email_layout_xmlid=layout
        )
        mail = self.env["mail.mail"].search([("recipient_ids", "in", reader.ids)])
        return mail.body_html
