from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.reform_committee import KINDS, RANK, SCOPES


class ReformCommitteeFound(models.TransientModel):
    """First steps: found the bodies of a ready-made set in one action."""

    _name = "reform.committee.found"
    _description = "Found Bodies from a Set"

    set_id = fields.Many2one(
        "reform.committee.set",
        required=True,
        default=lambda self: self.env["reform.committee.set"].search([], limit=1),
    )
    description = fields.Text(related="set_id.description")
    scope = fields.Selection(SCOPES, required=True, default="agency")
    superior_body = fields.Char("Superior Body Outside")
    founding_resolution = fields.Char()
    founded_on = fields.Date("Founded")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    line_ids = fields.One2many(
        "reform.committee.found.line",
        "wizard_id",
        "Bodies",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )

    @api.depends("set_id")
    def _compute_line_ids(self):
        for wizard in self:
            wizard.line_ids = [Command.clear()] + [
                Command.create(
                    {
                        "sequence": line.sequence,
                        "name": line.name,
                        "code": line.code,
                        "kind": line.kind,
                        "secretary_post": line.secretary_post,
                        "programme_ids": [Command.set(line.programme_ids.ids)],
                    }
                )
                for line in wizard.set_id.line_ids
            ]

    def action_found(self):
        """Create the bodies: each under the nearest one of a higher kind before it."""
        self.ensure_one()
        if not self.line_ids:
            raise UserError(self.env._("Choose a set, or write the bodies to found."))
        self._check_codes()
        founded = self.env["reform.committee"]
        for line in self.line_ids.sorted("sequence"):
            rank = RANK[line.kind]
            above = [body for body in founded if RANK[body.kind] < rank]
            parent = above[-1] if above else founded.browse()
            founded |= founded.create(self._prepare_body(line, parent))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "admin_reform_committees.reform_committee_action"
        )
        return action | {"target": "main"}

    def _check_codes(self):
        taken = self.env["reform.committee"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("code", "in", [(line.code or "").upper() for line in self.line_ids]),
            ]
        )
        if taken:
            raise UserError(
                self.env._(
                    "The code %(code)s belongs to %(body)s already. Give the new body "
                    "another code, or archive the old one first.",
                    code=taken[0].code,
                    body=taken[0].name,
                )
            )

    def _prepare_body(self, line, parent):
        return {
            "name": line.name,
            "code": line.code,
            "kind": line.kind,
            "sequence": line.sequence,
            "parent_id": parent.id,
            "scope": self.scope,
            "superior_body": False if parent else self.superior_body,
            "founding_resolution": self.founding_resolution,
            "founded_on": self.founded_on,
            "secretary_post": line.secretary_post,
            "programme_ids": [Command.set(line.programme_ids.ids)],
            # two thirds: the by-law of the national council of management development
            "quorum_rule": "majority" if parent else "two_thirds",
            "company_id": self.company_id.id,
        }


class ReformCommitteeFoundLine(models.TransientModel):
    """One body about to be founded."""

    _name = "reform.committee.found.line"
    _description = "Body to Found"
    _order = "sequence, id"

    wizard_id = fields.Many2one(
        "reform.committee.found", required=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=100)
    name = fields.Char(required=True)
    code = fields.Char(required=True)
    kind = fields.Selection(KINDS, required=True, default="committee")
    secretary_post = fields.Char("Secretary by Office")
    programme_ids = fields.Many2many("reform.programme", string="Programmes")
