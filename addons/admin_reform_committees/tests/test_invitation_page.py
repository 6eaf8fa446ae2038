import re

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from .test_invitation import InvitationCase

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@tagged("post_install", "-at_install")
class TestInvitationPage(InvitationCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.meeting = self._convened()
        self.seat = self._seat_of(self.meeting, "member")
        self.url = self.seat._invitation_url().split(self.seat.get_base_url())[1]
        self.env.flush_all()

    def _send(self, url=None, **data):
        page = self.url_open(self.url)
        data.setdefault("csrf_token", TOKEN.search(page.text)[1])
        return self.url_open(url or self.url, data=data)

    def test_who_has_no_account_answers_by_his_link(self):
        page = self.url_open(self.url)
        self.assertIn("Hall 2", page.text)
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        self._send(answer="declined", note="On leave", substitute="Mrs Substitute")
        self.seat.invalidate_recordset()
        self.assertEqual(self.seat.status, "declined")
        self.assertEqual(self.seat.substitute_id.name, "Mrs Substitute")
        # he may change his mind, as long as the meeting has not begun
        self._send(answer="accepted")
        self.seat.invalidate_recordset()
        self.assertEqual((self.seat.status, self.seat.answer_note), ("accepted", False))

    def test_a_link_opens_one_invitation_and_no_guess_does(self):
        absent = self.url_open("/reform/invitation/guess")
        self.assertEqual(absent.status_code, 404)
        token = self.url.split("/")[-1]
        near = token[:-1] + ("y" if token[-1] == "x" else "x")
        for guess in (str(self.seat.id), near, "-", "0"):
            with self.subTest(guess):
                page = self.url_open(f"/reform/invitation/{guess}")
                self.assertEqual(page.status_code, 404)
                self.assertNotIn("Hall 2", page.text)
        others = self.meeting.attendance_ids - self.seat
        self._send(answer="accepted", meeting_id="1", attendance_id=str(others[0].id))
        self.env.invalidate_all()
        self.assertEqual(set(others.mapped("status")), {"invited"})

    def test_an_answer_needs_its_form(self):
        page = self.url_open(self.url, data={"answer": "accepted"})
        self.assertEqual(page.status_code, 400)
        for answer in ("present", "", "absent"):
            with self.subTest(answer):
                self._send(answer=answer)
        huge = self._send(answer="accepted", note="x" * 20_000)
        self.assertEqual(huge.status_code, 413)
        self.seat.invalidate_recordset()
        self.assertEqual(self.seat.status, "invited")

    def test_an_answer_that_contradicts_itself_is_not_lost(self):
        page = self._send(answer="accepted", note="By train", substitute="Mrs Instead")
        self.assertIn("alert-danger", page.text)
        self.assertIn('value="By train"', page.text)
        self.assertIn('value="Mrs Instead"', page.text)
        self.seat.invalidate_recordset()
        self.assertEqual(self.seat.status, "invited")

    def test_a_closed_invitation_takes_no_answer(self):
        data = {"csrf_token": TOKEN.search(self.url_open(self.url).text)[1]}
        self.meeting.write({"state": "cancelled", "reason": "No hall"})
        self.env.flush_all()
        page = self.url_open(self.url, data=data | {"answer": "accepted"})
        self.assertIn("alert-danger", page.text)
        self.assertNotIn("invitation-note", page.text)
        self.seat.invalidate_recordset()
        self.assertEqual(self.seat.status, "invited")

    def test_a_confidential_agenda_stays_in_the_house(self):
        self.env["reform.agenda.item"].create(
            {"meeting_id": self.meeting.id, "name": "A secret matter"}
        )
        self.env.flush_all()
        self.assertIn("A secret matter", self.url_open(self.url).text)
        self.meeting.confidentiality = "confidential"
        self.env.flush_all()
        self.assertNotIn("A secret matter", self.url_open(self.url).text)

    # === Proposals of those without an account ===

    def _propose(self, **data):
        return self._send(self.url + "/proposal", **data)

    @property
    def proposals(self):
        return self.env["reform.agenda.proposal"].search(
            [("committee_id", "=", self.body.id)]
        )

    def test_a_guest_proposes_an_item_by_his_link(self):
        guest = self.env["reform.attendance"].create(
            {
                "meeting_id": self.meeting.id,
                "partner_id": self._partner("Expert").id,
                "role": "guest",
            }
        )
        self.url = guest._invitation_url().split(guest.get_base_url())[1]
        self.env.flush_all()
        page = self._propose(
            title="استعلام از ثبت احوال", explanation="Why", minutes="۱۵"
        )
        self.assertIn("alert-success", page.text)
        proposal = self.proposals
        self.assertEqual(
            (proposal.state, proposal.proposer_id, proposal.planned_minutes),
            ("submitted", guest.partner_id, 15),
        )
        proposal.with_user(self.users["secretary"]).write(
            {"state": "rejected", "reason": "Belongs to the council"}
        )
        self.env.flush_all()
        page = self.url_open(self.url).text
        self.assertIn("Belongs to the council", page)
        # others read neither it nor its answer
        mine = self.seat._invitation_url().split(self.seat.get_base_url())[1]
        self.env.flush_all()
        self.assertNotIn("Belongs to the council", self.url_open(mine).text)

    def test_what_is_proposed_is_his_alone_and_goes_to_this_body(self):
        other = self.meeting.attendance_ids - self.seat
        self._propose(
            title="Mine",
            proposer_id=str(other[0].partner_id.id),
            committee_id=str(self.other_body.id),
            state="accepted",
        )
        proposal = self.proposals
        self.assertEqual(proposal.proposer_id, self.seat.partner_id)
        self.assertEqual(
            (proposal.meeting_id, proposal.state), (self.meeting, "submitted")
        )
        self.assertFalse(self.meeting.item_ids.filtered(lambda i: i.name == "Mine"))

    def test_nonsense_and_floods_are_refused_in_a_sentence(self):
        self.assertIn("alert-danger", self._propose(title="  ").text)
        page = self._propose(title="One", explanation="<b>x</b>", minutes="-3")
        self.assertNotIn("<b>x</b>", page.text)
        self.assertEqual(self.proposals.planned_minutes, 0)
        for number in range(4):
            self.seat._propose(f"More {number}")
        with self.assertRaisesRegex(UserError, "enough items"):
            self.seat._propose("One too many")
        self.assertEqual(
            self.url_open(self.url + "/proposal", data={"title": "x"}).status_code, 400
        )
        guess = "/reform/invitation/guess/proposal"
        self.assertEqual(self._send(guess, title="x").status_code, 404)
        self.assertEqual(self._propose(title="x" * 20_000).status_code, 413)
        self.meeting.action_start()
        with self.assertRaisesRegex(UserError, "not open any more"):
            self.seat._propose("Too late")
        self.assertEqual(len(self.proposals), 5)
