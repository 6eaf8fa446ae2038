from unittest.mock import patch

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged

from .sms_common import SmsCase


@tagged("post_install", "-at_install")
class TestSmsGateway(SmsCase):
    def setUp(self):
        super().setUp()
        self.registry_enter_test_mode()

    def test_secrets_are_for_administrators_and_out_of_the_log(self):
        administrator = new_test_user(
            self.env, "sms_admin", groups="agency_base.group_administrator"
        )
        clerk = new_test_user(self.env, "sms_clerk")
        self.assertEqual(self.gateway.with_user(administrator).api_key, "very-secret")
        with self.assertRaises(AccessError):
            self.gateway.with_user(clerk).read(["name"])
        # also for whom somebody gives the right to read gateways
        for secret in ("api_key", "url", "headers", "body", "webhook_secret"):
            groups = self.gateway._fields[secret].groups
            self.assertEqual(groups, "agency_base.group_administrator", secret)
        self.stub.mode = "busy"
        with self.assertLogs(level="DEBUG") as logs:
            self._sms()
            self._run()
        self.assertNotIn("very-secret", "\n".join(logs.output))
        self.assertNotIn("سلام", "\n".join(logs.output))

    def test_a_gateway_is_checked_when_it_is_saved(self):
        for vals in (
            {"success_pattern": "("},
            {"reference_pattern": "no group"},
            {"url": "file:///etc/passwd"},
        ):
            with self.assertRaises(ValidationError):
                self.gateway.write(vals)

    def test_each_body_sends_through_its_own_gateway(self):
        other = self.env["res.company"].create({"name": "Other"})
        sms = self._sms(agency_company_id=other.id)
        self._run()
        self.assertEqual((sms.state, self.stub.calls), ("error", 0))

    def test_without_a_gateway_no_socket_is_opened_and_it_is_said(self):
        self.gateway.active = False
        sms = self._sms()
        with (
            # PostgreSQL is spoken to by its own library, not by these.
            patch("socket.socket.connect") as connect,
            patch("socket.getaddrinfo") as resolve,
            patch("odoo.addons.iap.tools.iap_tools.iap_jsonrpc") as iap,
        ):
            self._run()
            sms.send()
        self.assertFalse(connect.called or resolve.called or iap.called)
        self.assertEqual((sms.state, sms.failure_type), ("error", "agency_no_gateway"))
