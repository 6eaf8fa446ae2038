from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

STAMPS = {
    "declared_by_id",
    "is_late",
    "reminded_on",
    "reminder_count",
    "accepted_by_id",
    "declaration_return_reason",
    "declaration_return_codes",
    "round_id",
}


class AuditAssessment(models.Model):
    """A unit's declaration of itself: the same items, answered in the portal.

    Here is what officers do with it; representatives answer in the portal
    (``audit_declaration_portal.py``).
    """

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.assessment"

    round_id = fields.Many2one(
        "audit.declaration.round", readonly=True, index="btree_not_null"
    )
    declared_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    is_late = fields.Boolean("Late", readonly=True, copy=False)
    declaration_return_reason = fields.Text("Why Sent Back", readonly=True, copy=False)
    declaration_return_codes = fields.Char("Items to Mend", readonly=True, copy=False)
    declaration_to_mend = fields.Text(
        "What to Mend", compute="_compute_declaration_to_mend"
    )
    accepted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    reminded_on = fields.Date(readonly=True, copy=False)
    reminder_count = fields.Integer("Reminders", readonly=True, copy=False)
    document_count = fields.Integer("Documents", compute="_compute_document_count")
    is_disclosed = fields.Boolean(
        compute="_compute_is_disclosed",
        search="_search_is_disclosed",
        help="An inspector may see what the unit declared: he has submitted his visit, "
        "or the programme is not blind.",
    )

    _declared_once = models.UniqueIndex(
        "(round_id, unit_id) WHERE round_id IS NOT NULL AND state != 'superseded'",
        "This unit has been invited to this round already.",
    )

    @api.depends("evidence_ids")
    def _compute_document_count(self):
        counts = dict(
            self.env["audit.evidence"]._read_group(
                [
                    ("assessment_id", "in", self.ids),
                    ("kind", "=", "document"),
                    ("state", "=", "received"),
                ],
                ["assessment_id"],
                ["__count"],
            )
        )
        for assessment in self:
            assessment.document_count = counts.get(assessment, 0)

    @api.depends("declaration_return_codes", "version_id")
    @api.depends_context("lang")
    def _compute_declaration_to_mend(self):
        for assessment in self:
            codes, version = assessment.declaration_return_codes, assessment.version_id
            assessment.declaration_to_mend = codes and version._items_text(codes)

    @api.depends_context("uid")
    def _compute_is_disclosed(self):
        found = self.search([("id", "in", self.ids), ("is_disclosed", "=", True)])
        for assessment in self:
            assessment.is_disclosed = assessment in found

    def _search_is_disclosed(self, operator, value):
        # The ORM rewrites every condition on a boolean to `in [True]`.
        if operator != "in":
            return NotImplemented
        return [
            (
                "id",
                "in",
                SQL(
                    """(
                    SELECT declared.id
                      FROM audit_assessment AS declared
                      JOIN audit_visit AS visit
                        ON visit.unit_id = declared.unit_id
                       AND visit.phase_id = declared.phase_id
                      JOIN audit_visit_member AS member
                        ON member.visit_id = visit.id AND member.user_id = %s
                      JOIN audit_programme AS programme
                        ON programme.id = visit.programme_id
                     WHERE declared.kind = 'self_declaration'
                       AND declared.state IN ('submitted', 'accepted')
                       AND (NOT COALESCE(programme.is_blind, FALSE)
                            OR visit.state IN ('submitted', 'accepted', 'closed'))
                    )""",
                    self.env.uid,
                ),
            )
        ]

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_declared(set().union(*vals_list))
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_declared(vals)
        if "state" in vals and not self.env.su and self.round_id:
            self._check_declaration_officer(vals["state"])
        return super().write(vals)

    def _refuse_declared(self, names):
        if not self.env.su and STAMPS & set(names):
            raise AccessError(
                self.env._("What a unit declared is recorded, not entered.")
            )

    def _check_declaration_officer(self, state):
        if state not in ("accepted", "returned"):
            raise AccessError(self.env._("A declaration is submitted in the portal."))
        user = self.env.user
        if not user.has_group("audit_checklist.group_programme_officer"):
            raise AccessError(
                self.env._("A programme officer accepts or returns declarations.")
            )
        for declaration in self:
            if declaration.declared_by_id == user:
                raise AccessError(
                    self.env._("Nobody accepts what he declared himself.")
                )

    # === The officer ===
    def action_accept_declaration(self):
        """Accept declarations: they are sealed and stay as they are."""
        self._hold()
        for declaration in self:
            if not declaration.round_id:
                raise UserError(self.env._("This is no declaration."))
            declaration.write({"state": "accepted"})
            # sudo: the transition was checked; stamp and seal follow from it
            declaration.sudo().accepted_by_id = self.env.uid
            declaration.sudo()._seal()

    def action_return_declaration(self):
        """Ask why, and for which items, before sending a declaration back."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send the Declaration Back"),
            "res_model": "audit.declaration.return",
            "view_mode": "form",
            "target": "new",
            "context": {"default_assessment_id": self.id},
        }

    def _return_declaration(self, reason, codes):
        """Send a declaration back: only the items named are open, or all of them."""
        self.ensure_one()
        self._hold()
        if not self.round_id:
            raise UserError(self.env._("This is no declaration."))
        self.write({"state": "returned"})
        # sudo: the transition was checked; what the agency reads goes with it
        self.sudo().write(
            {
                "declaration_return_reason": reason,
                "declaration_return_codes": " ".join(codes) or False,
            }
        )
        told = self._for_declarant()
        told._tell_declarant(told.env._("Your declaration was sent back"), reason)
