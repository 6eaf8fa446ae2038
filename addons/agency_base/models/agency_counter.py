from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.jalali_calendar.tools import jalali_year


class AgencyCounter(models.Model):
    """The last number given in one body, scope, Jalali year and kind.

    Numbers people quote must have no gap, which rules out PostgreSQL sequences: they
    do not roll back. The row is locked from the moment a number is drawn until the
    transaction ends, so draw last. Of two transactions drawing at the same moment the
    second gets a serialization failure (Odoo reads a snapshot) and is run again by
    Odoo, or by the job it runs in.
    """

    _name = "agency.counter"
    _description = "Official Numbers"
    _order = "company_id, scope, jalali_year desc, kind"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )
    scope = fields.Char(
        required=True, help="The body or register that numbers by itself, as C3."
    )
    scope_name = fields.Char("Body or Register", compute="_compute_names")
    jalali_year = fields.Integer(required=True)
    kind = fields.Char(required=True, help="What is numbered, as meeting or letter.")
    kind_name = fields.Char("Numbered", compute="_compute_names")
    value = fields.Integer(
        "Last Number",
        required=True,
        default=0,
        help="The number given last. A body that numbered on paper before enters the "
        "last one it used.",
    )

    _scope_uniq = models.UniqueIndex(
        "(company_id, scope, jalali_year, kind)",
        "This counter exists already.",
    )
    _value_is_natural = models.Constraint("CHECK (value >= 0)", "Numbers start at one.")

    @api.depends("scope", "kind")
    @api.depends_context("lang")
    def _compute_names(self):
        names = self._names()
        for counter in self:
            counter.scope_name = names.get(counter.scope, counter.scope)
            counter.kind_name = names.get(counter.kind, counter.kind)

    @api.model
    def _names(self):
        """Return ``{scope or kind: what people call it}``; addons add their own."""
        return {}

    @api.depends("scope", "jalali_year", "kind", "value")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for counter in self:
            named = f"{counter.scope_name} {counter.jalali_year} {counter.kind_name}"
            counter.display_name = f"{named}: {counter.value}"

    @api.model
    def _next(self, scope, date, kind, count=1):
        """Draw ``count`` numbers of the current company and return the first of them.

        ``date``, a date or a datetime in UTC, tells the Jalali year by the company's
        official clock. Raise SerializationFailure when somebody else drew meanwhile.
        """
        company = self.env.company
        year = jalali_year(date, company.agency_tz)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO agency_counter AS counter (
                            company_id, scope, jalali_year, kind, value,
                            create_uid, write_uid, create_date, write_date)
                     VALUES (%(company)s, %(scope)s, %(year)s, %(kind)s, %(count)s,
                            %(uid)s, %(uid)s, %(now)s, %(now)s)
                ON CONFLICT (company_id, scope, jalali_year, kind)
                  DO UPDATE SET value = counter.value + EXCLUDED.value,
                            write_uid = EXCLUDED.write_uid,
                            write_date = EXCLUDED.write_date
                  RETURNING id, value
                """,
                company=company.id,
                scope=scope,
                year=year,
                kind=kind,
                count=count,
                uid=self.env.uid,
                now=self.env.cr.now(),
            ),
            # losing against another transaction is expected, and dealt with
            log_exceptions=False,
        )
        counter_id, value = self.env.cr.fetchone()
        self.browse(counter_id).invalidate_recordset()
        return value - count + 1
