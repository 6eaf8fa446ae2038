from odoo import SUPERUSER_ID, api
from odoo.tests import TransactionCase

from odoo.addons.agency_base.tests.sms_stub import SmsStub

NUMBER = "+989123456789"


class SmsCase(TransactionCase):
    """A body with a gateway that speaks to a stub."""

    stub_class = SmsStub

    def setUp(self):
        super().setUp()
        self.stub = self.stub_class()
        self.addCleanup(self.stub.close)
        self.env["sms.sms"].search([]).unlink()
        self.company = self.env.company
        gateways = self.env["agency.sms.gateway"]
        gateways.search([]).active = False
        self.gateway = gateways.create(self.stub.gateway_vals(self.company))

    def _sms(self, **vals):
        defaults = {"number": NUMBER, "body": 'سلام "دنیا"\nخط دوم'}
        return self.env["sms.sms"].create(defaults | vals)

    def _run(self):
        self.env.flush_all()
        with self.env.registry.cursor() as cr:
            api.Environment(cr, SUPERUSER_ID, {})["sms.sms"]._process_queue()
        self.env.invalidate_all()

    def _log(self):
        return self.env["agency.sms.log"].search([], limit=1)
