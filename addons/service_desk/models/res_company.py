from urllib.parse import urlsplit

from odoo import fields, models, tools

from odoo.addons.agency_base.tools.known import keep, recall


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["agency.known.mixin", "res.company"]
    _known_fields = (
        "desk_is_public",
        "name",
        "partner_id",
        "phone",
        "agency_tz",
        "desk_appeal_days",
        "resource_calendar_id",
    )

    desk_is_public = fields.Boolean(
        "Publish the Electronic Desk",
        default=True,
        help="Answer visitors on /desk for this company.",
    )
    desk_appeal_days = fields.Integer(
        "Days to Object",
        default=10,
        help="Calendar days after a rejection within which a client may object.",
    )

    desk_remind_days = fields.Integer(
        "Remind Units Before",
        default=1,
        help="Days before the deadline of a referral on which its liaison is reminded.",
    )

    _desk_remind_days_positive = models.Constraint(
        "CHECK (desk_remind_days >= 0)", "A number of days cannot be negative."
    )
    _desk_appeal_days_positive = models.Constraint(
        "CHECK (desk_appeal_days >= 0)",
        "The number of days to object cannot be negative.",
    )

    def _desk_published(self):
        """Return the companies that answer visitors, and their ids by web site.

        All is read without a query.
        sudo: a visitor has no rights; only what the pages print is read.
        """
        companies, partners, hosts = self._desk_published_columns()
        recall(self.env["res.partner"].sudo(), partners)
        return recall(self.sudo(), companies), hosts

    @tools.ormcache()
    def _desk_published_columns(self):
        companies_sudo = self.sudo().search([("desk_is_public", "=", True)])
        # Of two companies with one web site the first answers.
        hosts = {
            urlsplit(company_sudo.website).hostname: company_sudo.id
            for company_sudo in companies_sudo[::-1]
            if company_sudo.website
        }
        return (
            keep(companies_sudo, self._known_fields),
            keep(companies_sudo.partner_id, ["lang"]),
            hosts,
        )
