from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class ReformDelegation(models.Model):
    """The chair of a body handed to a deputy by decree.

    Minutes of meetings the deputy presides over say on whose behalf he did. It lapses
    with the term of the chair, whatever end the decree sets.
    """

    _name = "reform.delegation"
    _description = "Delegation of the Chair"
    _inherit = ["reform.term.mixin"]
    _order = "begins_on desc, id desc"
    _check_company_auto = True
    _identity = frozenset({"membership_id", "partner_id", "scope", "begins_on"})

    membership_id = fields.Many2one(
        "reform.membership",
        "Chair",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('role', '=', 'chair')]",
    )
    committee_id = fields.Many2one(
        related="membership_id.committee_id", store=True, index=True
    )
    company_id = fields.Many2one(related="committee_id.company_id", store=True)
    delegator_id = fields.Many2one(
        related="membership_id.partner_id", string="Delegated by"
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Deputy",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('is_company', '=', False)]",
    )
    scope = fields.Selection(
        [
            ("preside", "Presiding over meetings"),
            ("sign", "Signing and approving"),
            ("all", "Both"),
        ],
        "What Is Delegated",
        required=True,
        default="all",
    )
    decree_no = fields.Char(required=True)

    _ends_after_begin = models.Constraint(
        "CHECK (ends_on >= begins_on)",
        "A delegation cannot end before it begins.",
    )
    # See reform.membership for the ranges of one number.
    _one_presides = models.Constraint(
        "EXCLUDE USING gist (int4range(committee_id, committee_id, '[]') WITH &&, "
        "daterange(begins_on, ends_on, '[]') WITH &&) WHERE (scope != 'sign') "
        "DEFERRABLE INITIALLY DEFERRED",
        "Presiding over the body is delegated to somebody else in these days.",
    )
    _one_signs = models.Constraint(
        "EXCLUDE USING gist (int4range(committee_id, committee_id, '[]') WITH &&, "
        "daterange(begins_on, ends_on, '[]') WITH &&) WHERE (scope != 'preside') "
        "DEFERRABLE INITIALLY DEFERRED",
        "Signing for the body is delegated to somebody else in these days.",
    )

    def _used_by(self):
        return Domain("delegation_id", "=", self.id)

    @api.depends("membership_id.begins_on", "membership_id.ends_on")
    def _compute_is_current(self):
        result = super()._compute_is_current()
        for delegation in self:
            delegation.is_current &= delegation.membership_id.is_current
        return result

    @api.model
    def _in_office(self, day):
        chair = self.env["reform.membership"]._in_office(day)
        return super()._in_office(day) & Domain("membership_id", "any!", chair)

    @api.depends("partner_id.name", "delegator_id.name")
    def _compute_display_name(self):
        for delegation in self:
            delegation.display_name = self.env._(
                "%(deputy)s on behalf of %(chair)s",
                deputy=delegation.partner_id.name or "",
                chair=delegation.delegator_id.name or "",
            )

    @api.constrains("membership_id", "scope", "begins_on", "ends_on")
    def _check_overlap(self):
        self._exclude_now()

    @api.constrains("membership_id", "partner_id", "begins_on", "ends_on")
    def _check_chair(self):
        for delegation in self:
            chair = delegation.membership_id
            if chair.role != "chair":
                raise ValidationError(
                    self.env._(
                        "%(person)s is not the chair: only a chair can be delegated.",
                        person=chair.partner_id.name,
                    )
                )
            if chair.partner_id == delegation.partner_id:
                raise ValidationError(
                    self.env._("A chair cannot be delegated to the chair himself.")
                )
            if delegation.begins_on < chair.begins_on:
                raise ValidationError(
                    self.env._(
                        "The term of the chair, %(person)s, begins after that day.",
                        person=chair.partner_id.name,
                    )
                )
