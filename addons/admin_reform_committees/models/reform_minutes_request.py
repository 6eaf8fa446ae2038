from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..texts import hour_text

MAX_TEXT = 1000
# Open at once, of one person: enough to speak up, too few to flood a secretary.
MAX_OPEN = 10


class ReformMinutesRequest(models.Model):
    """What somebody in the room asks of the secretary from his own device.

    A note is a proposal and never text: the secretary takes it into the minutes or
    not. Who wants to leave early asks; the hour is written down by the secretary.
    """

    _name = "reform.minutes.request"
    _description = "Request to the Secretary"
    _order = "id"

    meeting_id = fields.Many2one(
        "reform.meeting", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="meeting_id.company_id", store=True)
    attendance_id = fields.Many2one(
        "reform.attendance", "By", required=True, ondelete="cascade"
    )
    user_id = fields.Many2one("res.users", required=True, ondelete="restrict")
    item_id = fields.Many2one("reform.agenda.item", "On Item", ondelete="cascade")
    kind = fields.Selection(
        [("note", "Note to the Secretary"), ("leave", "Leaves Early")], required=True
    )
    text = fields.Text()
    state = fields.Selection(
        [("open", "Waiting"), ("taken", "Taken"), ("dismissed", "Not Taken")],
        required=True,
        default="open",
    )
    handled_by_id = fields.Many2one("res.users", ondelete="restrict")

    _note_is_written = models.Constraint(
        "CHECK (kind != 'note' OR COALESCE(text, '') != '')", "A note says something."
    )
    _one_leave = models.UniqueIndex(
        "(attendance_id) WHERE kind = 'leave' AND state = 'open'"
    )

    def _line(self):
        """Return the request as the minutes screen shows it."""
        self.ensure_one()
        zone = self.company_id.agency_tz
        states = dict(self._fields["state"]._description_selection(self.env))
        return {
            "id": self.id,
            "kind": self.kind,
            "seat": self.attendance_id.id,
            "item": self.item_id.id,
            "who": self.user_id.name,
            "text": self.text or "",
            "state": self.state,
            "label": states[self.state],
            "at": hour_text(self.env, self.create_date, zone),
        }


class ReformMeetingRequests(models.Model):
    """Requests from the room, as they are made and as the secretary handles them."""

    _inherit = "reform.meeting"

    def _minutes_requests(self):
        """Return what the user has to see: the secretary all open, others their own."""
        self.ensure_one()
        # sudo: requests are nobody's to read but through here
        requests_sudo = self.env["reform.minutes.request"].sudo()
        mine = Domain("user_id", "=", self.env.uid)
        asked = Domain("state", "=", "open")
        found = requests_sudo.search(
            Domain("meeting_id", "=", self.id)
            & (mine | asked if self.has_access("write") else mine)
        )
        return [request._line() for request in found]

    def _minutes_own_seat(self):
        """Return the seat of the user in this meeting, his own or as a substitute."""
        me = self.env.user.partner_id
        # sudo: only one's own seat
        seats_sudo = self.sudo().attendance_ids
        return seats_sudo.filtered(
            lambda seat: me in (seat.partner_id, seat.substitute_id)
        )[:1]

    def _minutes_may_ask(self):
        return self.state == "in_session" and bool(self._minutes_own_seat())

    def minutes_ask(self, kind, text="", item_id=False):
        """Ask something of the secretary: a note for the minutes, or to leave early."""
        self.ensure_one()
        self.check_access("read")
        if self.state != "in_session":
            raise UserError(self.env._("This is asked while the meeting is running."))
        seat_sudo = self._minutes_own_seat()
        if not seat_sudo:
            raise AccessError(self.env._("You are not invited to this meeting."))
        text = (text or "").strip()[:MAX_TEXT]
        if kind not in ("note", "leave") or (kind == "note" and not text):
            raise UserError(self.env._("A note says something."))
        item = self._minutes_own("reform.agenda.item", item_id) if item_id else None
        # sudo: nobody writes requests but through here
        requests_sudo = self.env["reform.minutes.request"].sudo()
        waiting = requests_sudo.search(
            Domain("meeting_id", "=", self.id)
            & Domain("user_id", "=", self.env.uid)
            & Domain("state", "=", "open")
        )
        if kind == "leave" and "leave" in waiting.mapped("kind"):
            return self._minutes_requests()
        if len(waiting) >= MAX_OPEN:
            raise UserError(
                self.env._("The secretary has not come to your earlier notes yet.")
            )
        requests_sudo.create(
            {
                "meeting_id": self.id,
                "attendance_id": seat_sudo.id,
                "user_id": self.env.uid,
                "item_id": item and item.id,
                "kind": kind,
                "text": text or False,
            }
        )
        return self._minutes_requests()

    def minutes_handle(self, request_id, is_taken, item_id=False):
        """Take a request, or do not: a note goes under its item, who leaves leaves."""
        self.ensure_one()
        self.check_access("write")
        self._check_open()
        # sudo: whether one may is asked of the meeting, above
        requests_sudo = self.env["reform.minutes.request"].sudo()
        request_sudo = requests_sudo.search(
            Domain("id", "=", request_id)
            & Domain("meeting_id", "=", self.id)
            & Domain("state", "=", "open")
        )
        if request_sudo and is_taken:
            self._minutes_take(request_sudo, item_id)
        request_sudo.write(
            {
                "state": "taken" if is_taken else "dismissed",
                "handled_by_id": self.env.uid,
            }
        )
        return self.minutes_open()

    def _minutes_take(self, request_sudo, item_id):
        if request_sudo.kind == "leave":
            seat = self._minutes_own("reform.attendance", request_sudo.attendance_id.id)
            if seat.is_here:
                seat.action_leave()
            return
        said = f"{request_sudo.user_id.name}: {request_sudo.text}"
        self.minutes_append_note(
            request_sudo.item_id.id or item_id, said, f"request-{request_sudo.id}"
        )
