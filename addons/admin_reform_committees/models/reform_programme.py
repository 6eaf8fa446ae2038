from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.agency_base.tools import localize_digits
from odoo.addons.jalali_calendar.tools import to_jalali


class ReformProgrammePeriod(models.Model):
    """A set of reform programmes that a decree puts in force for some years."""

    _name = "reform.programme.period"
    _description = "Period of Reform Programmes"
    _order = "year_from desc, id desc"

    name = fields.Char(required=True, translate=True)
    year_from = fields.Integer("From Year", required=True, help="A Jalali year.")
    year_to = fields.Integer(
        "To Year", help="A Jalali year; empty while no end is set."
    )
    decree_no = fields.Char("Number of the Decree")
    decree_on = fields.Date("Date of the Decree")
    programme_ids = fields.One2many("reform.programme", "period_id", "Programmes")
    programme_count = fields.Integer(compute="_compute_counts")
    unconfirmed_count = fields.Integer("Titles to Confirm", compute="_compute_counts")
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: False if self._keeps_shared() else self.env.company,
        help="Empty: for every company.",
    )
    user_keeps = fields.Boolean("I Keep Them", compute="_compute_user_keeps")

    _years_are_jalali = models.Constraint(
        "CHECK (year_from BETWEEN 1300 AND 1600"
        " AND (COALESCE(year_to, 0) = 0 OR year_to BETWEEN year_from AND 1600))",
        "Years are Jalali, like 1405, and the last one is not before the first.",
    )

    @api.depends("programme_ids.needs_confirmation")
    def _compute_counts(self):
        for period in self:
            period.programme_count = len(period.programme_ids)
            period.unconfirmed_count = len(
                period.programme_ids.filtered("needs_confirmation")
            )

    @api.depends("company_id")
    @api.depends_context("uid")
    def _compute_user_keeps(self):
        for period in self:
            period.user_keeps = bool(period.company_id) or self._keeps_shared()

    @api.model
    def _keeps_shared(self):
        """Return whether the user acts for every company: what is shared is theirs."""
        if self.env.su:
            return True
        # sudo: only counted
        companies = self.env["res.company"].sudo().search_count([])
        return len(self.env.user.company_ids) == companies

    def _check_kept(self):
        for period in self:
            if not period.user_keeps:
                raise UserError(
                    self.env._(
                        "“%s” is shared by all companies: only an administrator of all "
                        "of them changes it. Make a period for your own company.",
                        period.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        periods = super().create(vals_list)
        periods._check_kept()
        return periods

    def write(self, vals):
        self._check_kept()
        result = super().write(vals)
        self._check_kept()
        return result

    def unlink(self):
        self._check_kept()
        return super().unlink()

    @api.model
    def _current(self):
        """Return the latest period that has begun."""
        year = to_jalali(self.env["reform.term.mixin"]._today())[0]
        return self.search([("year_from", "<=", year)], limit=1)


class ReformProgramme(models.Model):
    """One programme of administrative reform, such as e-government."""

    _name = "reform.programme"
    _description = "Reform Programme"
    _inherit = ["agency.derived.mixin"]
    _order = "period_id, number, id"
    _rec_names_search = ["name"]

    period_id = fields.Many2one(
        "reform.programme.period", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="period_id.company_id", store=True)
    number = fields.Integer(required=True)
    name = fields.Char("Title", required=True, translate=True)
    needs_confirmation = fields.Boolean(
        "To Be Confirmed",
        help="The title could not be checked against the text of the decree.",
    )
    active = fields.Boolean(default=True)

    _number_uniq = models.UniqueIndex(
        "(period_id, number)",
        "Two programmes of one period cannot share a number.",
    )
    _number_is_natural = models.Constraint(
        "CHECK (number > 0)", "Programmes are numbered from one."
    )

    @api.model_create_multi
    def create(self, vals_list):
        programmes = super().create(vals_list)
        programmes.period_id._check_kept()
        return programmes

    def write(self, vals):
        self.period_id._check_kept()
        result = super().write(vals)
        self.period_id._check_kept()
        return result

    def unlink(self):
        self.period_id._check_kept()
        return super().unlink()

    @api.depends("number", "name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for programme in self:
            number = localize_digits(programme.number, self.env.lang)
            programme.display_name = f"{number}. {programme.name or ''}"
