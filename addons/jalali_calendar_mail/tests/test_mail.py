from odoo.tests import tagged

from odoo.addons.jalali_calendar.tests.common import JalaliCase


@tagged("post_install", "-at_install")
class TestMail(JalaliCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._lang_get("en_US").date_format = "%m/%d/%Y"
        cls.fa_user.email = "fa@example.com"
        cls.en_user.email = "en@example.com"
        cls.partner = cls.env["res.partner"].create({"name": "Partner"})

    def _rendered(self, user, **values):
        record = self.partner.with_user(user).with_context(lang=user.lang)
        message = record.message_post(body="Body")
        return str(
            record._notify_by_email_render_layout(
                message,
                {"has_button_access": False, "button_access": {}},
                render_values={
                    "lang": user.lang,
                    "record": record,
                    "message": message,
                    "company": self.env.company,
                    "email_notification_force_header": True,
                    "show_footer": False,
                    "show_unfollow": False,
                    "is_discussion": False,
                    "subtype_internal": False,
                    "email_add_signature": False,
                    "is_html_empty": lambda text: not text,
                    **values,
                },
            )
        )

    def test_templates_speak_the_language_of_the_reader(self):
        template = self.env["mail.template"].create(
            {
                "name": "Dates",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "lang": "{{ object.lang }}",
                "subject": "{{ format_date('2025-11-22') }}",
                "body_html": "<p><t t-out=\"format_date('2025-11-22',"
                " date_format='d MMMM y')\"/> <t t-out=\"format_datetime("
                "'2025-03-20 20:30:00', tz='Asia/Tehran',"
                " dt_format='yyyy/MM/dd HH:mm')\"/></p>",
            }
        )
        for lang, subject, body in (
            ("fa_IR", "۱۴۰۴/۰۹/۰۱", "۱ آذر ۱۴۰۴ ۱۴۰۴/۰۱/۰۱ ۰۰:۰۰"),
            ("en_US", "11/22/2025", "22 November 2025 2025/03/21 00:00"),
        ):
            self.partner.lang = lang
            # Who sends it does not matter.
            for user in (self.fa_user, self.mixed_user, self.en_user):
                mail = template.with_user(user).with_context(lang=user.lang)
                ids = self.partner.ids
                self.assertEqual(
                    mail._render_field("subject", ids, compute_lang=True)[ids[0]],
                    subject,
                )
                text = mail._render_field("body_html", ids, compute_lang=True)
                self.assertIn(body, str(text[ids[0]]))

    def test_a_deadline_is_told_in_the_calendar_of_the_assignee(self):
        for user, deadline in (
            (self.fa_user, "۱۴۰۴/۰۹/۰۱"),
            (self.en_user, "11/22/2025"),
        ):
            subtitles = []
            stock = type(self.partner)._notify_by_email_render_layout

            def spy(record, *args, stock=stock, subtitles=subtitles, **kwargs):
                html = stock(record, *args, **kwargs)
                subtitles.append(str(html))
                return html

            self.patch(type(self.partner), "_notify_by_email_render_layout", spy)
            user.notification_type = "email"
            self.partner.with_context(mail_notify_force_send=False).activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline="2025-11-22",
                user_id=user.id,
            )
            self.assertEqual(len(subtitles), 1)
            self.assertIn(deadline, subtitles[0])
            self.patch(type(self.partner), "_notify_by_email_render_layout", stock)

    def test_tracked_dates_are_formatted_in_mails(self):
        tracking = [
            ("Day", False, "2025-11-22"),
            ("Moment", "2025-03-20 20:30:00Z", "2025-03-20 20:30:00Z"),
            ("Name", "2025", "Report of 2025-11-22"),
        ]
        html = self._rendered(self.fa_user, tracking_values=tracking, subtitles=[])
        self.assertIn("۱۴۰۴/۰۹/۰۱", html)
        self.assertIn("۱۴۰۴/۰۱/۰۱ ۰۰:۰۰:۰۰", html)
        self.assertIn("Report of 2025-11-22", html)
        html = self._rendered(self.en_user, tracking_values=tracking, subtitles=[])
        self.assertIn("2025-03-20 20:30:00Z", html)

    def test_subtitles_of_any_model_are_translated(self):
        lines = ["Due 2025/11/22"]
        html = self._rendered(self.fa_user, tracking_values=[], subtitles=lines)
        self.assertIn("Due ۱۴۰۴/۰۹/۰۱", html)
        self.assertEqual(lines, ["Due 2025/11/22"])
