from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import TransactionCase, new_test_user, tagged

from odoo.addons.agency_base.tests.common import run_jobs


@tagged("post_install", "-at_install")
class TestRetention(TransactionCase):
    def setUp(self):
        super().setUp()
        self.registry_enter_test_mode()
        self.rule = self.env.ref("agency_base.agency_retention_sms_inbound")
        inbounds = self.env["agency.sms.inbound"]
        company = self.env.company.id
        self.old, self.new = inbounds.create(
            [
                {"company_id": company, "received_at": day, "text": "x"}
                for day in ("2020-01-01 08:00:00", "2026-04-01 08:00:00")
            ]
        )

    def _enforce(self):
        with freeze_time("2026-05-01"):
            self.env["agency.retention"]._cron_enforce()
            run_jobs(self.env)

    def test_a_row_that_is_switched_off_does_nothing(self):
        self._enforce()
        self.assertTrue(self.old.exists())

    def test_what_is_past_its_period_goes(self):
        self.rule.is_enforced = True
        self._enforce()
        self.assertFalse(self.old.exists())
        self.assertTrue(self.new.exists())

    def test_a_model_that_cannot_redact_is_refused(self):
        with self.assertRaises(ValidationError):
            self.rule.action = "redact"
        with self.assertRaises(ValidationError):
            self.rule.date_field = "nowhere"

    def test_administrators_set_the_period_and_add_nothing(self):
        administrator = new_test_user(
            self.env, "retention_admin", groups="agency_base.group_administrator"
        )
        rule = self.rule.with_user(administrator)
        rule.write({"months": 6, "is_enforced": True})
        with self.assertRaises(AccessError):
            rule.unlink()
        with self.assertRaises(AccessError):
            rule.create({"data": "x"})
