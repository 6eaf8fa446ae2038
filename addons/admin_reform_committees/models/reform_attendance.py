from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..tools import is_in_room
from .reform_membership import RANK, ROLES

HERE = ("present", "substituted")
# What somebody without a seat may be in a meeting.
GUESTS = ("guest", "observer")
# What a seat brings with it: whoever could change it could make a quorum.
SEAT = {"meeting_id", "partner_id", "membership_id", "role", "is_voting"}


class ReformAttendance(models.Model):
    """One person invited to a meeting, and whether he was there, from when to when.

    Role and vote are copied from the membership of the day: the list stays true when
    the membership ends.
    """

    _name = "reform.attendance"
    _description = "Attendance"
    _inherit = ["agency.derived.mixin"]
    _order = "meeting_id, rank, id"
    _rec_name = "partner_id"

    meeting_id = fields.Many2one(
        "reform.meeting", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="meeting_id.company_id", store=True)
    partner_id = fields.Many2one(
        "res.partner", "Person", required=True, index=True, ondelete="restrict"
    )
    membership_id = fields.Many2one(
        "reform.membership", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    role = fields.Selection(ROLES, required=True, default="guest")
    rank = fields.Integer(compute="_compute_rank", store=True, precompute=True)
    is_voting = fields.Boolean("Votes")
    status = fields.Selection(
        [
            ("invited", "Invited"),
            ("accepted", "Accepted"),
            ("declined", "Declined"),
            ("present", "Present"),
            ("excused", "Excused"),
            ("absent", "Absent"),
            ("substituted", "Substitute Present"),
        ],
        required=True,
        default="invited",
    )
    substitute_id = fields.Many2one("res.partner", ondelete="restrict")
    arrived_at = fields.Datetime("Arrived")
    left_at = fields.Datetime("Left")
    recused_item_ids = fields.Many2many(
        "reform.agenda.item",
        "reform_attendance_recused_rel",
        string="Stands Aside for",
        domain="[('meeting_id', '=', meeting_id)]",
    )
    is_here = fields.Boolean("In the Room", compute="_compute_is_here")

    _person_uniq = models.UniqueIndex(
        "(meeting_id, partner_id)", "Everybody is invited to a meeting once."
    )
    _leaves_after_arriving = models.Constraint(
        "CHECK (left_at >= arrived_at)", "Nobody leaves before he arrives."
    )
    _substitute_is_named = models.Constraint(
        "CHECK (status != 'substituted' OR substitute_id IS NOT NULL)",
        "Name the substitute who is present.",
    )

    @api.depends("role")
    def _compute_rank(self):
        for attendance in self:
            attendance.rank = RANK.get(attendance.role, len(RANK))

    @api.depends("status", "arrived_at", "left_at")
    def _compute_is_here(self):
        for attendance in self:
            attendance.is_here = is_in_room(
                attendance.status, attendance.arrived_at, attendance.left_at
            )

    @api.constrains("is_voting", "membership_id", "role")
    def _check_vote(self):
        for attendance in self.filtered(lambda seat: not seat.membership_id):
            if attendance.is_voting:
                raise ValidationError(
                    self.env._(
                        "%(person)s is a guest of this meeting and has no vote.",
                        person=attendance.partner_id.name,
                    )
                )
            if attendance.role not in GUESTS:
                raise ValidationError(
                    self.env._(
                        "%(person)s holds no seat of this body: invite him as an "
                        "expert or an observer.",
                        person=attendance.partner_id.name,
                    )
                )

    @api.constrains("membership_id", "meeting_id")
    def _check_membership(self):
        for attendance in self.filtered("membership_id"):
            if (
                attendance.membership_id.committee_id
                != attendance.meeting_id.committee_id
            ):
                raise ValidationError(
                    self.env._(
                        "%(person)s holds a seat of another body.",
                        person=attendance.partner_id.name,
                    )
                )

    @api.constrains("status")
    def _check_status(self):
        for attendance in self:
            if attendance.status in HERE and attendance.meeting_id.state in (
                "draft",
                "convened",
                "adjourned",
            ):
                raise ValidationError(
                    self.env._(
                        "%(person)s can be marked as present once the meeting is open.",
                        person=attendance.partner_id.name,
                    )
                )

    @api.constrains("status", "substitute_id", "partner_id", "meeting_id")
    def _check_substitute(self):
        """Nobody fills two seats: neither two substitutions nor his own and another."""
        for meeting in self.meeting_id:
            filled = [
                attendance.substitute_id
                if attendance.status == "substituted"
                else attendance.partner_id
                for attendance in meeting.attendance_ids
                if attendance.status in HERE
                and (attendance.is_voting or attendance.status == "substituted")
            ]
            twice = next(
                (person for person in filled if filled.count(person) > 1), None
            )
            if twice:
                raise ValidationError(
                    self.env._(
                        "%(person)s cannot fill two seats of one meeting.",
                        person=twice.name,
                    )
                )

    @api.constrains("recused_item_ids")
    def _check_recusal(self):
        for attendance in self:
            if attendance.recused_item_ids.meeting_id - attendance.meeting_id:
                raise ValidationError(
                    self.env._("One stands aside for items of the same meeting only.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = self._with_owner("meeting_id", vals_list)
        meetings = self.env["reform.meeting"].browse(
            vals["meeting_id"] for vals in vals_list if vals.get("meeting_id")
        )
        if not meetings._is_importing():
            meetings._check_open()
            guests = self._with_owner("membership_id", vals_list)
            if any(vals.get("membership_id") for vals in guests):
                raise AccessError(self._seat_message())
        attendances = super().create(vals_list)
        attendances.meeting_id.invalidate_recordset(["attendance_ids"])
        return attendances

    def write(self, vals):
        self.meeting_id._check_open()
        if not self.env.su and self._changes_seat(vals):
            raise AccessError(self._seat_message())
        before = {
            attendance: (attendance.is_here, attendance.recused_item_ids)
            for attendance in self
        }
        quorate = {meeting: meeting.has_quorum for meeting in self.meeting_id}
        result = super().write(self._with_times(vals))
        self._log_movements(before)
        for meeting in self.meeting_id:
            if meeting.state == "in_session" and meeting.has_quorum != quorate[meeting]:
                meeting._log_quorum()
        return result

    # pylint: disable=no-raise-unlink
    def unlink(self):
        self.meeting_id._check_open()
        # the system itself takes off the list who is no member any more
        if not self.env.su and self.membership_id:
            raise AccessError(self._seat_message())
        return super().unlink()

    def _changes_seat(self, vals):
        """Tell whether a member would get another seat, or a guest another meeting."""
        return bool(self.membership_id and SEAT & set(vals)) or "meeting_id" in vals

    def _seat_message(self):
        return self.env._(
            "The seats of a meeting are those of its body on that day. Mark who is "
            "away as excused or absent; others are invited as guests."
        )

    def _with_times(self, vals):
        """Take now as the arrival of those marked present in a running meeting."""
        running = self and all(
            meeting.state == "in_session" for meeting in self.meeting_id
        )
        arrives = vals.get("status") in HERE and "arrived_at" not in vals
        if arrives and running and not any(self.mapped("arrived_at")):
            return vals | {"arrived_at": fields.Datetime.now()}
        return vals

    def _log_movements(self, before):
        for attendance, (was_here, was_recused) in before.items():
            meeting = attendance.meeting_id
            if meeting.state != "in_session":
                continue
            person = {"partner_id": attendance.partner_id.id}
            if attendance.is_here != was_here:
                meeting._log("arrival" if attendance.is_here else "departure", **person)
            now_recused = attendance.recused_item_ids
            for item in now_recused - was_recused:
                meeting._log("recusal", item, note=item.name, **person)
            for item in was_recused - now_recused:
                meeting._log("recusal_end", item, note=item.name, **person)

    def action_present(self):
        """Mark as present."""
        return self.write({"status": "present", "left_at": False})

    def action_leave(self):
        """Record that somebody leaves now."""
        return self.filtered("is_here").write({"left_at": fields.Datetime.now()})
