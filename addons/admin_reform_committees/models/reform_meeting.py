from odoo import api, fields, models

from odoo.addons.agency_base.tools import localize_digits
from odoo.addons.jalali_calendar.tools import jalali_year, localize

from ..texts import listed
from ..tools import Seat, quorum
from .reform_committee import QUORUM_RULES

STATES = [
    ("draft", "Draft"),
    ("convened", "Convened"),
    ("in_session", "In Session"),
    ("held", "Held"),
    ("minutes_review", "Minutes under Review"),
    ("approved", "Approved"),
    ("cancelled", "Cancelled"),
    ("adjourned", "Adjourned"),
]


class ReformMeeting(models.Model):
    """A meeting of one body, from its plan to its approved minutes.

    What a meeting may become, and who may make it so, is in `reform_meeting_course`;
    how members and standing items get onto it, in `reform_meeting_prepare`.
    """

    _name = "reform.meeting"
    _description = "Meeting"
    _inherit = [
        "agency.state.mixin",
        "agency.derived.mixin",
        "reform.number.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "start_at desc, id desc"
    _rec_names_search = ["number", "committee_id.name"]
    _check_company_auto = True

    # === Identity ===
    committee_id = fields.Many2one(
        "reform.committee",
        "Body",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('user_keeps', '=', True)]",
        default=lambda self: self.env["reform.body.record"]._default_committee(),
    )
    company_id = fields.Many2one(
        related="committee_id.company_id", store=True, index=True, precompute=True
    )
    number = fields.Char(
        readonly=True, copy=False, help="Given when the minutes are approved."
    )
    state = fields.Selection(
        STATES,
        required=True,
        readonly=True,
        copy=False,
        index=True,
        default="draft",
        group_expand=True,
    )
    is_extraordinary = fields.Boolean("Extraordinary")
    confidentiality = fields.Selection(
        [
            ("normal", "Normal"),
            ("internal", "Internal"),
            ("confidential", "Confidential"),
        ],
        required=True,
        default="normal",
        help="Internal: observers do not see it. Confidential: only those invited do.",
    )

    # === Time and place ===
    start_at = fields.Datetime("Begins", required=True)
    end_at = fields.Datetime(
        "Ends",
        compute="_compute_end_at",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    meeting_date = fields.Date(
        "Date",
        compute="_compute_meeting_date",
        store=True,
        precompute=True,
        help="By the official clock of the company.",
    )
    jalali_year = fields.Integer(
        "Year", compute="_compute_meeting_date", store=True, precompute=True
    )
    place = fields.Char(
        compute="_compute_place", store=True, readonly=False, precompute=True
    )
    url = fields.Char("Online at")
    calendar_event_id = fields.Many2one(
        "calendar.event", readonly=True, copy=False, ondelete="set null"
    )

    # === People ===
    attendance_ids = fields.One2many("reform.attendance", "meeting_id", copy=False)
    presided_by_id = fields.Many2one(
        "res.partner", "Presided over by", ondelete="restrict", check_company=True
    )
    delegation_id = fields.Many2one(
        "reform.delegation",
        compute="_compute_delegation_id",
        store=True,
        ondelete="restrict",
    )
    on_behalf_of_id = fields.Many2one(related="delegation_id.delegator_id")
    secretary_id = fields.Many2one(
        "res.partner", ondelete="restrict", check_company=True
    )

    # === Agenda and results ===
    item_ids = fields.One2many("reform.agenda.item", "meeting_id", "Agenda", copy=False)
    resolution_ids = fields.One2many("reform.resolution", "meeting_id", copy=False)
    event_ids = fields.One2many("reform.meeting.event", "meeting_id", "Course")

    # === Quorum; the rule is that of the day the meeting was prepared ===
    quorum_rule = fields.Selection(
        QUORUM_RULES, required=True, readonly=True, default="majority"
    )
    quorum_fixed = fields.Integer(readonly=True)
    quorum_required = fields.Integer("Quorum", compute="_compute_quorum")
    voters_present = fields.Integer(compute="_compute_quorum")
    voter_count = fields.Integer("Voting Members", compute="_compute_quorum")
    has_quorum = fields.Boolean(compute="_compute_quorum")
    quorum_text = fields.Char(compute="_compute_quorum_text")

    # === Stamps ===
    convened_at = fields.Datetime(readonly=True, copy=False)
    opened_at = fields.Datetime(readonly=True, copy=False)
    ended_at = fields.Datetime(readonly=True, copy=False)
    submitted_at = fields.Datetime(readonly=True, copy=False)
    submitted_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict"
    )
    approved_at = fields.Datetime(readonly=True, copy=False)
    approved_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict"
    )
    reason = fields.Text(
        readonly=True, copy=False, help="Why it was cancelled, adjourned or returned."
    )

    _ends_after_begin = models.Constraint(
        "CHECK (end_at > start_at)", "A meeting ends after it begins."
    )
    _end_is_explained = models.Constraint(
        "CHECK (state NOT IN ('cancelled', 'adjourned') OR COALESCE(reason, '') != '')",
        "A meeting that does not take place needs a reason.",
    )
    _approved_is_numbered = models.Constraint(
        "CHECK (CASE WHEN number IS NULL THEN state != 'approved' "
        "ELSE state = 'approved' OR is_amending END)",
        "Meetings are numbered when, and only when, their minutes are approved.",
    )
    _number_uniq = models.UniqueIndex(
        "(company_id, number) WHERE number IS NOT NULL",
        "Two meetings cannot have the same number.",
    )
    _committee_idx = models.Index("(committee_id, start_at DESC)")

    @api.depends("start_at", "committee_id")
    def _compute_end_at(self):
        for meeting in self.filtered("start_at"):
            minutes = meeting.committee_id.usual_minutes or 90
            meeting.end_at = fields.Datetime.add(meeting.start_at, minutes=minutes)

    @api.depends("committee_id")
    def _compute_place(self):
        for meeting in self:
            meeting.place = meeting.committee_id.usual_place

    @api.depends("start_at", "company_id.agency_tz")
    def _compute_meeting_date(self):
        for meeting in self:
            zone = (meeting.company_id or self.env.company).agency_tz
            start = meeting.start_at
            meeting.meeting_date = start and localize(start, zone).date()
            meeting.jalali_year = start and jalali_year(start, zone)

    @api.depends("presided_by_id", "meeting_date", "committee_id")
    def _compute_delegation_id(self):
        for meeting in self:
            delegation = self.env["reform.delegation"]
            if meeting.committee_id and meeting.meeting_date:
                delegation = meeting.committee_id._delegation_on(meeting.meeting_date)
            is_deputy = delegation.partner_id == meeting.presided_by_id
            meeting.delegation_id = delegation if is_deputy else False

    @api.depends(
        "attendance_ids.is_voting", "attendance_ids.is_here", "quorum_rule",
        "quorum_fixed",
    )  # fmt: skip
    def _compute_quorum(self):
        for meeting in self:
            result = meeting._quorum()
            meeting.quorum_required = result.required
            meeting.voters_present = result.present
            meeting.voter_count = result.seats
            meeting.has_quorum = result.is_met

    @api.depends("quorum_required", "voters_present", "voter_count")
    @api.depends_context("lang")
    def _compute_quorum_text(self):
        lang = self.env.lang
        for meeting in self:
            numbers = {
                "present": localize_digits(meeting.voters_present, lang),
                "voters": localize_digits(meeting.voter_count, lang),
                "required": localize_digits(meeting.quorum_required, lang),
            }
            if meeting.has_quorum:
                text = self.env._(
                    "There is a quorum: %(present)s of %(voters)s voters present, "
                    "%(required)s needed.",
                    **numbers,
                )
            else:
                text = self.env._(
                    "There is no quorum: %(present)s of %(voters)s voters present, "
                    "%(required)s needed.",
                    **numbers,
                )
            meeting.quorum_text = text

    @api.depends("number", "committee_id.name", "meeting_date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for meeting in self:
            day = meeting.meeting_date
            date = day and meeting._format_day(day)
            number = localize_digits(meeting.number or "", self.env.lang)
            meeting.display_name = number or listed(
                self.env, [meeting.committee_id.name, date]
            )

    def _format_day(self, day):
        """Return a date in the calendar and digits of the reader."""
        text = self.env["ir.qweb.field.date"].value_to_html(day, {"format": "d MMMM y"})
        return localize_digits(text, self.env.lang)

    def _quorum(self, item=None):
        """Return the `Quorum` of the meeting, or for one item of its agenda."""
        self.ensure_one()
        seats = [
            Seat(
                attendance.is_here,
                recused=bool(item) and item in attendance.recused_item_ids,
            )
            for attendance in self.attendance_ids
            if attendance.is_voting
        ]
        return quorum(self.quorum_rule or "majority", seats, self.quorum_fixed)
