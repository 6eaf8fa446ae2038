from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.agency_base.tools import localize_digits

from ..year_rules import QUARTERS

STATES = [
    ("draft", "Draft"),
    ("submitted", "Submitted"),
    ("accepted", "Accepted"),
]
TEXTS = ("summary", "achievements", "obstacles", "next_steps")
FIGURES = (
    "meetings_planned", "meetings_held", "resolutions_adopted", "resolutions_verified",
    "resolutions_open", "resolutions_overdue", "planned_percent", "realised_percent",
    "realisation_percent", "score", "ceiling",
)  # fmt: skip


class ReformQuarterReport(models.Model):
    """What one body reports of one quarter, made of what is on record.

    Figures and lines are taken from meetings, resolutions, programme and indicators;
    the secretary adds words. Accepting it freezes and seals it with the head of the
    chain of seals; a correction is a new version that amends it.
    """

    _name = "reform.quarter.report"
    _description = "Quarterly Report"
    _inherit = ["reform.body.record", "agency.seal.mixin", "mail.thread"]
    _order = "jalali_year desc, quarter desc, committee_id, id desc"
    _rec_names_search = ["number", "committee_id.name"]
    _check_company_auto = True

    _state_transitions = {
        "draft": {"submitted"},
        "submitted": {"draft", "accepted"},
        "accepted": set(),
    }
    _state_stamps = frozenset(
        {
            "number", "made_at", "submitted_at", "submitted_by_id", "accepted_at",
            "accepted_by_id", "chain_length", "chain_hash", *FIGURES,
        }
    )  # fmt: skip
    _states_for_members = ("submitted", "accepted")
    _states_for_approver = ("submitted", "accepted")
    _states_published = ("accepted",)
    _states_returned = ("draft",)

    _seal_number_field = "number"
    _seal_report = "admin_reform_committees.quarter_report_paper"
    _seal_fields = (
        "number", "committee_id", "jalali_year", "quarter", "state", "made_at",
        "submitted_at", "submitted_by_id", "accepted_at", "accepted_by_id",
        "chain_length", "chain_hash", *FIGURES,
    )  # fmt: skip
    # Words may name somebody.
    _seal_personal_fields = TEXTS
    _seal_children = ("line_ids",)

    # === Identity ===
    number = fields.Char(
        readonly=True, copy=False, help="Given when the report is accepted."
    )
    quarter = fields.Selection(
        QUARTERS, required=True, default=lambda self: self._last_quarter()[1]
    )
    jalali_year = fields.Integer(default=lambda self: self._last_quarter()[0])
    state = fields.Selection(
        STATES, required=True, readonly=True, copy=False, index=True, default="draft"
    )
    is_superseded = fields.Boolean(
        "Superseded", compute="_compute_is_superseded", search="_search_is_superseded"
    )
    earlier_id = fields.Many2one(
        "reform.quarter.report",
        "Made Already",
        compute="_compute_earlier_id",
        help="The other report of this body and quarter, accepted or being made.",
    )

    # === Figures, as of `made_at` ===
    made_at = fields.Datetime("As of", readonly=True, copy=False)
    meetings_planned = fields.Integer(readonly=True, copy=False)
    meetings_held = fields.Integer(readonly=True, copy=False)
    resolutions_adopted = fields.Integer(
        readonly=True, copy=False, help="By meetings of this quarter."
    )
    resolutions_verified = fields.Integer(
        readonly=True,
        copy=False,
        help="Of those adopted since the beginning of the year.",
    )
    resolutions_open = fields.Integer(
        readonly=True, copy=False, help="Of this body, whenever they were adopted."
    )
    resolutions_overdue = fields.Integer(readonly=True, copy=False)
    planned_percent = fields.Float(
        "Planned (%)", readonly=True, copy=False, digits=(16, 1), aggregator="avg"
    )
    realised_percent = fields.Float(
        "Realised (%)", readonly=True, copy=False, digits=(16, 1), aggregator="avg"
    )
    realisation_percent = fields.Float(
        "Realisation (%)", readonly=True, copy=False, digits=(16, 1), aggregator="avg"
    )
    score = fields.Float(readonly=True, copy=False, digits=(16, 2))
    ceiling = fields.Float(readonly=True, copy=False, digits=(16, 2))
    line_ids = fields.One2many(
        "reform.quarter.report.line", "report_id", "Lines", readonly=True, copy=False
    )

    # === Words ===
    summary = fields.Text()
    achievements = fields.Text(help="One on each line; they also go into the dossier.")
    obstacles = fields.Text("Problems")
    next_steps = fields.Text("Next Quarter")

    # === Stamps ===
    submitted_at = fields.Datetime(readonly=True, copy=False)
    submitted_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict"
    )
    accepted_at = fields.Datetime(readonly=True, copy=False)
    accepted_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict"
    )
    chain_length = fields.Integer("Seals before It", readonly=True, copy=False)
    chain_hash = fields.Char("Last Seal before It", readonly=True, copy=False)

    _accepted_is_numbered = models.Constraint(
        "CHECK ((state = 'accepted') = (number IS NOT NULL))",
        "Reports are numbered when, and only when, they are accepted.",
    )
    _open_uniq = models.UniqueIndex(
        "(committee_id, jalali_year, quarter) WHERE state != 'accepted'",
        "A report of this body and quarter is being made already.",
    )
    _accepted_uniq = models.UniqueIndex(
        "(committee_id, jalali_year, quarter) "
        "WHERE state = 'accepted' AND seal_amends_id IS NULL",
        "The report of this body and quarter was accepted already.",
    )
    _amended_once = models.UniqueIndex(
        "(seal_amends_id) WHERE seal_amends_id IS NOT NULL",
        "A report is amended by one other.",
    )

    @api.model
    def _last_quarter(self, back=1):
        """Return the Jalali year and quarter that ended ``back`` quarters ago."""
        year, quarter = self._this_quarter()
        year, before = divmod(year * 4 + quarter - 1 - back, 4)
        return year, str(before + 1)

    @api.depends("number", "committee_id.name", "jalali_year", "quarter")
    @api.depends_context("lang")
    def _compute_display_name(self):
        quarters = dict(self._fields["quarter"]._description_selection(self.env))
        for report in self:
            report.display_name = self.env._(
                "Report of %(quarter)s %(year)s, %(body)s",
                quarter=quarters.get(report.quarter, ""),
                year=localize_digits(report.jalali_year, self.env.lang),
                body=report.committee_id.name or "",
            )

    @api.depends("committee_id", "jalali_year", "quarter")
    def _compute_earlier_id(self):
        for report in self:
            report.earlier_id = self.search(
                [
                    ("committee_id", "=", report.committee_id.id),
                    ("jalali_year", "=", report.jalali_year),
                    ("quarter", "=", report.quarter),
                    ("id", "!=", report._origin.id),
                    ("is_superseded", "=", False),
                ],
                order="id desc",
                limit=1,
            )

    @api.depends("seal_id")
    def _compute_is_superseded(self):
        later = self._later(self.seal_id.ids)
        for report in self:
            report.is_superseded = report.seal_id in later.seal_amends_id

    def _search_is_superseded(self, operator, value):
        # The ORM rewrites every condition on a boolean to `in [True]`.
        if operator != "in":
            return NotImplemented
        amended = self._later().seal_amends_id
        return Domain("seal_id", "in", amended.ids)

    @api.model
    def _later(self, seal_ids=None):
        """Return the accepted reports that amend others."""
        # sudo: what was superseded is so for everybody
        domain = Domain("state", "=", "accepted")
        if seal_ids is None:
            return self.sudo().search(domain & Domain("seal_amends_id", "!=", False))
        return self.sudo().search(domain & Domain("seal_amends_id", "in", seal_ids))

    @api.model
    def _accepted_of(self, committee, year, quarters):
        """Return the accepted reports in force of a body's quarters."""
        # sudo: that a quarter was reported binds whoever changes what it is made of
        return self.sudo().search(
            [
                ("committee_id", "in", committee.ids),
                ("jalali_year", "=", year),
                ("quarter", "in", quarters),
                ("state", "=", "accepted"),
                ("is_superseded", "=", False),
            ]
        )
