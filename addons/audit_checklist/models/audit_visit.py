from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.jalali_calendar.tools import localize

# What planning needs; the phone and the officer add the rest.
PLANNING_FIELDS = {
    "phase_id",
    "unit_id",
    "team_id",
    "planned_start",
    "planned_minutes",
    "window_start",
    "window_end",
}


class AuditVisit(models.Model):
    """One visit of a joint team to a unit: planned, made on phones, then reviewed.

    See ``audit_visit_course.py`` for the states. What happened on the spot comes from
    the phones alone (``audit_field_sync.py``); what was first planned is kept beside
    what became of it.
    """

    _name = "audit.visit"
    _description = "Visit"
    _inherit = [
        "agency.derived.mixin",
        "agency.state.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "planned_start desc, id desc"
    _rec_names_search = ["unit_id.name", "number"]
    _check_company_auto = True

    # === What ===
    phase_id = fields.Many2one(
        "audit.phase",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    programme_id = fields.Many2one(
        related="phase_id.programme_id", store=True, index=True
    )
    company_id = fields.Many2one(related="phase_id.company_id", store=True, index=True)
    unit_id = fields.Many2one(
        "audit.unit",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    zone_id = fields.Many2one(related="unit_id.zone_id", store=True)
    kind = fields.Selection(
        [
            ("planned", "Planned"),
            ("added_on_site", "Added on the spot"),
            ("follow_up", "Follow-up"),
        ],
        required=True,
        default="planned",
        index=True,
    )
    earlier_visit_id = fields.Many2one(
        "audit.visit", "Follows Up", index="btree_not_null", ondelete="restrict"
    )

    # === Plan ===
    team_id = fields.Many2one(
        "audit.team",
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('programme_id', '=', programme_id)]",
        tracking=True,
    )
    planned_start = fields.Datetime(index=True, tracking=True)
    planned_minutes = fields.Integer("Minutes", required=True, default=90)
    planned_stop = fields.Datetime(compute="_compute_planned", store=True)
    planned_on = fields.Date(
        "Planned Day",
        compute="_compute_planned",
        store=True,
        index=True,
        help="In the official time of the company.",
    )
    window_start = fields.Date(
        "Not Before", help="The first day on which the unit receives the team."
    )
    window_end = fields.Date("Not After", help="The last such day.")
    first_planned_on = fields.Date(
        "First Planned For", readonly=True, copy=False, help="Kept when moved."
    )
    reschedule_count = fields.Integer("Times Moved", readonly=True, copy=False)
    is_pinned = fields.Boolean("Pinned", help="The schedule leaves it where it is.")
    note = fields.Text("Note for the Team")
    member_ids = fields.One2many(
        "audit.visit.member", "visit_id", "Inspectors", readonly=True
    )

    # === What happened ===
    started_at = fields.Datetime(readonly=True, copy=False)
    ended_at = fields.Datetime(readonly=True, copy=False)
    duration_minutes = fields.Integer(compute="_compute_duration", store=True)
    start_latitude = fields.Float(digits=(10, 7), readonly=True, copy=False)
    start_longitude = fields.Float(digits=(10, 7), readonly=True, copy=False)
    has_start_place = fields.Boolean(readonly=True, copy=False)
    end_latitude = fields.Float(digits=(10, 7), readonly=True, copy=False)
    end_longitude = fields.Float(digits=(10, 7), readonly=True, copy=False)
    has_end_place = fields.Boolean(readonly=True, copy=False)
    host_name = fields.Char(readonly=True, copy=False)
    host_function = fields.Char(readonly=True, copy=False)
    host_note = fields.Text(readonly=True, copy=False)
    host_refusal = fields.Char(
        "Host Did Not Sign", readonly=True, copy=False, help="Why."
    )
    host_signature = fields.Binary(readonly=True, copy=False, attachment=True)
    assessment_ids = fields.One2many(
        "audit.assessment", "visit_id", "Assessments", readonly=True
    )
    assessment_id = fields.Many2one(
        "audit.assessment",
        compute="_compute_assessment_id",
        help="The one that counts: corrections take the place of earlier ones.",
    )

    feedback_ids = fields.One2many("audit.visit.feedback", "visit_id")

    # === Course ===
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("planned", "Planned"),
            ("in_progress", "Under Way"),
            ("submitted", "Submitted"),
            ("accepted", "Accepted"),
            ("returned", "Returned"),
            ("closed", "Closed"),
            ("no_access", "No Access"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        group_expand=True,
        tracking=True,
    )
    number = fields.Char(readonly=True, copy=False, index="btree_not_null")
    submitted_at = fields.Datetime(readonly=True, copy=False)
    submitted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    accepted_at = fields.Datetime(readonly=True, copy=False)
    accepted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    return_reason = fields.Text(readonly=True, copy=False)
    return_codes = fields.Char(
        "Items to Mend", readonly=True, copy=False, help="Their codes."
    )
    no_access_reason = fields.Char("Why No Access", copy=False)
    cancel_reason = fields.Char("Why Cancelled", copy=False)

    _minutes_in_range = models.Constraint(
        "CHECK (planned_minutes BETWEEN 5 AND 720)",
        "A visit takes between 5 minutes and 12 hours.",
    )
    _window_in_order = models.Constraint(
        "CHECK (window_end >= window_start)",
        "The last day a unit receives the team is not before the first.",
    )
    _planned_has_team = models.Constraint(
        "CHECK (state NOT IN ('planned', 'in_progress', 'submitted', 'accepted',"
        " 'returned', 'closed')"
        " OR (team_id IS NOT NULL AND planned_start IS NOT NULL))",
        "A planned visit needs its team and its time.",
    )
    _no_access_is_explained = models.Constraint(
        "CHECK (state != 'no_access' OR COALESCE(no_access_reason, '') != '')",
        "Say why there was no access.",
    )
    _cancelled_is_explained = models.Constraint(
        "CHECK (state != 'cancelled' OR COALESCE(cancel_reason, '') != '')",
        "Say why the visit is cancelled.",
    )
    _unit_once = models.UniqueIndex(
        "(phase_id, unit_id) WHERE kind = 'planned'"
        " AND state NOT IN ('cancelled', 'no_access')",
        "This unit already has a visit in this phase.",
    )
    _team_day_idx = models.Index("(team_id, planned_on)")
    _review_idx = models.Index("(company_id, submitted_at) WHERE state = 'submitted'")

    @api.depends("unit_id.name", "number", "planned_on")
    def _compute_display_name(self):
        for visit in self:
            visit.display_name = visit.unit_id.name or ""

    @api.depends("planned_start", "planned_minutes", "company_id")
    def _compute_planned(self):
        for visit in self:
            start = visit.planned_start
            visit.planned_stop = start and start + timedelta(
                minutes=visit.planned_minutes
            )
            visit.planned_on = start and visit._official_day(start)

    def _official_day(self, moment):
        """Return the day of a moment by the official clock of the company."""
        return localize(moment, self.company_id.agency_tz).date()

    @api.depends("started_at", "ended_at")
    def _compute_duration(self):
        for visit in self:
            seconds = 0
            if visit.started_at and visit.ended_at:
                seconds = (visit.ended_at - visit.started_at).total_seconds()
            visit.duration_minutes = max(0, round(seconds / 60))

    @api.depends("assessment_ids.state")
    def _compute_assessment_id(self):
        for visit in self:
            living = visit.assessment_ids.filtered(
                lambda assessment: assessment.state != "superseded"
            )
            visit.assessment_id = living[-1:]

    @api.constrains("unit_id", "phase_id", "kind")
    def _check_unit_in_phase(self):
        for visit in self:
            if visit.kind == "planned" and visit.unit_id not in visit.phase_id.unit_ids:
                raise ValidationError(
                    self.env._(
                        "%(unit)s is not among the units of %(phase)s.",
                        unit=visit.unit_id.name,
                        phase=visit.phase_id.display_name,
                    )
                )

    @api.constrains("team_id", "phase_id")
    def _check_team_programme(self):
        for visit in self:
            if visit.team_id and visit.team_id.programme_id != visit.programme_id:
                raise ValidationError(
                    self.env._(
                        "%(team)s belongs to another programme.",
                        team=visit.team_id.name,
                    )
                )

    def unlink(self):
        self._check_deletable()
        # sudo: a draft has no results that anybody must be kept from losing
        self.sudo().assessment_ids.unlink()
        return super().unlink()
