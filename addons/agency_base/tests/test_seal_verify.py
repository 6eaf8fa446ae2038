import base64

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.agency_base.tools.canonical import canonical, sha256
from odoo.addons.agency_base.tools.heads import keep_head
from odoo.addons.agency_base.tools.sql import append_only_lifted

from .seal_common import SealCase


@tagged("post_install", "-at_install")
class TestSealVerify(SealCase):
    """Somebody who can write the database, but has no key, is always found out."""

    def setUp(self):
        super().setUp()
        self.documents = self._sealed(4)
        self.chain = self.seals.search([("company_id", "=", self.company.id)])
        self.chain = self.chain.sorted("position")
        self.assertFalse(self._problems())

    def _attack(self, query, *args):
        self.env.flush_all()
        with append_only_lifted(self.env.cr, "agency_seal"):
            self.env.cr.execute(SQL(query, *args))
        self.env.invalidate_all()

    def _texts(self):
        return " ".join(p["text"] for p in self.seals._verify(self.company))

    def test_one_flipped_byte_of_a_snapshot(self):
        self._attack(
            "UPDATE agency_seal SET snapshot = replace(snapshot, '12.5', '12.6') "
            "WHERE id = %s",
            self.chain[1].id,
        )
        self.assertEqual(self._problems(), ["content"])
        self.assertIn("T/2", self._texts())

    def test_a_number_changed_in_the_header(self):
        self._attack("UPDATE agency_seal SET number = 'T/9' WHERE position = 2")
        self.assertEqual(self._problems(), ["content"])

    def test_a_changed_row(self):
        self._attack(
            'UPDATE agency_toy_document SET subject = \'{"en_US": "x"}\' WHERE id = %s',
            self.documents[2].id,
        )
        self.assertEqual(self._problems(), ["changed"])
        self.assertIn("T/3", self._texts())
        self.assertIn("Subject", self._texts())

    def test_a_changed_child_row(self):
        line = self.documents[0].line_ids
        self._attack("UPDATE agency_toy_line SET name = 'x' WHERE id = %s", line.id)
        self.assertEqual(self._problems(), ["changed"])
        self.assertIn("Toy Line", self._texts())

    def test_a_changed_personal_value(self):
        self._attack(
            "UPDATE agency_toy_document SET mobile = '+989120000000' WHERE id = %s",
            self.documents[0].id,
        )
        self.assertEqual(self._problems(), ["changed"])

    def test_an_added_a_removed_and_a_vanished_row(self):
        document = self.documents[0]
        self._attack(
            "INSERT INTO agency_toy_line (name, active, document_id) "
            "VALUES ('x', true, %s)",
            document.id,
        )
        self.assertEqual(self._problems(), ["added"])
        self._attack("DELETE FROM agency_toy_line WHERE name = 'x'")
        self._attack("DELETE FROM agency_toy_line WHERE document_id = %s", document.id)
        self.assertEqual(self._problems(), ["gone", "gone"])
        self._attack("DELETE FROM agency_toy_document WHERE id = %s", document.id)
        self.assertIn("gone", self._problems())

    def test_a_changed_many2many(self):
        self._attack(
            "DELETE FROM agency_toy_document_res_partner_category_rel "
            "WHERE agency_toy_document_id = %s AND res_partner_category_id = %s",
            self.documents[0].id,
            self.tags[0].id,
        )
        self.assertEqual(self._problems(), ["changed"])

    def test_a_flipped_byte_of_the_pdf_in_the_filestore(self):
        seal = self.chain[0]
        seal._add_file("minutes.pdf", b"%PDF-1.7 minutes", "application/pdf")
        self.assertFalse(self._problems())
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", "agency.seal"), ("res_id", "=", seal.id)]
        )
        path = attachment._full_path(attachment.store_fname)
        with open(path, "r+b") as file:
            file.seek(3)
            file.write(b"X")
        self.env.invalidate_all()
        self.assertEqual(self._problems(), ["file"])
        self.assertIn("minutes.pdf", self._texts())

    def test_two_seals_in_the_wrong_order(self):
        one, two = self.chain[1], self.chain[2]
        self._attack("UPDATE agency_seal SET position = 99 WHERE id = %s", one.id)
        self._attack("UPDATE agency_seal SET position = 2 WHERE id = %s", two.id)
        self._attack("UPDATE agency_seal SET position = 3 WHERE id = %s", one.id)
        problems = self._problems()
        self.assertEqual(problems.count("content"), 2)
        self.assertIn("order", problems)

    def test_a_seal_deleted_in_the_middle(self):
        self._delete(self.chain[1])
        problems = self.seals._verify(self.company)
        self.assertEqual([p["code"] for p in problems], ["gap"])
        self.assertIn("Entry 2 is missing", problems[0]["text"])

    def _delete(self, seals):
        ids = tuple(seals.ids)
        self._attack(
            "UPDATE agency_toy_document SET seal_id = NULL WHERE seal_id IN %s", ids
        )
        self._attack("DELETE FROM agency_seal_personal WHERE seal_id IN %s", ids)
        self._attack("DELETE FROM agency_job WHERE model = 'agency.seal'")
        self._attack("DELETE FROM agency_seal WHERE id IN %s", ids)

    def test_the_last_seal_deleted(self):
        head = self.chain[3]
        keep_head(self.env.cr.dbname, self.company.id, head.position, head.hash)
        self._delete(head)
        self.assertEqual(self._problems(), ["tail"])
        # The attacker mends the head in the database; the one outside still tells.
        self._attack(
            "UPDATE agency_seal_chain SET length = 3, head_hash = %s "
            "WHERE company_id = %s",
            self.chain[2].hash,
            self.company.id,
        )
        self.assertEqual(self._problems(), ["tail"])

    def _recompute_chain(self, sign):
        """Forge the second seal and make every hash after it fit again."""
        previous = self.chain[0].hash
        for seal in self.chain[1:]:
            vals = seal._plain_values()
            vals["previous_hash"] = previous
            if seal == self.chain[1]:
                vals["snapshot"] = vals["snapshot"].replace("12.5", "99.5")
            previous = self.seals._entry_hash(vals)
            key_id, signature = sign(previous)
            self._attack(
                "UPDATE agency_seal SET snapshot = %s, previous_hash = %s, hash = %s, "
                "key_id = COALESCE(%s, key_id), signature = COALESCE(%s, signature) "
                "WHERE id = %s",
                vals["snapshot"],
                vals["previous_hash"],
                previous,
                key_id,
                signature,
                seal.id,
            )
        self._attack(
            "UPDATE agency_seal_chain SET head_hash = %s WHERE company_id = %s",
            previous,
            self.company.id,
        )
        self._attack(
            "UPDATE agency_toy_document SET amount = 99.5 WHERE id = %s",
            self.documents[1].id,
        )

    def test_the_whole_chain_recomputed_without_the_key(self):
        self._recompute_chain(lambda text: (None, None))
        self.assertEqual(self._problems(), ["signature"] * 3)

    def test_the_whole_chain_recomputed_with_another_key(self):
        key = Ed25519PrivateKey.generate()
        key_id = sha256(key.public_key().public_bytes_raw())[:16]

        def sign(text):
            return key_id, base64.b64encode(key.sign(text.encode())).decode()

        self._recompute_chain(sign)
        self.assertEqual(self._problems(), ["key"] * 3)

    def test_what_is_found_is_told_in_the_readers_digits(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self._delete(self.chain[1])
        (problem,) = self.seals.with_context(lang="fa_IR")._verify(self.company)
        self.assertIn("۲", problem["text"])
        self.assertNotRegex(problem["text"], "[0-9]")

    # === Nothing honest cries forgery ===

    def test_renaming_merging_translating_moving_clocks(self):
        self.partner.name = "علی کریمی اصل"
        other = self.env["res.partner"].create({"name": "Other"})
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.partner + other).ids, other)
        self.assertEqual(self.documents.partner_id, other)
        third = self.env["res.partner"].create({"name": "Third"})
        wizard._merge((third + other).ids, third)
        self.company.agency_tz = "Europe/London"
        self.env.user.tz = "Asia/Tokyo"
        self.company.name = "نام تازه"
        self.tags[0].name = "New Label"
        labels = self.env["ir.model.fields.selection"].search(
            [("field_id.model", "=", "agency.toy.document")]
        )
        labels.write({"name": "New Label"})
        self.assertFalse(self._problems())

    def test_recomputing_and_upgrading(self):
        names = ["agency.toy.document", "agency.toy.line", "agency.seal"]
        self.registry.init_models(self.env.cr, names, {})
        documents = self.documents
        self.env.add_to_compute(documents._fields["line_count"], documents)
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE agency_toy_document ADD later text")
        self.env.cr.execute(
            "ALTER TABLE agency_toy_document ALTER amount TYPE numeric(20, 4)"
        )
        self.assertFalse(self._problems())

    def test_translating_the_sealed_text_is_no_change(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self._attack(
            "UPDATE agency_toy_document "
            'SET subject = subject || \'{"fr_FR": "Formulaires"}\'::jsonb'
        )
        self.assertFalse(self._problems())

    def test_a_forged_link_is_no_merge(self):
        other = self.env["res.partner"].create({"name": "Other"})
        self._attack(
            "UPDATE agency_toy_document SET partner_id = %s WHERE id = %s",
            other.id,
            self.documents[0].id,
        )
        self.assertEqual(self._problems(), ["changed"])

    def test_the_hash_of_a_personal_value_cannot_be_guessed(self):
        digest = self.chain[0]._document()
        digest = canonical(digest)
        self.assertNotIn(sha256(canonical("+989123456789")), self.chain[0].snapshot)
