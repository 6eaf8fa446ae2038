from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .resolution_common import ResolutionCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22 05:00:00")
class TestResolutionFollow(ResolutionCase):
    def test_work_from_communication_to_verification(self):
        resolution = self._communicated()
        mine = resolution.with_user(self.worker)
        mine.action_receive()
        mine.report("Half of it", 50)
        self.assertEqual((resolution.state, resolution.percent), ("in_progress", 50))
        with self.assertRaisesRegex(UserError, "no evidence"):
            mine.action_claim_done()
        proof = self._evidence(resolution, self.worker)
        mine.report("Proof", 90, proof.ids)
        mine.action_claim_done()
        with self.assertRaisesRegex(AccessError, "second person"):
            mine.action_verify()
        secretary = self._as("secretary", resolution)
        with self.assertRaisesRegex(UserError, "Open every piece"):
            secretary.action_verify()
        self.assertFalse(secretary._see(self.env.ref("base.main_partner").id))
        for _twice in range(2):
            self.assertEqual(secretary._see(proof.id), proof)
        secretary.action_verify()
        self.assertEqual(resolution.state, "verified")
        self.assertEqual(resolution.verified_by_id, self.users["secretary"])
        kinds = resolution.update_ids.sorted("id").mapped("kind")
        self.assertEqual(
            kinds,
            [
                "adopted", "communicated", "received", "progress", "progress",
                "claimed", "seen", "verified",
            ],
        )  # fmt: skip

    def test_stamps_cannot_be_forged(self):
        resolution = self._communicated()
        forged = {
            "state": "verified",
            "percent": 100,
            "claimed_by_id": self.worker.id,
            "verified_at": "2026-11-22 05:00:00",
            "due_on": "2030-01-01",
            "approved_by_id": self.worker.id,
        }
        for name, value in forged.items():
            for user in (self.users["secretary"], self.users["administrator"]):
                with self.subTest(name), self.assertRaises(UserError):
                    resolution.with_user(user).write({name: value})
        with self.assertRaises(AccessError):
            self.env["reform.resolution.update"].with_user(self.worker).create(
                {"resolution_id": resolution.id, "kind": "verified"}
            )

    def test_only_files_of_the_reporter_prove_something(self):
        resolution = self._communicated()
        theirs = self._evidence(resolution, self.users["secretary"])
        with self.assertRaises(AccessError):
            resolution.with_user(self.worker).report("Mine", 10, theirs.ids)

    def test_dialogs_carry_evidence_and_reasons(self):
        resolution = self._communicated()
        mine = resolution.with_user(self.worker)

        def reported(user):
            file = self._evidence(resolution, user)
            file.write({"res_model": "reform.resolution.report", "res_id": 0})
            dialog = self.env["reform.resolution.report"].with_user(self.worker)
            filled = {"resolution_id": resolution.id, "percent": 80, "note": "Proof"}
            dialog.create(
                filled | {"attachment_ids": [Command.set(file.ids)]}
            ).action_report()
            return file

        with self.assertRaises(AccessError):
            reported(self.users["secretary"])
        file = reported(self.worker)
        self.assertEqual(file.res_model, "reform.resolution")
        self.assertEqual(resolution.evidence_count, 1)
        reasons = self.env["reform.resolution.reason"]
        asked = {"resolution_id": resolution.id, "reason": "The supplier is late"}
        self.assertFalse(mine.extension_is_asked)
        reasons.with_user(self.worker).create(
            asked | {"what": "extend", "new_due_on": "2027-01-01"}
        ).action_confirm()
        self.assertTrue(mine.extension_is_asked)
        refusal = reasons.with_user(self.users["secretary"]).create(
            asked | {"what": "refuse"}
        )
        refusal.action_confirm()
        self.assertEqual(resolution.extension_ids.state, "refused")
        self.assertEqual(str(resolution.due_on), "2026-12-22")

    def test_who_is_not_concerned_does_nothing(self):
        resolution = self._communicated()
        member = self._as("member", resolution)
        for act in (
            lambda: member.report("x", 10),
            member.action_claim_done,
            member.action_communicate,
            lambda: member.revoke("x"),
            lambda: member.ask_extension("+30", "x"),
        ):
            with self.assertRaises(AccessError):
                act()
        with self.assertRaises(AccessError):
            resolution.with_user(self.outsider).report("x", 10)

    def test_receipt_of_one_without_an_account_is_kept_for_him(self):
        resolution = self._communicated()
        with self.assertRaises(AccessError):
            self._as("secretary", resolution).action_receive()
        guest = self.env["res.partner"].create({"name": "No account"})
        other = self._communicated(responsible_id=guest.id)
        self._as("secretary", other).action_receive()
        self.assertEqual(other.received_by_id, self.users["secretary"])

    def test_the_excerpt_is_one_page_of_what_was_sealed(self):
        resolution = self._communicated()
        resolution.responsible_id.email = "worker@example.com"
        job = self.env["agency.job"].search(
            [("key", "=", f"reform-excerpt-{resolution.id}")]
        )
        self.assertEqual(len(job), 1)
        self.assertFalse(resolution.excerpt_id)
        content = resolution.sudo()._excerpt_content()
        self.assertEqual(content["text"], resolution.text)
        self.assertTrue(content["verify_url"])
        with patch.object(
            type(self.env["ir.actions.report"]),
            "_render_qweb_pdf",
            lambda *_args, **_kwargs: (b"%PDF-1.4", "pdf"),
        ):
            resolution.sudo()._make_excerpt()
        resolution.sudo()._mail_excerpt()
        mail = self.env["mail.mail"].search([("email_to", "=", "worker@example.com")])
        self.assertEqual(mail.state, "outgoing")
        self.assertEqual(mail.attachment_ids, resolution.excerpt_id)
        with self.assertRaises(AccessError):
            self._as("administrator", resolution).write({"excerpt_id": False})

    def test_the_panel_shows_what_happened(self):
        resolution = self._communicated()
        mine = resolution.with_user(self.worker)
        proof = self._evidence(resolution, self.worker)
        mine.report("Proof", 90, proof.ids)
        mine.ask_extension("+30", "Late")
        self._as("chair", resolution).decide_extension(True)
        panel = mine.panel()
        self.assertTrue(panel["may_report"])
        self.assertEqual([file["seen"] for file in panel["evidence"]], [False])
        self.assertEqual(
            [point["kind"] for point in panel["timeline"]], ["adopted", "moved", "due"]
        )
        self._as("chair", resolution)._see(proof.id)
        [file] = self._as("chair", resolution).panel()["evidence"]
        self.assertTrue(file["seen"] and file["seen_by"])
        self.assertFalse(self._as("member", resolution).panel()["may_report"])
        with self.assertRaises(AccessError):
            resolution.with_user(self.outsider).panel()
