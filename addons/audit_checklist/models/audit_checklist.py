from odoo import api, fields, models
from odoo.exceptions import UserError


class AuditChecklist(models.Model):
    """A checklist through all its versions."""

    _name = "audit.checklist"
    _description = "Checklist"
    _inherit = ["mail.thread"]
    _order = "sequence, id"
    _rec_names_search = ["name", "code"]
    _check_company_auto = True

    # === Identity ===
    name = fields.Char(required=True, translate=True, tracking=True)
    code = fields.Char(required=True)
    description = fields.Text(translate=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )
    body_ids = fields.Many2many(
        "audit.body",
        string="Approving Bodies",
        check_company=True,
        help="Each of them approves a version before it is published.",
    )

    # === Versions ===
    version_ids = fields.One2many("audit.checklist.version", "checklist_id")
    version_count = fields.Integer(compute="_compute_version_count")
    current_version_id = fields.Many2one(
        "audit.checklist.version",
        "Published",
        compute="_compute_versions",
        help="The version new programmes work with.",
    )
    draft_version_id = fields.Many2one(
        "audit.checklist.version", "Draft", compute="_compute_versions"
    )

    _code_uniq = models.UniqueIndex(
        "(company_id, code)", "Another checklist has this code."
    )

    @api.depends("version_ids.state")
    def _compute_versions(self):
        for checklist in self:
            for name, state in (
                ("current_version_id", "published"),
                ("draft_version_id", "draft"),
            ):
                checklist[name] = checklist.version_ids.filtered_domain(
                    [("state", "=", state)]
                )[:1]

    @api.depends("version_ids")
    def _compute_version_count(self):
        counts = dict(
            self.env["audit.checklist.version"]._read_group(
                [("checklist_id", "in", self.ids)], ["checklist_id"], ["__count"]
            )
        )
        for checklist in self:
            checklist.version_count = counts.get(checklist, 0)

    def copy_data(self, default=None):
        return [
            vals
            | {
                "name": self.env._("%(name)s (copy)", name=checklist.name),
                "code": f"{checklist.code}-2",
            }
            | (default or {})
            for checklist, vals in zip(self, super().copy_data(default), strict=True)
        ]

    def copy(self, default=None):
        """Copy the checklist with its latest version, which begins anew as number 1."""
        copies = super().copy(default)
        for checklist, copied in zip(self, copies, strict=True):
            latest = checklist.version_ids[:1]
            if latest:
                latest._copy_to(copied)
        return copies

    def write(self, vals):
        if "company_id" in vals and any(
            checklist.version_ids and checklist.company_id.id != vals["company_id"]
            for checklist in self
        ):
            raise UserError(
                self.env._(
                    "A checklist with versions stays with its company. Copy it instead."
                )
            )
        result = super().write(vals)
        if "body_ids" in vals:
            self._drop_needless_approvals()
        return result

    def unlink(self):
        # Drafts go with the checklist; published versions refuse.
        self.with_context(active_test=False).version_ids.unlink()
        return super().unlink()

    def action_open_versions(self):
        """Show all versions."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "audit_checklist.audit_checklist_version_action"
        )
        return action | {
            "domain": [("checklist_id", "=", self.id)],
            "context": {"default_checklist_id": self.id},
        }

    def action_open_draft(self):
        """Open the draft in the designer; make it first if need be."""
        self.ensure_one()
        self.check_access("write")
        version = self.draft_version_id or self._new_draft()
        return version._action_design()

    def action_open_current(self):
        """Open the published version."""
        self.ensure_one()
        return self.current_version_id._action_design()

    def _new_draft(self):
        """Return a new draft: the latest version copied, or an empty one."""
        self.ensure_one()
        latest = self.version_ids[:1]
        if latest:
            return latest._copy_to(self)
        return self.env["audit.checklist.version"].create({"checklist_id": self.id})

    def _drop_needless_approvals(self):
        for checklist in self:
            # sudo: nobody removes approvals by hand; these bodies are no longer asked
            checklist.sudo().draft_version_id.approval_ids.filtered(
                lambda approval, asked=checklist.body_ids: approval.body_id not in asked
            ).unlink()
