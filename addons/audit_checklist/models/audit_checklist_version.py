from odoo import api, fields, models

from odoo.addons.agency_base.tools import localize_digits


class AuditChecklistVersion(models.Model):
    """One version of a checklist: designed, approved, published, at last retired.

    From publication on nothing of it changes any more. See
    ``audit_checklist_version_course.py`` for the states and
    ``audit_checklist_version_design.py`` for what the phone and the score read.
    """

    _name = "audit.checklist.version"
    _description = "Checklist Version"
    _inherit = [
        "agency.derived.mixin",
        "agency.state.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "checklist_id, version_no desc"
    _check_company_auto = True
    # Those who approve need not be able to change anything.
    _mail_post_access = "read"

    # === Identity ===
    checklist_id = fields.Many2one(
        "audit.checklist",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(related="checklist_id.company_id", store=True)
    version_no = fields.Integer("Version", readonly=True, copy=False)
    note = fields.Text("What Is New", help="For those who approve it.")

    # === Content ===
    section_ids = fields.One2many("audit.checklist.section", "version_id", "Sections")
    item_ids = fields.One2many("audit.checklist.item", "version_id", "Items")
    item_count = fields.Integer("Number of Items", compute="_compute_totals")
    critical_count = fields.Integer("Critical Items", compute="_compute_totals")
    weight_total = fields.Float(
        "Weights of Sections",
        compute="_compute_totals",
        help="Usually 100, but any sum will do.",
    )

    # === Score ===
    critical_rule = fields.Selection(
        [("cap", "Caps the score"), ("flag", "Is only marked")],
        "A Failed Critical Item",
        required=True,
        default="cap",
    )
    critical_cap = fields.Float(
        "Highest Score Then",
        digits=(5, 2),
        default=49,
        help="With a failed critical item the score is never above this.",
    )
    na_limit = fields.Float(
        "Share of Not Applicable",
        digits=(4, 3),
        default=0.3,
        help="Above this share of the weight a reviewer has to confirm the score.",
    )
    grade_scale_id = fields.Many2one(
        "audit.grade.scale",
        required=True,
        ondelete="restrict",
        check_company=True,
        default=lambda self: self.env["audit.grade.scale"].search([], limit=1),
    )

    # === Course ===
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published"), ("retired", "Retired")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        group_expand=True,
        tracking=True,
    )
    approval_ids = fields.One2many(
        "audit.checklist.approval", "version_id", "Approvals", readonly=True
    )
    approved_body_ids = fields.Many2many(
        "audit.body", compute="_compute_bodies", string="Approved By"
    )
    pending_body_ids = fields.Many2many(
        "audit.body", compute="_compute_bodies", string="Awaiting Approval Of"
    )
    can_approve = fields.Boolean(compute="_compute_can_approve")
    published_on = fields.Datetime(readonly=True, copy=False)
    published_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict"
    )
    revision = fields.Integer(
        readonly=True, copy=False, default=0, help="Counts the changes of the draft."
    )
    retired_on = fields.Datetime(readonly=True, copy=False)
    content_hash = fields.Char(
        readonly=True,
        copy=False,
        help="SHA-256 of the content as it was published.",
    )

    _number_uniq = models.Constraint(
        "UNIQUE (checklist_id, version_no)", "This version exists already."
    )
    _draft_uniq = models.UniqueIndex(
        "(checklist_id) WHERE state = 'draft'",
        "There is a draft of this checklist already. Go on with that one.",
    )
    _published_uniq = models.UniqueIndex(
        "(checklist_id) WHERE state = 'published'",
        "Only one version of a checklist is published at a time.",
    )
    _published_is_stamped = models.Constraint(
        "CHECK (state = 'draft' OR (published_on IS NOT NULL"
        " AND published_by_id IS NOT NULL AND content_hash IS NOT NULL))",
        "A published version needs who published it, when, and what.",
    )
    _cap_in_range = models.Constraint(
        "CHECK (critical_cap >= 0 AND critical_cap <= 100)",
        "The highest score with a failed critical item lies between 0 and 100.",
    )
    _na_limit_in_range = models.Constraint(
        "CHECK (na_limit >= 0 AND na_limit <= 1)",
        "The share of what is not applicable lies between 0 and 100 percent.",
    )

    @api.depends("checklist_id.name", "version_no")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(checklist)s · version %(number)s",
                checklist=version.checklist_id.name,
                number=localize_digits(version.version_no, self.env.lang),
            )

    @api.depends("section_ids.weight", "item_ids.is_critical")
    def _compute_totals(self):
        for version in self:
            version.item_count = len(version.item_ids)
            version.critical_count = len(version.item_ids.filtered("is_critical"))
            version.weight_total = sum(version.section_ids.mapped("weight"))

    @api.depends("approval_ids.body_id", "checklist_id.body_ids")
    def _compute_bodies(self):
        for version in self:
            approved = version.approval_ids.body_id
            version.approved_body_ids = approved
            asked = version.checklist_id.body_ids
            version.pending_body_ids = asked - approved

    @api.depends("approval_ids.body_id", "checklist_id.body_ids.approver_ids", "state")
    @api.depends_context("uid")
    def _compute_can_approve(self):
        for version in self:
            version.can_approve = version.state == "draft" and bool(
                version._bodies_to_speak_for()
            )

    def _bodies_to_speak_for(self):
        """Return the bodies still to approve for which this user may speak."""
        self.ensure_one()
        return self.pending_body_ids.filtered(
            lambda body: self.env.user in body.approver_ids
        )

    @api.model
    def _creation_stamps(self, vals_list):
        # The index that allows one draft looks at the database.
        self.flush_model(["state"])
        numbers = self._last_numbers([vals["checklist_id"] for vals in vals_list])
        stamps = []
        for vals in vals_list:
            numbers[vals["checklist_id"]] += 1
            stamps.append({"version_no": numbers[vals["checklist_id"]]})
        return stamps

    @api.model
    def _last_numbers(self, checklist_ids):
        """Return the highest version number of each checklist, 0 if it has none."""
        # sudo: the number does not depend on what the user may see
        groups = self.sudo()._read_group(
            [("checklist_id", "in", checklist_ids)],
            ["checklist_id"],
            ["version_no:max"],
        )
        highest = {checklist.id: number for checklist, number in groups}
        return {checklist: highest.get(checklist, 0) for checklist in checklist_ids}

    def unlink(self):
        self._check_deletable()
        # sudo: approvals of a draft are removed by no one but with it
        self.sudo().approval_ids.unlink()
        self.item_ids.condition_ids.unlink()
        self.section_ids.unlink()
        return super().unlink()

    def copy(self, default=None):  # pylint: disable=method-required-super
        """Make the next version of each checklist; its items keep their codes."""
        return self.browse(
            version._copy_to(version.checklist_id, default).id for version in self
        )

    def _copy_to(self, checklist, default=None):
        """Return a draft of ``checklist`` with this version's content."""
        self.ensure_one()
        vals = {
            name: self[name].id if self._fields[name].relational else self[name]
            for name in ("critical_rule", "critical_cap", "na_limit", "grade_scale_id")
        }
        draft = self.create(vals | (default or {}) | {"checklist_id": checklist.id})
        for section in self.section_ids:
            section.copy({"version_id": draft.id})
        items = {item.code: item for item in draft.item_ids}
        for condition in self.item_ids.condition_ids:
            condition.copy(
                {
                    "item_id": items[condition.item_id.code].id,
                    "parent_item_id": items[condition.parent_item_id.code].id,
                }
            )
        return draft
