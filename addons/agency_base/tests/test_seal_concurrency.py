# Several connections, each with transactions of its own.
# pylint: disable=invalid-commit
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

from odoo.service.model import retrying
from odoo.tests import tagged

from odoo.addons.agency_base.tests.at_once import AtOnceCase
from odoo.addons.agency_base.tests.seal_common import use_own_keys
from odoo.addons.agency_base.tests.toy_seals import ToyDocument, ToyLine
from odoo.addons.agency_base.tools.heads import kept_head


@tagged("post_install", "-at_install")
class TestSealConcurrency(AtOnceCase):
    toys = (ToyDocument, ToyLine)

    def setUp(self):
        super().setUp()
        use_own_keys(self)

    def _seal(self, document_id):
        with self.registry.cursor() as cr:
            env = self._env(cr)
            document = env["agency.toy.document"].browse(document_id)
            return retrying(lambda: document._seal().position, env)

    def test_seals_at_the_same_moment_neither_fork_nor_leave_a_gap(self):
        with self.registry.cursor() as cr:
            documents = self._env(cr)["agency.toy.document"].create([{}] * 12)
            company = documents.company_id
            cr.commit()
            # Odoo's own retrying; only its pauses are shortened.
            with (
                patch("odoo.service.model.random.uniform", lambda low, high: high / 50),
                patch("odoo.service.model.MAX_TRIES_ON_CONCURRENCY_FAILURE", 50),
                ThreadPoolExecutor(4) as pool,
            ):
                positions = sorted(pool.map(self._seal, documents.ids))
            cr.rollback()
            documents.invalidate_recordset()
            self.assertEqual(positions, list(range(1, 13)))
            numbers = sorted(int(name[2:]) for name in documents.mapped("name"))
            self.assertEqual(numbers, positions)
            seals = documents.env["agency.seal"]
            self.assertFalse(seals._verify(company))
            last = seals.search([("position", "=", 12)])
            self.assertEqual(kept_head(cr.dbname, company.id), (12, last.hash))

    def test_two_who_seal_one_record_make_one_seal(self):
        """The second waits and is told so, instead of meeting a lock."""
        with self.registry.cursor() as cr:
            document = self._env(cr)["agency.toy.document"].create({})
            user, length = (
                document.env.user,
                document.env["agency.seal"].search_count([]),
            )
            cr.commit()
        told = self._said(
            self._at_once(*[(user, document, lambda one: one._seal() and True)] * 2)
        )
        self.assertIn("is already sealed", told)
        with self._own(document) as [document]:
            self.assertEqual(document.env["agency.seal"].search_count([]), length + 1)
            self.assertEqual(document.seal_id.version, 1)
