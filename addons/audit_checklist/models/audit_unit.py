from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.agency_base.tools import to_latin_digits


class AuditUnit(models.Model):
    """An agency, or a subordinate or county unit of one, where clients are served."""

    _name = "audit.unit"
    _description = "Audited Unit"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "name, id"
    _parent_name = "parent_id"
    _parent_store = True
    _rec_names_search = ["name", "code"]
    _check_company_auto = True

    # === Identity ===
    name = fields.Char(required=True, index="trigram")
    code = fields.Char(
        required=True,
        copy=False,
        help="By which spreadsheets name the unit. Drawn if left empty.",
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )
    parent_id = fields.Many2one(
        "audit.unit",
        "Belongs To",
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("audit.unit", "parent_id", "Subordinate Units")
    agency_id = fields.Many2one(
        "audit.unit", compute="_compute_agency_id", help="At the top of the tree."
    )
    partner_id = fields.Many2one(
        "res.partner", "Contact", index="btree_not_null", check_company=True
    )
    kind_id = fields.Many2one(
        "audit.unit.kind",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env["audit.unit.kind"].search([], limit=1),
        help="Decides which items are asked here.",
    )
    legal_kind = fields.Selection(
        [
            ("ministry", "Ministry or its directorate"),
            ("institution", "Government institution"),
            ("company", "Government company"),
            ("bank", "Bank or insurance"),
            ("public", "Public non-governmental body"),
            ("judiciary", "Judiciary"),
            ("university", "University"),
            ("municipality", "Municipality"),
            ("other", "Other"),
        ],
        required=True,
        default="institution",
    )

    # === Place ===
    zone_id = fields.Many2one(
        "audit.zone", index=True, ondelete="restrict", check_company=True
    )
    address = fields.Char()
    latitude = fields.Float(digits=(10, 7))
    longitude = fields.Float(digits=(10, 7))
    visitors_per_day = fields.Integer(
        help="Clients a day: units with many are visited first."
    )

    # === People ===
    phone = fields.Char()
    representative_name = fields.Char("Desk Representative")
    representative_function = fields.Char()
    representative_phone = fields.Char()
    letter_number = fields.Char(
        "Letter of Introduction", help="By which the agency named its representative."
    )
    letter_on = fields.Date("Letter Dated")
    user_ids = fields.Many2many(
        "res.users",
        "audit_unit_user_rel",
        "unit_id",
        "user_id",
        "Portal Users",
        help="Who declares and answers for this unit in the portal.",
    )
    recusal_ids = fields.One2many("audit.recusal", "unit_id", "Recusals")
    is_recused = fields.Boolean(
        "I Am Recused", compute="_compute_is_recused", search="_search_is_recused"
    )

    # === Results ===
    visit_ids = fields.One2many("audit.visit", "unit_id", "Visits")
    visit_count = fields.Integer(compute="_compute_visit_count")
    is_found_on_site = fields.Boolean(
        "Found on the Spot", readonly=True, help="Added by inspectors on a visit."
    )

    _code_uniq = models.UniqueIndex("(company_id, code)", "Another unit has this code.")
    _latitude_in_range = models.Constraint(
        "CHECK (latitude BETWEEN -90 AND 90)", "A latitude lies between -90 and 90."
    )
    _longitude_in_range = models.Constraint(
        "CHECK (longitude BETWEEN -180 AND 180)",
        "A longitude lies between -180 and 180.",
    )
    _visitors_are_natural = models.Constraint(
        "CHECK (visitors_per_day >= 0)", "There cannot be fewer than no clients."
    )

    @api.depends("parent_path")
    def _compute_agency_id(self):
        for unit in self:
            top = (unit.parent_path or "").split("/")[0]
            unit.agency_id = int(top) if top else unit

    @api.depends_context("uid")
    def _compute_is_recused(self):
        recused = self.search([("is_recused", "=", True), ("id", "in", self.ids)])
        for unit in self:
            unit.is_recused = unit in recused

    def _search_is_recused(self, operator, value):
        # The ORM rewrites every condition on a boolean to `in [True]`.
        if operator != "in":
            return NotImplemented
        # sudo: the rule that hides a unit cannot depend on what it hides
        recusals = (
            self.env["audit.recusal"]
            .sudo()
            .search(
                self.env["audit.recusal"]._valid_domain(fields.Date.context_today(self))
                & Domain("user_id", "=", self.env.uid)
            )
        )
        return Domain("id", "child_of", recusals.unit_id.ids)

    def _compute_visit_count(self):
        counts = dict(
            self.env["audit.visit"]._read_group(
                [("unit_id", "in", self.ids)], ["unit_id"], ["__count"]
            )
        )
        for unit in self:
            unit.visit_count = counts.get(unit, 0)

    @api.constrains("parent_id")
    def _check_tree(self):
        if self._has_cycle():
            raise ValidationError(self.env._("A unit cannot belong to itself."))

    @api.model_create_multi
    def create(self, vals_list):
        bare = [vals for vals in vals_list if not (vals.get("code") or "").strip()]
        codes = iter(self._free_codes(len(bare))) if bare else iter(())
        return super().create(
            [
                vals | {"code": self._tidy(vals.get("code")) or next(codes)}
                for vals in vals_list
            ]
        )

    def write(self, vals):
        if vals.get("code"):
            vals = vals | {"code": self._tidy(vals["code"])}
        return super().write(vals)

    def unlink(self):
        # sudo: visits of all companies and teams are reasons to keep the unit
        visit = self.env["audit.visit"].sudo()
        if visit.search_count([("unit_id", "in", self.ids)], limit=1):
            raise UserError(  # pylint: disable=no-raise-unlink
                self.env._("A unit that was to be visited is archived, not deleted.")
            )
        return super().unlink()

    @api.model
    def _tidy(self, code):
        return to_latin_digits(code or "").strip()

    @api.model
    def _free_codes(self, count):
        """Return codes nobody has used: U1, U2 and so on."""
        # sudo: codes of units the user cannot see are taken too
        known = self.sudo().with_context(active_test=False)
        taken = set(known.search([("code", "=like", "U%")]).mapped("code"))
        codes, number = [], len(taken)
        while len(codes) < count:
            number += 1
            if f"U{number}" not in taken:
                codes.append(f"U{number}")
        return codes

    def action_visits(self):
        """Show the visits of the unit and of those below it."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "audit_checklist.audit_visit_action"
        )
        return action | {"domain": [("unit_id", "child_of", self.id)], "context": {}}

    def _has_earlier_visit(self, before=None):
        """Return those of the units that were audited before a moment."""
        domain = Domain("unit_id", "in", self.ids) & Domain(
            "kind", "in", ("audit", "follow_up")
        )
        domain &= Domain("state", "=", "accepted")
        if before:
            domain &= Domain("ended_at", "<", before)
        # sudo: that somebody was here before is no secret of his team
        return self.env["audit.assessment"].sudo().search(domain).unit_id
