import hashlib
import io
import uuid
from datetime import timedelta

from PIL import Image

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_field import TODAY, FieldCase

DEVICE = "device-0001"


def picture(size=(64, 48), **options):
    buffer = io.BytesIO()
    Image.new("RGB", size, "teal").save(buffer, "JPEG", **options)
    return buffer.getvalue()


class SyncCase(FieldCase):
    """Phones of a lead and an inspector, talking to the server without a browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.instance = cls.assessment.instance_uuid
        cls.sequence = 0

    def _op(self, kind, user=None, **vals):
        type(self).sequence += 1
        return {
            "uuid": str(uuid.uuid4()),
            "user": (user or self.lead).id,
            "assessment": self.instance,
            "kind": kind,
            "seq": self.sequence,
            "base": 0,
            "at": f"{fields.Datetime.now().isoformat()}Z",
            "payload": {},
        } | vals

    def _answer(self, item, option, user=None, **vals):
        payload = {"option": option} | vals.pop("also", {})
        return self._op("answer", user, item=item, payload=payload, **vals)

    def _sync(self, *ops, user=None, device=None, known=None):
        field = self.env["audit.field"].with_user(user or self.lead)
        clock = f"{fields.Datetime.now().isoformat()}Z"
        return field._sync(device or DEVICE, clock, list(ops), known or {})

    def _status(self, op, reply):
        verdict = reply["verdicts"][op["uuid"]]
        return verdict["status"], verdict.get("reason", "")

    def _begin(self):
        self._sync(self._op("start", payload={"latitude": 35.7, "longitude": 51.4}))

    def _host(self, **vals):
        payload = {"name": "Fereshteh Mehregan", "refusal": "No time"} | vals
        return self._op("host", payload=payload)

    def _fill(self, *options):
        self._begin()
        ops = [
            self._answer(code, option)
            for code, option in zip(("A1", "A2", "B1"), options, strict=True)
        ]
        return self._sync(*ops, self._host())

    def _submit(self):
        made = self.env["audit.answer.op"].search_count(
            [("assessment_id", "=", self.assessment.id), ("device_id", "=", DEVICE)]
        )
        op = self._op("submit", payload={"ops": made})
        return self._status(op, self._sync(op))


@tagged("post_install", "-at_install")
class TestFieldSync(SyncCase):
    def test_the_page_takes_along_what_the_visit_needs(self):
        package = self.env["audit.field"].with_user(self.inspector)._take_along()
        [visit] = package["visits"]
        self.assertEqual(visit["assessment"], self.instance)
        self.assertEqual(visit["unit"]["phone"], "02133334444")
        self.assertEqual(len(package["versions"][self.version.id]["sections"]), 2)
        self.assertFalse(visit["is_lead"])
        nothing = self.env["audit.field"].with_user(self.outsider)._take_along()
        self.assertFalse(nothing["visits"])
        with self.assertRaises(AccessError):
            self.env["audit.field"].with_user(self.users["observer"])._take_along()

    def test_an_answer_is_applied_once_however_often_it_is_sent(self):
        self._begin()
        self.assertEqual(self.visit.state, "in_progress")
        self.assertTrue(self.visit.has_start_place)
        op = self._answer("A1", "yes")
        self.assertEqual(self._status(op, self._sync(op)), ("applied", ""))
        again = self._sync(op, op)
        self.assertEqual(again["verdicts"][op["uuid"]]["status"], "already")
        answer = self.assessment.answer_ids
        self.assertEqual((answer.item_code, answer.option_id.code), ("A1", "yes"))
        self.assertEqual((answer.revision, answer.ratio), (1, 1))
        self.assertEqual(
            self.env["audit.answer.op"].search_count([("uuid", "=", op["uuid"])]), 1
        )

    def test_the_score_follows_the_answers(self):
        self._fill("yes", "no", "part")
        assessment = self.assessment
        # A: 1 of 2 = 50 %, weight 60; B: half, weight 40.
        self.assertAlmostEqual(assessment.score, 50)
        self.assertFalse(assessment.is_provisional)
        self.assertEqual(assessment.answered_count, 3)
        scores = {
            row.section_id.code: row.score for row in assessment.section_score_ids
        }
        self.assertEqual(scores, {"A": 50, "B": 50})
        failed = assessment.answer_ids.filtered("is_failed")
        self.assertEqual(failed.item_code, "A2")

    def test_two_inspectors_who_see_it_differently_are_a_conflict_for_the_lead(self):
        self._begin()
        mine, theirs = (
            self._answer("A1", "yes"),
            self._answer("A1", "no", self.inspector),
        )
        self._sync(mine)
        reply = self._sync(theirs, user=self.inspector, device="device-0002")
        self.assertEqual(self._status(theirs, reply), ("conflict", "other_answer"))
        answer = self.assessment.answer_ids
        self.assertEqual(answer.option_id.code, "yes", "the first one stands for now")
        self.assertTrue(answer.has_conflict)
        self.assertEqual(self.assessment.conflict_count, 1)
        package = self.env["audit.field"].with_user(self.lead)._take_along()
        [conflict] = package["visits"][0]["conflicts"]
        self.assertEqual(conflict["sides"][1]["op"], theirs["uuid"])
        choice = {"value": theirs["payload"], "why": "Looked again"}
        refused = self._op("resolve", self.inspector, item="A1", payload=choice)
        reply = self._sync(refused, user=self.inspector)
        self.assertEqual(self._status(refused, reply), ("refused", "not_lead"))
        settled = self._op("resolve", item="A1", payload=choice)
        self.assertEqual(self._status(settled, self._sync(settled)), ("applied", ""))
        self.assertEqual(answer.option_id.code, "no")
        self.assertFalse(answer.has_conflict)
        self.assertFalse(self.assessment.conflict_count)
        self.assertEqual(len(self.assessment.op_ids), 5, "both are in the journal")

    def test_the_same_answer_of_both_is_no_conflict(self):
        self._begin()
        self._sync(self._answer("A1", "yes"))
        op = self._answer("A1", "yes", self.inspector)
        reply = self._sync(op, user=self.inspector)
        self.assertEqual(self._status(op, reply), ("applied", ""))
        # Who has seen the other's answer may change it.
        op = self._answer("A1", "no", base=2)
        self.assertEqual(self._status(op, self._sync(op)), ("applied", ""))

    def test_what_cannot_be_applied_is_refused_kept_and_blocks_nothing(self):
        early = self._answer("A1", "yes")
        self.assertEqual(
            self._status(early, self._sync(early)), ("refused", "not_started")
        )
        self._begin()
        cases = {
            "unknown_item": self._answer("Z9", "yes"),
            "bad_value": self._answer("A1", "perhaps"),
            "unknown_visit": self._answer("A1", "yes", assessment=str(uuid.uuid4())),
            "unknown_photo": self._op(
                "photo_removed", item="A1", payload={"photo": str(uuid.uuid4())}
            ),
            "too_large": self._op(
                "photo",
                item="A1",
                payload={"photo": str(uuid.uuid4()), "size": 30_000_000, "sha256": ""},
            ),
            "no_conflict": self._op("resolve", item="A1", payload={"value": {}}),
            "not_submitted": self._op("confirm"),
        }
        good = self._answer("A2", "yes")
        reply = self._sync(*cases.values(), good)
        for reason, op in cases.items():
            with self.subTest(reason):
                self.assertEqual(self._status(op, reply), ("refused", reason))
        self.assertEqual(self._status(good, reply), ("applied", ""))
        journal = self.env["audit.answer.op"].search([]).mapped("uuid")
        self.assertLessEqual({op["uuid"] for op in cases.values()}, set(journal))

    def test_a_stranger_learns_nothing_and_changes_nothing(self):
        self._begin()
        op = self._answer("A1", "yes", self.outsider)
        reply = self._sync(op, user=self.outsider, known={self.instance: -1})
        self.assertEqual(self._status(op, reply), ("refused", "unknown_visit"))
        self.assertFalse(reply["news"])
        self.assertFalse(self.assessment.answer_ids)

    def test_operations_are_never_entered_under_another_name(self):
        self._begin()
        op = self._answer("A1", "yes", self.lead)
        reply = self._sync(op, user=self.inspector)
        self.assertEqual(self._status(op, reply)[0], "other_user")
        self.assertNotIn(op["uuid"], self.assessment.op_ids.mapped("uuid"))
        self.assertEqual(self._status(op, self._sync(op)), ("applied", ""))

    def test_garbage_is_not_acknowledged(self):
        self._begin()
        for broken in (
            self._answer("A1", "yes", uuid="no-uuid"),
            self._op("drop"),
            self._answer("A1", "yes", at="yesterday"),
            self._answer("A1", "yes", seq=2**40),
            self._op("answer", item="A1", payload=["x"]),
        ):
            reply = self._sync(broken)
            self.assertEqual(self._status(broken, reply)[0], "malformed")

    def test_a_recused_inspector_can_no_longer_answer(self):
        self._begin()
        self.env["audit.recusal"].create(
            {
                "user_id": self.inspector.id,
                "unit_id": self.agency.id,
                "reason": "Learned today",
                "date_from": TODAY,
            }
        )
        op = self._answer("A1", "yes", self.inspector)
        reply = self._sync(op, user=self.inspector)
        self.assertEqual(self._status(op, reply), ("refused", "unknown_visit"))
        package = self.env["audit.field"].with_user(self.inspector)._take_along()
        self.assertFalse(package["visits"])

    def test_a_wrong_clock_is_noticed_and_set_right(self):
        self._begin()
        op = self._answer("A1", "yes")
        now = fields.Datetime.now()
        ahead = now + timedelta(days=1)
        op["at"] = f"{ahead.isoformat()}Z"
        field = self.env["audit.field"].with_user(self.lead)
        reply = field._sync(DEVICE, f"{ahead.isoformat()}Z", [op], {})
        self.assertEqual(reply["skew"], 86400)
        self.assertEqual(self.assessment.answer_ids.answered_at, now)
        entry = self.assessment.op_ids.filtered(lambda o: o.uuid == op["uuid"])
        self.assertEqual((entry.device_at, entry.clock_skew), (ahead, 86400))

    def test_only_a_whole_visit_is_submitted(self):
        self._begin()
        self._sync(self._answer("A1", "yes"), self._answer("A2", "yes"))
        self.assertEqual(self._submit(), ("refused", "incomplete B1"))
        self._sync(self._answer("B1", "na"))
        self.assertEqual(self._submit(), ("refused", "incomplete B1"))
        reason = {"reason": "No staff"}
        self._sync(self._answer("B1", "na", also=reason, base=1))
        self.assertEqual(self._submit(), ("refused", "no_host"))
        self._sync(self._host())
        op = self._op("submit", payload={"ops": 999})
        self.assertEqual(self._status(op, self._sync(op)), ("refused", "ops_missing"))
        op = self._op("submit", self.inspector, payload={"ops": 0})
        reply = self._sync(op, user=self.inspector, device="device-0002")
        self.assertEqual(self._status(op, reply), ("refused", "not_lead"))
        self.assertEqual(self._submit(), ("applied", ""))
        self.assertEqual(self.visit.state, "submitted")
        self.assertEqual(self.assessment.state, "submitted")
        self.assertEqual(len(self.assessment.content_hash), 64)
        late = self._answer("A1", "no", base=1)
        self.assertEqual(self._status(late, self._sync(late)), ("refused", "locked"))
        op = self._op("confirm", self.inspector)
        self._sync(op, user=self.inspector)
        self.assertTrue(all(self.visit.member_ids.mapped("confirmed_at")))

    def test_a_submission_in_one_batch_with_all_its_answers(self):
        ops = [
            self._op("start"),
            self._answer("A1", "yes"),
            self._answer("A2", "no"),
            self._answer("B1", "yes"),
            self._host(),
        ]
        submit = self._op("submit", payload={"ops": len(ops)})
        reply = self._sync(*ops, submit)
        self.assertEqual(self._status(submit, reply), ("applied", ""))
        self.assertEqual(self.visit.state, "submitted")

    def test_an_extra_visit_is_made_without_a_network(self):
        instance = str(uuid.uuid4())
        payload = {
            "name": "Archive",
            "reason": "Clients are sent there",
            "beside": self.instance,
        }
        extra = self._op("extra", assessment=instance, payload=payload)
        ops = [
            extra,
            self._op("start", assessment=instance),
            self._answer("A1", "yes", assessment=instance),
        ]
        reply = self._sync(*ops)
        self.assertEqual({self._status(op, reply) for op in ops}, {("applied", "")})
        made = self.env["audit.assessment"].search([("instance_uuid", "=", instance)])
        self.assertEqual(made.visit_id.kind, "added_on_site")
        self.assertEqual(made.visit_id.state, "in_progress")
        self.assertEqual(made.unit_id.parent_id, self.agency)
        self.assertTrue(made.unit_id.is_found_on_site)
        self.assertEqual(made.answer_ids.option_id.code, "yes")
        self.assertEqual((self.phase.visit_count, self.phase.extra_count), (1, 1))
        self.assertEqual(
            self._sync(extra)["verdicts"][extra["uuid"]]["status"], "already"
        )

    def test_no_access_is_reported_from_the_spot(self):
        op = self._op("no_access", payload={"reason": ""})
        self.assertEqual(self._status(op, self._sync(op)), ("refused", "no_reason"))
        op = self._op("no_access", payload={"reason": "Power cut"})
        self._sync(op)
        self.assertEqual(self.visit.state, "no_access")

    def test_a_batch_of_forty_costs_few_queries(self):
        self._begin()
        self._sync(self._answer("A1", "yes"))
        ops = [
            self._answer(("A1", "A2", "B1")[n % 3], ("yes", "no", "part")[n % 2])
            for n in range(40)
        ]
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._sync(*ops)
        self.env.flush_all()
        count = self.env.cr.sql_log_count - before
        self.assertLessEqual(count, 25)
        self.assertEqual(self.assessment.op_count, 42)


@tagged("post_install", "-at_install")
class TestFieldReview(SyncCase):
    def test_an_officer_accepts_and_everything_is_locked_and_sealed(self):
        self._fill("yes", "no", "yes")
        self._submit()
        visit = self.visit.with_user(self.officer)
        visit.action_accept()
        assessment = self.assessment
        self.assertEqual((visit.state, assessment.state), ("accepted", "accepted"))
        self.assertTrue(assessment.seal_id)
        self.assertRegex(visit.number, r"^A/\d{4}/\d{3}$")
        [finding] = assessment.finding_ids
        self.assertEqual((finding.item_code, finding.state), ("A2", "draft"))
        self.assertEqual(finding.grade, self.second.finding_grade)
        for change in (
            lambda: visit.write({"note": "Later"}),
            lambda: assessment.sudo().write({"score": 100}),
            lambda: assessment.answer_ids[:1].sudo().write({"payload": {}}),
            lambda: assessment.answer_ids.sudo().unlink(),
            lambda: visit.sudo().unlink(),
        ):
            with self.assertRaises(UserError):
                change()
        op = self._answer("A1", "no", base=1)
        self.assertEqual(self._status(op, self._sync(op)), ("refused", "locked"))
        finding.with_user(self.officer).action_issue()
        self.assertTrue(finding.issued_at)

    def test_a_returned_visit_opens_the_named_items_only(self):
        self._fill("yes", "no", "yes")
        self._submit()
        wizard = self.env["audit.visit.return"].with_user(self.officer)
        wizard.create(
            {
                "visit_id": self.visit.id,
                "reason": "No photo of the sign",
                "item_ids": [(6, 0, self.second.ids)],
            }
        ).action_return()
        self.assertEqual(self.visit.state, "returned")
        op = self._answer("A1", "no", base=1)
        self.assertEqual(self._status(op, self._sync(op)), ("refused", "not_returned"))
        op = self._answer("A2", "yes", base=1)
        self.assertEqual(self._status(op, self._sync(op)), ("applied", ""))
        self.assertEqual(self._submit(), ("applied", ""))
        self.visit.with_user(self.officer).action_accept()
        self.assertFalse(self.assessment.finding_ids)

    def test_nobody_accepts_his_own_visit_nor_without_the_role(self):
        self._fill("yes", "yes", "yes")
        self._submit()
        for user in (self.lead, self.inspector, self.users["observer"]):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.visit.with_user(user).action_accept()
        self.lead.group_ids += self.env.ref("audit_checklist.group_programme_officer")
        with self.assertRaisesRegex(AccessError, "made himself"):
            self.visit.with_user(self.lead).action_accept()

    def test_too_much_that_is_not_applicable_is_confirmed_first(self):
        reason = {"reason": "None here"}
        self._begin()
        self._sync(
            self._answer("A1", "na", also=reason),
            self._answer("A2", "na", also=reason),
            self._answer("B1", "yes"),
            self._host(),
        )
        self._submit()
        visit = self.visit.with_user(self.officer)
        with self.assertRaisesRegex(UserError, "confirm"):
            visit.action_accept()
        visit.action_confirm_na()
        visit.action_accept()
        self.assertEqual(visit.state, "accepted")

    def test_a_failure_that_comes_again_is_recognised(self):
        self._fill("yes", "no", "yes")
        self._submit()
        self.visit.with_user(self.officer).action_accept()
        first = self.assessment.finding_ids
        phase = self.phase.copy({"unit_ids": [(6, 0, self.agency.ids)]})
        phase.action_open()
        visit = self._create_visit(
            self.agency,
            phase_id=phase.id,
            planned_start=fields.Datetime.now() + timedelta(days=1),
        )
        visit.action_plan()
        self.assertEqual(
            self.env["audit.field"]._earlier_findings(visit), {}, "not issued yet"
        )
        first.action_issue()
        self.assertIn("A2", self.env["audit.field"]._earlier_findings(visit))
        self.visit, self.assessment = visit, visit.assessment_id
        self.instance = visit.assessment_id.instance_uuid
        self._fill("yes", "no", "yes")
        self._submit()
        visit.with_user(self.officer).action_accept()
        self.assertEqual(visit.assessment_id.finding_ids.repeat_of_id, first)

    def test_inspectors_write_nothing_directly(self):
        self._fill("yes", "no", "yes")
        for record in (
            self.visit,
            self.assessment,
            self.assessment.answer_ids[0],
            self.assessment.op_ids[0],
            self.agency,
        ):
            mine = record.with_user(self.lead)
            with self.subTest(record=record):
                self.assertTrue(mine.has_access("read"))
                for verb in ("write", "unlink", "create"):
                    self.assertFalse(mine.has_access(verb))
                stranger = record.with_user(self.outsider)
                if record != self.agency:
                    self.assertFalse(stranger.search([("id", "=", record.id)]))
                    self.assertFalse(
                        stranger._read_group([("id", "=", record.id)], [], ["__count"])[
                            0
                        ][0]
                    )

    def test_the_journal_is_history(self):
        self._fill("yes", "no", "yes")
        op = self.assessment.op_ids[0]
        for change in (lambda: op.write({"outcome": "refused"}), op.unlink, op.copy):
            with self.assertRaises(UserError):
                change()


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
