from datetime import date, timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import NATIONAL_CODES, NOW, DeskCase

# A PNG of one pixel.
SIGNATURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6"
    "kgAAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestRetention(DeskCase):
    """What was written about a client beside his data goes with him."""

    def test_who_signed_and_why_it_was_rejected_is_forgotten(self):
        request = self._rejected().sudo()
        request.message_post(body="با خانم امینی صحبت شد")
        request._set_stamps(
            {"received_by": "همسر", "signature": SIGNATURE, "fee_number": "12"}
        )
        paper = self._attach(request)
        request._retention_redact()
        self.assertEqual(request.reject_reason, "—")
        self.assertTrue(request.reject_reason_id, "the figures need it")
        for name in ("received_by", "signature", "fee_number", "message_ids"):
            with self.subTest(name):
                self.assertFalse(request[name])
        self.assertFalse(paper.exists())
        code, digits = request.tracking_code, NATIONAL_CODES[0][-4:]
        found = request._find_tracked(code, digits, self.company)
        self.assertFalse(found, "who has the code finds nothing any more")

    def test_what_the_unit_wrote_and_sent_is_forgotten(self):
        request = self._make_request()
        request.document_ids[0].note = "به نام همسر"
        referral = self.refer(request, note="خانم امینی").with_user(self.liaison)
        referral.write({"answer": "سابقه دارد", "outcome": "done"})
        referral.action_answer()
        referral = referral.sudo()
        paper = self._attach(referral)
        referral._set_stamps({"attachment_ids": paper.ids})
        request.action_deliver()
        request.sudo()._retention_redact()
        self.env.invalidate_all()
        for name in ("note", "answer", "attachment_ids", "message_ids"):
            with self.subTest(name):
                self.assertFalse(referral[name])
        self.assertFalse(paper.exists())
        self.assertEqual((referral.state, referral.outcome), ("answered", "done"))
        self.assertFalse(request.sudo().document_ids[0].note)
        events = request.sudo().event_ids
        self.assertIn("answered", events.mapped("kind"))
        self.assertFalse(any(events.mapped("note")))
        with self.assertRaises(UserError):
            events[:1].write({"note": "x"})

    def test_why_a_promise_was_moved_and_what_to_bring_is_forgotten(self):
        request = self._make_request()
        appointment = self.env["service.desk.appointment"].create(
            {
                "request_id": request.id,
                "department_id": self.unit.id,
                "place": "desk",
                "expert_name": "کمالی",
                "date_start": NOW + timedelta(days=1),
                "note": "با همسر",
            }
        )
        moving = request.with_user(self.supervisor)
        moving.action_move_promise(date(2026, 12, 6), "خانم امینی بیمار است")
        request.action_mark_ready()
        request.action_deliver()
        request.sudo()._retention_redact()
        self.assertFalse(appointment.note)
        [moved] = request.promise_ids.filtered(lambda one: one.cause == "agency")
        self.assertEqual(moved.reason, "—", "that it was moved stays")

    def test_a_visit_forgets_the_client_with_its_last_request(self):
        first, second = self._rejected().sudo(), self._rejected().sudo()
        visit = self.env["service.desk.visit"].create(
            {
                "key": "0" * 16,
                "company_id": self.company.id,
                "desk_id": self.desk.id,
                "kind": "request",
                "partner_id": self.partner.id,
                "date_start": NOW,
                "date_end": NOW,
            }
        )
        (first + second)._set_stamps({"visit_id": visit.id})
        first._retention_redact()
        self.assertEqual(visit.partner_id, self.partner, "he is still a client")
        second._retention_redact()
        self.assertEqual(visit.partner_id, second.partner_id)
        self.assertNotEqual(visit.partner_id, self.partner)

    def _attach(self, record):
        return self.env["ir.attachment"].create(
            {
                "name": "scan.pdf",
                "raw": b"%PDF-1.4\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n",
                "res_model": record._name,
                "res_id": record.id,
            }
        )
