from email import message_from_bytes, policy
from unittest.mock import patch

from odoo.tests import TransactionCase, new_test_user, tagged

from odoo.addons.agency_base.tools import to_latin_digits

CODE, LEGAL = "0076229645", "14007650912"
SUBJECT = "About ۰۰۷۶۲۲۹۶۴۵, 007-622964-5, 0076229645 and 14007650912"


class Relay:
    """Stands in for the connection to a mail server and keeps what it is given."""

    from_filter = smtp_from = False

    def __init__(self):
        self.mails = []

    def send_message(self, message, _sender, _recipients):
        # as it goes over the wire: folded and encoded
        raw = message.as_bytes(policy=policy.SMTP)
        self.mails.append(message_from_bytes(raw, policy=policy.default))

    def quit(self):
        """Odoo hangs up."""


@tagged("post_install", "-at_install")
class TestMailHeaders(TransactionCase):
    """No identifier stands in a header of a mail or of one of its parts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.viewer = new_test_user(
            cls.env,
            "mail_viewer",
            groups="base.group_user,base.group_partner_manager,"
            "agency_base.group_identifier_viewer",
            email="viewer@example.com",
        )
        cls.client = cls.env["res.partner"].create(
            {
                "name": "Client",
                "email": "client@example.com",
                "lang": "fa_IR",
                "national_id": CODE,
            }
        )

    def _sent(self, **message):
        """Return the one mail that posting ``message`` to the client sends him."""
        relay = Relay()
        server = type(self.env["ir.mail_server"])
        with (
            patch.object(server, "_connect__", lambda *_args, **_kwargs: relay),
            patch.object(server, "_disable_send", lambda *_args: False),
        ):
            self.client.with_user(self.viewer).message_post(
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                partner_ids=self.client.ids,
                body=f"Your number is {CODE}.",
                **message,
            )
            self.env.flush_all()
            self.env.cr.postcommit.run()
        (mail,) = relay.mails
        return mail

    def _headers(self, mail):
        headers = [value for part in mail.walk() for value in part.values()]
        return to_latin_digits("\n".join(headers)).replace("-", "")

    def test_a_mail_on_a_client_names_him_by_no_number(self):
        headers = self._headers(self._sent())
        self.assertIn("client@example.com", headers)
        self.assertNotIn(CODE, headers)

    def test_numbers_somebody_wrote_into_a_subject_or_file_name_are_masked(self):
        attachments = [(f"card {CODE}.txt", b"scan"), ("plan.txt", b"plan")]
        mail = self._sent(subject=SUBJECT, attachments=attachments)
        masked = "\u200e007****645"
        self.assertEqual(
            mail["Subject"],
            f"About \u200e۰۰۷****۶۴۵, {masked}, {masked} and \u200e140****912",
        )
        self.assertEqual(
            {part.get_filename() for part in mail.iter_attachments()},
            {"card 007****645.txt", "plan.txt"},
        )
        headers = self._headers(mail)
        self.assertNotIn(CODE, headers)
        self.assertNotIn(LEGAL, headers)
        # The text is his who was written to, and the message is as it was typed.
        self.assertIn(CODE, mail.get_body(("plain",)).get_content())
        self.assertEqual(self.client.message_ids[:1].subject, SUBJECT)

    def test_numbers_that_are_no_identifiers_stay(self):
        subject = "Letter 0076229646 of 1405/09/05, request 483 902 7156"
        self.assertEqual(self._sent(subject=subject)["Subject"], subject)
