import uuid

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..personal import PERSONAL_FACTS

ANSWERABLE = ("open", "returned")
# Computed from the answers, or stamped: nobody enters them.
RESULTS = {
    "instance_uuid",
    "score",
    "has_score",
    "score_uncapped",
    "grade",
    "critical_count",
    "critical_codes",
    "relevant_count",
    "answered_count",
    "na_share",
    "is_na_excessive",
    "is_provisional",
    "conflict_count",
    "revision",
    "op_count",
    "content_hash",
    "number",
    "visit_facts",
    "started_at",
    "ended_at",
    "submitted_at",
    "section_score_ids",
    "na_confirmed_by_id",
}


class AuditAssessment(models.Model):
    """The answers of one unit to one version of a checklist, and what they score.

    The same model holds what inspectors found, what a unit declared of itself and what
    another body reported. Answers of visits come through the journal of operations
    alone (``audit_field_sync.py``); once accepted all of it is under a seal.
    """

    _name = "audit.assessment"
    _description = "Assessment"
    _inherit = ["agency.derived.mixin", "agency.state.mixin", "agency.seal.mixin"]
    _order = "id desc"
    _rec_names_search = ["unit_id.name", "number"]
    _check_company_auto = True
    _state_transitions = {
        "open": {"submitted", "superseded"},
        "submitted": {"accepted", "returned"},
        "returned": {"submitted"},
        "accepted": {"superseded"},
        "superseded": set(),
    }
    _state_stamps = RESULTS
    _seal_number_field = "number"
    _seal_fields = (
        "kind",
        "source",
        "unit_id",
        "phase_id",
        "visit_id",
        "version_id",
        "instance_uuid",
        "number",
        "score",
        "has_score",
        "score_uncapped",
        "grade",
        "critical_codes",
        "relevant_count",
        "answered_count",
        "na_share",
        "started_at",
        "ended_at",
        "content_hash",
        "reported_by",
        "reported_on",
    )
    _seal_personal_fields = ("correction_reason",)
    _seal_personal_parts = {"visit_facts": PERSONAL_FACTS}
    _seal_children = ("answer_ids", "section_score_ids", "evidence_ids")
    _seal_open_fields = ("state", "conclusion")

    # === What ===
    kind = fields.Selection(
        [
            ("audit", "Audit"),
            ("self_declaration", "Self-declaration"),
            ("follow_up", "Follow-up"),
        ],
        required=True,
        default="audit",
        index=True,
    )
    source = fields.Selection(
        [
            ("visit", "Visit"),
            ("declared", "Declared by the unit"),
            ("reported", "Reported by another body"),
        ],
        required=True,
        default="visit",
        index=True,
    )
    unit_id = fields.Many2one(
        "audit.unit", required=True, index=True, ondelete="restrict", check_company=True
    )
    company_id = fields.Many2one(related="unit_id.company_id", store=True, index=True)
    phase_id = fields.Many2one(
        "audit.phase", index=True, ondelete="restrict", check_company=True
    )
    programme_id = fields.Many2one(
        related="phase_id.programme_id", store=True, index=True
    )
    visit_id = fields.Many2one(
        "audit.visit", index=True, ondelete="restrict", check_company=True
    )
    version_id = fields.Many2one(
        "audit.checklist.version",
        "Checklist",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    instance_uuid = fields.Char(
        required=True, readonly=True, copy=False, default=lambda self: str(uuid.uuid4())
    )
    reported_by = fields.Char(help="Which body reported the result.")
    reported_on = fields.Date()
    supersedes_id = fields.Many2one(
        "audit.assessment", "Corrects", readonly=True, copy=False, ondelete="restrict"
    )
    correction_reason = fields.Text(copy=False)
    number = fields.Char(readonly=True, copy=False)

    # === Course ===
    state = fields.Selection(
        [
            ("open", "Open"),
            ("submitted", "Submitted"),
            ("returned", "Returned"),
            ("accepted", "Accepted"),
            ("superseded", "Superseded"),
        ],
        required=True,
        readonly=True,
        default="open",
        copy=False,
        index=True,
        group_expand=True,
    )
    started_at = fields.Datetime(readonly=True, copy=False)
    ended_at = fields.Datetime(readonly=True, copy=False)
    submitted_at = fields.Datetime(readonly=True, copy=False)

    # === Answers ===
    answer_ids = fields.One2many("audit.answer", "assessment_id", "Answers")
    evidence_ids = fields.One2many("audit.evidence", "assessment_id")
    op_ids = fields.One2many("audit.answer.op", "assessment_id", "Journal")
    revision = fields.Integer(
        readonly=True, copy=False, help="Counts what phones changed."
    )
    op_count = fields.Integer("Operations", readonly=True, copy=False)
    conflict_count = fields.Integer("Open Conflicts", readonly=True, copy=False)

    # === Result ===
    score = fields.Float(digits=(5, 2), readonly=True, copy=False, aggregator="avg")
    has_score = fields.Boolean(
        readonly=True, copy=False, help="Nothing counts yet where it is not set."
    )
    score_uncapped = fields.Float(
        "Before the Cap", digits=(5, 2), readonly=True, copy=False, aggregator="avg"
    )
    grade = fields.Char(readonly=True, copy=False, help="Code of the grade.")
    grade_name = fields.Char("Grade Reached", compute="_compute_grade_name")
    grade_tint = fields.Char(compute="_compute_grade_name")
    critical_count = fields.Integer("Critical Failures", readonly=True, copy=False)
    critical_codes = fields.Char(readonly=True, copy=False)
    relevant_count = fields.Integer("Items Asked", readonly=True, copy=False)
    answered_count = fields.Integer("Items Answered", readonly=True, copy=False)
    na_share = fields.Float(
        "Share of Not Applicable", readonly=True, copy=False, aggregator="avg"
    )
    is_na_excessive = fields.Boolean(readonly=True, copy=False)
    na_confirmed_by_id = fields.Many2one(
        "res.users", "Share Confirmed By", readonly=True, copy=False
    )
    is_provisional = fields.Boolean(readonly=True, copy=False, default=True)
    section_score_ids = fields.One2many(
        "audit.section.score", "assessment_id", "Sections", readonly=True
    )
    conclusion = fields.Text(help="What the officer says to sum it up.")
    content_hash = fields.Char(
        readonly=True, copy=False, help="SHA-256 of the answers when submitted."
    )
    visit_facts = fields.Char(
        readonly=True, copy=False, help="Who was there when, as it was sealed."
    )
    finding_ids = fields.One2many("audit.finding", "assessment_id", "Findings")
    missing_photo_count = fields.Integer(compute="_compute_missing_photo_count")

    _instance_uniq = models.Constraint(
        "UNIQUE (instance_uuid)", "This assessment exists already."
    )
    _visit_once = models.UniqueIndex(
        "(visit_id) WHERE state != 'superseded'",
        "A visit has one assessment; a correction takes its place.",
    )
    _source_fits = models.Constraint(
        "CHECK ((source = 'visit') = (visit_id IS NOT NULL))",
        "Assessments of visits, and no others, belong to a visit.",
    )
    _reported_is_named = models.Constraint(
        "CHECK (source != 'reported' OR COALESCE(reported_by, '') != '')",
        "Say which body reported the result.",
    )
    _score_in_range = models.Constraint(
        "CHECK (score BETWEEN 0 AND 100)", "A score lies between 0 and 100."
    )
    _ranking_idx = models.Index("(phase_id, kind, score DESC) WHERE state = 'accepted'")

    @api.depends("unit_id.name", "kind", "phase_id")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for assessment in self:
            assessment.display_name = " · ".join(
                filter(None, [assessment.unit_id.name, labels.get(assessment.kind)])
            )

    @api.depends("grade", "version_id")
    def _compute_grade_name(self):
        for assessment in self:
            band = assessment.version_id.grade_scale_id.band_ids.filtered(
                lambda band, grade=assessment.grade: band.code == grade
            )
            assessment.grade_name = band[:1].name
            assessment.grade_tint = band[:1].tint

    @api.depends("evidence_ids.state")
    def _compute_missing_photo_count(self):
        for assessment in self:
            assessment.missing_photo_count = len(
                assessment.evidence_ids.filtered(lambda e: e.state == "awaited")
            )

    @api.model
    def _refuse_stamps(self, vals):
        # The superuser is our own code: scores come from the answers.
        return None if self.env.su else super()._refuse_stamps(vals)

    def _check_transition(self, state):
        if not self.env.su and any(a.source == "visit" for a in self):
            raise AccessError(
                self.env._("The assessment of a visit follows its visit.")
            )

    def _is_answerable(self):
        self.ensure_one()
        return self.state in ANSWERABLE
