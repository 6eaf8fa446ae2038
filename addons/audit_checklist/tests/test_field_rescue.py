import base64
import hashlib
import json
import uuid

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_sync import DEVICE, SyncCase, picture


@tagged("post_install", "-at_install")
class TestFieldRescue(SyncCase):
    """A file saved on a phone brings in what the phone could not send, and no more."""

    def _file(self, *ops, user=None, photos=(), **vals):
        return {
            "format": "audit-field-1",
            "user": (user or self.lead).id,
            "device": DEVICE,
            "saved_at": "2026-06-27T05:00:00Z",
            "ops": list(ops),
            "attention": [],
            "photos": list(photos),
        } | vals

    def _bring_in(self, content, officer=None):
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        rescue = (
            self.env["audit.field.rescue"]
            .with_user(officer or self.officer)
            .create({"file": base64.b64encode(data)})
        )
        rescue.action_check()
        rescue.action_import()
        return rescue

    def _fates(self, rescue):
        return {line.status: line.count for line in rescue.line_ids}

    def test_what_was_not_sent_is_entered_and_says_who_brought_it(self):
        ops = [self._op("start"), self._answer("A1", "yes"), self._answer("A2", "no")]
        rescue = self._bring_in(self._file(*ops))
        self.assertEqual(self._fates(rescue), {"applied": 3})
        self.assertEqual(self.visit.state, "in_progress")
        rows = self.env["audit.answer.op"].search(
            [("uuid", "in", [op["uuid"] for op in ops])]
        )
        self.assertEqual(rows.user_id, self.lead)
        self.assertEqual(rows.imported_by_id, self.officer)
        self.assertEqual(self.assessment.answer_ids.answered_by_id, self.lead)
        self.assertIn(
            self.lead.partner_id, self.visit.message_ids[0].notified_partner_ids
        )

    def test_a_file_brought_in_twice_or_sent_as_well_counts_once(self):
        ops = [self._op("start"), self._answer("A1", "yes")]
        self._sync(ops[0])
        content = self._file(*ops)
        self.assertEqual(
            self._fates(self._bring_in(content)), {"already": 1, "applied": 1}
        )
        self.assertEqual(self._fates(self._bring_in(content)), {"already": 2})
        self.assertEqual(self._status(ops[1], self._sync(ops[1]))[0], "already")
        self.assertEqual(self.assessment.answer_ids.revision, 1)

    def test_a_file_signs_nothing_and_the_phone_still_may(self):
        self._fill("yes", "yes", "yes")
        submit = self._op("submit", payload={"ops": 0})
        self.assertEqual(
            self._fates(self._bring_in(self._file(submit))), {"left_out": 1}
        )
        self.assertEqual(self.visit.state, "in_progress")
        self.assertEqual(self._submit(), ("applied", ""))

    def test_visits_of_others_cannot_be_forged(self):
        self._begin()
        forged = self._answer("A1", "yes", self.outsider)
        rescue = self._bring_in(self._file(forged, user=self.outsider))
        self.assertEqual(self._fates(rescue), {"refused": 1})
        mixed = self._answer("A1", "yes", self.inspector)
        rescue = self._bring_in(self._file(mixed))
        self.assertEqual(self._fates(rescue), {"left_out": 1}, "two users in one file")
        self.assertFalse(self.assessment.answer_ids)

    def test_what_contradicts_the_colleague_is_a_conflict(self):
        self._begin()
        self._sync(self._answer("A1", "no", self.inspector), user=self.inspector)
        rescue = self._bring_in(self._file(self._answer("A1", "yes")))
        self.assertEqual(self._fates(rescue), {"conflict": 1})

    def test_photos_are_kept_only_if_they_are_the_announced_ones(self):
        content = picture((90, 60))
        photo = str(uuid.uuid4())
        payload = {
            "photo": photo,
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        op = self._op("photo", item="A1", payload=payload)
        other = picture((91, 60))
        wrong = {"uuid": photo, "data": base64.b64encode(other).decode()}
        right = {"uuid": photo, "data": base64.b64encode(content).decode()}
        self._begin()
        rescue = self._bring_in(self._file(op, photos=[wrong, {"uuid": "x"}, {}]))
        self.assertEqual(rescue.photo_kept_count, 0)
        self.assertEqual(self.assessment.evidence_ids.state, "awaited")
        rescue = self._bring_in(self._file(op, photos=[right, right]))
        self.assertEqual(rescue.photo_kept_count, 1)
        self.assertEqual(self.assessment.evidence_ids.state, "received")

    def test_what_is_no_such_file_is_refused_in_a_sentence(self):
        for content in (
            b"{",
            b"[" * 100_000,
            b"\xff\xd8\xff",
            {"format": "other"},
            self._file(device="../../x"),
            self._file(ops={}),
            self._file(ops=[1]),
            self._file(ops=[{}] * 5001),
            self._file() | {"photos": None},
            self._file(user=self.users["observer"]),
            self._file() | {"user": 999_999_999},
            self._file() | {"user": "1"},
            self._file(user=self.officer),
        ):
            with self.subTest(str(content)[:60]), self.assertRaises(UserError):
                self._bring_in(content)

    def test_garbage_among_the_operations_holds_nothing_up(self):
        good = self._op("start")
        rescue = self._bring_in(self._file({}, {"uuid": 7, "kind": "answer"}, good))
        self.assertEqual(self._fates(rescue)["applied"], 1)

    def test_only_an_officer_brings_files_in(self):
        for user in (self.lead, self.users["observer"]):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._bring_in(self._file(), user)
