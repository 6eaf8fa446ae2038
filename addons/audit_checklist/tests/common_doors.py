import json

from odoo.tests import HttpCase

from .common_sync import SyncCase

SYNC = "/audit/field/sync"
OCTETS = {"Content_Type": "application/octet-stream"}


class DoorCase(SyncCase, HttpCase):
    """The doors of the field page, knocked at over HTTP."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in (cls.lead, cls.inspector, cls.outsider, cls.users["observer"]):
            user.password = f"{user.login}-secret"

    def _login(self, user):
        self.authenticate(user.login, f"{user.login}-secret")

    def _post(self, body, url=SYNC, **headers):
        base = self.base_url()
        headers = {
            "Origin": base,
            "Content-Type": "application/json",
        } | {name.replace("_", "-"): value for name, value in headers.items()}
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.url_open(url, data=data, headers=headers, allow_redirects=False)

    def _body(self, *ops):
        return {"device": "device-0001", "clock": "", "ops": list(ops)}
