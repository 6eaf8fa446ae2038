import hashlib
import uuid
from datetime import timedelta

from PIL import Image

from odoo import fields
from odoo.tests import tagged

from .common_sync import SyncCase, picture


@tagged("post_install", "-at_install")
class TestFieldPhotos(SyncCase):
    def _announce(self, content, **vals):
        photo = str(uuid.uuid4())
        payload = {
            "photo": photo,
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "latitude": 35.7,
            "longitude": 51.4,
        } | vals
        op = self._op("photo", item="A1", payload=payload)
        self.assertEqual(self._status(op, self._sync(op)), ("applied", ""))
        return self.env["audit.evidence"].search([("uuid", "=", photo)])

    def _send(self, evidence, content, start=0, step=400):
        field = self.env["audit.field"].with_user(self.lead)
        reply = {}
        for begin in range(start, len(content), step):
            reply = field._take_piece(evidence, begin, content[begin : begin + step])
        return reply

    def test_a_photo_arrives_in_pieces_and_goes_on_where_it_stopped(self):
        self._begin()
        content = picture((600, 400))
        evidence = self._announce(content)
        self.assertEqual((evidence.state, evidence.has_place), ("awaited", True))
        self._send(evidence, content[:800])
        status = self.env["audit.field"]._photo_status(evidence)
        self.assertEqual(status, {"received": 800, "done": False})
        # A piece that was not awaited changes nothing.
        field = self.env["audit.field"].with_user(self.lead)
        self.assertEqual(field._take_piece(evidence, 0, b"x")["received"], 800)
        self.assertTrue(self._send(evidence, content, 800)["done"])
        self.assertEqual(evidence.state, "received")
        self.assertEqual(evidence.attachment_id.raw, content)
        self.assertTrue(self._send(evidence, content)["done"], "again: nothing new")
        self.assertFalse(self.env["audit.evidence.part"].search([]))

    def test_hidden_data_is_taken_out(self):
        self._begin()
        exif = Image.Exif()
        exif[0x010F] = "A phone of somebody"
        content = picture(exif=exif.tobytes())
        self.assertIn(b"A phone", content)
        evidence = self._announce(content)
        self._send(evidence, content)
        kept = evidence.attachment_id.raw
        self.assertNotIn(b"A phone", kept)
        self.assertEqual(hashlib.sha256(kept).hexdigest(), evidence.stored_sha256)
        self.assertNotEqual(evidence.sha256, evidence.stored_sha256)

    def test_what_is_no_picture_is_refused_whatever_it_is_called(self):
        self._begin()
        for content in (
            b"%PDF-1.7 " + b"x" * 100,
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
            picture()[:200],
            b"GIF89a" + b"\0" * 100,
        ):
            evidence = self._announce(content)
            with self.subTest(content[:8]):
                reply = self._send(evidence, content)
                self.assertEqual(reply["problem"], "not_a_picture")
                self.assertEqual(evidence.state, "awaited")
        content = picture()
        evidence = self._announce(content, sha256="0" * 64)
        self.assertEqual(self._send(evidence, content)["problem"], "digest")

    def test_a_picture_with_something_behind_it_is_cut(self):
        self._begin()
        content = picture() + b"<script>alert(1)</script>"
        evidence = self._announce(content)
        self._send(evidence, content)
        self.assertNotIn(b"script", evidence.attachment_id.raw)

    def test_a_required_photo_is_asked_for_at_submission(self):
        draft = self.version.copy()
        draft.item_ids.filtered(lambda i: i.code == "A1").photo_policy = "always"
        self._publish(draft)
        phase = self.phase.copy({"version_id": draft.id})
        phase.unit_ids = self.unit
        phase.action_open()
        visit = self._create_visit(
            self.unit,
            phase_id=phase.id,
            planned_start=fields.Datetime.now() + timedelta(hours=6),
        )
        visit.action_plan()
        self.visit, self.assessment = visit, visit.assessment_id
        self.instance = visit.assessment_id.instance_uuid
        self._fill("yes", "yes", "yes")
        self.assertEqual(self._submit(), ("refused", "incomplete A1"))
        evidence = self._announce(picture())
        self.assertEqual(self._submit(), ("applied", ""))
        self.assertEqual(visit.assessment_id.missing_photo_count, 1)
        self._send(evidence, picture())
        self.assertEqual(evidence.state, "received", "photos may come later")

    def test_photos_are_taken_back_by_who_took_them(self):
        self._begin()
        evidence = self._announce(picture())
        gone = {"photo": evidence.uuid}
        op = self._op("photo_removed", self.inspector, item="A1", payload=gone)
        reply = self._sync(op, user=self.inspector)
        self.assertEqual(self._status(op, reply), ("refused", "not_yours"))
        self._sync(self._op("photo_removed", item="A1", payload=gone))
        self.assertEqual(evidence.state, "removed")

    def test_a_note_is_written_on_a_photo_by_who_took_it(self):
        self._begin()
        evidence = self._announce(picture())
        note = {"photo": evidence.uuid, "note": " The board at the door "}
        theirs = self._op("photo_note", self.inspector, item="A1", payload=note)
        reply = self._sync(theirs, user=self.inspector)
        self.assertEqual(self._status(theirs, reply), ("refused", "not_yours"))
        self.assertFalse(evidence.note)
        op = self._op("photo_note", item="A1", payload=note)
        self.assertEqual(self._status(op, self._sync(op)), ("applied", ""))
        self.assertEqual(evidence.note, "The board at the door")
        self.assertEqual(evidence.state, "awaited", "a note removes nothing")
        long = self._op(
            "photo_note", item="A1", payload={"photo": evidence.uuid, "note": "x" * 301}
        )
        self.assertEqual(self._status(long, self._sync(long)), ("refused", "bad_value"))
        package = self.env["audit.field"].with_user(self.inspector)._take_along()
        [photo] = package["visits"][0]["photos"]
        self.assertEqual(photo["note"], "The board at the door")

    def test_the_office_reads_what_was_noted_on_a_photo_after_it_was_sent(self):
        self._begin()
        evidence = self._announce(picture())
        self._send(evidence, picture())
        self._sync(self._op("answer", item="A1", payload={"option": "yes"}))
        note = {"photo": evidence.uuid, "note": "The sign is behind the tree"}
        self._sync(self._op("photo_note", item="A1", payload=note))
        [row] = [
            row
            for row in self.visit.with_user(self.officer).get_review()["rows"]
            if row["code"] == "A1"
        ]
        [piece] = row["seen"]["evidence"]
        self.assertEqual((piece["arrived"], piece["note"]), (True, note["note"]))

    def test_a_photo_noted_and_removed_in_one_batch_does_not_count(self):
        self._begin()
        photo = {"photo": str(uuid.uuid4()), "size": 900, "sha256": "0" * 64}
        gone = {"photo": photo["photo"]}
        self._sync(
            self._op("photo", item="A1", payload=photo),
            self._op("photo_note", item="A1", payload=gone | {"note": "Blurred"}),
            self._op("photo_removed", item="A1", payload=gone),
        )
        evidence = self.assessment.evidence_ids
        self.assertEqual((evidence.state, evidence.note), ("removed", "Blurred"))

    def test_a_photo_larger_than_phones_make_is_refused(self):
        self._begin()
        payload = {
            "photo": str(uuid.uuid4()),
            "size": 30 * 1024 * 1024,
            "sha256": "0" * 64,
        }
        op = self._op("photo", item="A1", payload=payload)
        self.assertEqual(self._status(op, self._sync(op)), ("refused", "too_large"))
        self.assertFalse(self.assessment.evidence_ids)

    def test_no_more_is_taken_in_than_was_announced(self):
        self._begin()
        content = picture((64, 48))
        evidence = self._announce(content)
        field = self.env["audit.field"].with_user(self.lead)
        reply = field._take_piece(evidence, 0, content + b"x" * 100)
        self.assertEqual(reply, {"received": 0, "done": False})
        self.assertTrue(self._send(evidence, content)["done"])
