import os
import tempfile
from unittest.mock import patch

from odoo import Command
from odoo.tests import TransactionCase

from odoo.addons.agency_base.tests.common import register_toys
from odoo.addons.agency_base.tests.toy_seals import ToyDocument, ToyLine
from odoo.addons.agency_base.tools.canonical import canonical

CONTENT = {
    "chair": "Ali Karimi",
    "people": [{"name": "Ali Karimi", "post": "Head"}, {"name": "Reza Nouri"}],
    "when": "14:00",
}


def use_own_keys(case):
    """Keep the keys and heads of a test apart from those of the installation."""
    folder = tempfile.TemporaryDirectory()
    case.addCleanup(folder.cleanup)
    keys = patch.dict(os.environ, {"AGENCY_KEY_DIR": folder.name})
    keys.start()
    case.addCleanup(keys.stop)


class SealCase(TransactionCase):
    """Documents of a body of their own, with keys of their own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        register_toys(cls, ToyDocument, ToyLine)
        cls.company = cls.env["res.company"].create({"name": "فرمانداری"})
        cls.partner = cls.env["res.partner"].create({"name": "علی کریمی"})
        cls.tags = cls.env["res.partner.category"].create(
            [{"name": "A"}, {"name": "B"}]
        )
        cls.seals = cls.env["agency.seal"]

    def setUp(self):
        super().setUp()
        use_own_keys(self)

    @classmethod
    def _document(cls, **vals):
        defaults = {
            "subject": "Shorter forms",
            "amount": 12.5,
            "price": 0.1,
            "date": "2026-05-01",
            "decided_at": "2026-05-01 08:30:00",
            "partner_id": cls.partner.id,
            "tag_ids": [Command.set(cls.tags.ids)],
            "mobile": "+989123456789",
            "content": canonical(CONTENT),
            "company_id": cls.company.id,
            "line_ids": [
                Command.create({"name": "one"}),
                Command.create({"name": "two", "active": False}),
            ],
        }
        return cls.env["agency.toy.document"].create(defaults | vals)

    def _sealed(self, count=1):
        documents = self.env["agency.toy.document"]
        for _number in range(count):
            documents |= self._document()
        documents._seal()
        self.env.flush_all()
        return documents

    def _problems(self):
        """Return the codes of what the check of the whole chain finds."""
        self.env.flush_all()
        return [problem["code"] for problem in self.seals._verify(self.company)]
