import babel.dates
import pytz

from odoo import api, models
from odoo.models import parse_read_group_spec
from odoo.tools import SQL
from odoo.tools.misc import (
    DEFAULT_SERVER_DATE_FORMAT,
    DEFAULT_SERVER_DATETIME_FORMAT,
    get_lang,
)

from .. import layers
from ..tools import add, sql_start_of, to_persian_digits
from . import group_holes

#: The periods that begin on another day than in the Gregorian calendar.
JALALI_UNITS = ("month", "quarter", "year")
#: ... and those that only carry another label; hours keep Odoo's label and digits.
LABELLED_UNITS = ("week", "day", "hour")


class Base(models.AbstractModel):
    """Group by Jalali periods.

    The web client always does, for readers of the Jalali calendar. Other code
    groups by Gregorian periods unless it asks for Jalali ones itself::

        model.with_context(jalali_groups=True)._read_group(
            domain, ["date:month"], ["__count"]
        )

    The values are the first days of the periods, as with Gregorian ones. The key
    with the value ``False`` keeps the web client's methods Gregorian.
    """

    _inherit = "base"

    # === What the web client calls: here a month is a month of the reader ===

    def _with_jalali_groups(self, *specs):
        """Return ``self`` with the reader's calendar for the groups of ``specs``."""
        if (
            "jalali_groups" in self.env.context
            or not any(":" in spec for spec in specs)
            or not layers.GROUPING
            or self.env["res.lang"]._get_screen_calendar() != "jalali"
        ):
            return self
        return self.with_context(jalali_groups=True)

    @api.model
    @api.readonly
    def formatted_read_group(self, domain, groupby=(), *args, **kwargs):
        reader = self._with_jalali_groups(*groupby)
        return super(Base, reader).formatted_read_group(
            domain, groupby, *args, **kwargs
        )

    @api.model
    @api.readonly
    def formatted_read_grouping_sets(self, domain, grouping_sets, *args, **kwargs):
        reader = self._with_jalali_groups(
            *(spec for specs in grouping_sets for spec in specs)
        )
        return super(Base, reader).formatted_read_grouping_sets(
            domain, grouping_sets, *args, **kwargs
        )

    def _formatted_read_group_with_length(self, domain, groupby, *args, **kwargs):
        # Not web_read_group: it also reads records, and what business code computes
        # there keeps to the Gregorian calendar.
        reader = self._with_jalali_groups(*groupby)
        return super(Base, reader)._formatted_read_group_with_length(
            domain, groupby, *args, **kwargs
        )

    @api.model
    @api.readonly
    def read_progress_bar(self, domain, group_by, progress_bar):
        reader = self._with_jalali_groups(group_by)
        return super(Base, reader).read_progress_bar(domain, group_by, progress_bar)

    # === The database ===

    def _read_group_groupby(self, alias, groupby_spec, query):
        if not self.env.context.get("jalali_groups"):
            return super()._read_group_groupby(alias, groupby_spec, query)
        fname, path, unit = parse_read_group_spec(groupby_spec)
        field = self._fields.get(fname)
        if (
            unit not in JALALI_UNITS
            or field is None
            or field.type not in ("date", "datetime", "properties")
        ):
            return super()._read_group_groupby(alias, groupby_spec, query)

        if field.type == "date" and not field.company_dependent:
            day = self._field_to_sql(alias, fname, query)
            return sql_start_of(day, unit)
        # The day comes out of a computation (the time zone, above all) and stands
        # several times in the expression: compute it once per row.
        if field.type == "properties":
            day = super()._read_group_groupby(alias, f"{fname}.{path}:day", query)
        else:
            day = self._field_to_sql(alias, fname, query)
        if field.type == "datetime":
            day = field.property_to_sql(day, "tz", self, alias, query)
        day_alias = query.make_alias(alias, f"{fname}__{path or 'day'}")
        query.add_join(
            "LEFT JOIN",
            day_alias,
            SQL("LATERAL (SELECT (%s)::date AS day OFFSET 0)", day),
            SQL("TRUE"),
        )
        start = sql_start_of(SQL.identifier(day_alias, "day"), unit)
        return start if field.type == "date" else SQL("%s::timestamp", start)

    # === Labels and domains ===

    def _web_read_group_groupby_formatter(self, groupby_spec, values):
        formatter = super()._web_read_group_groupby_formatter(groupby_spec, values)
        fname, __, unit = parse_read_group_spec(groupby_spec)
        if self._fields[fname].type not in ("date", "datetime"):
            return formatter
        return self._jalali_formatter(formatter, groupby_spec, unit)

    def _web_read_group_groupby_properties_formatter(self, groupby_spec, values):
        formatter = super()._web_read_group_groupby_properties_formatter(
            groupby_spec, values
        )
        __, __, unit = parse_read_group_spec(groupby_spec)
        return self._jalali_formatter(formatter, groupby_spec, unit)

    def _jalali_formatter(self, formatter, groupby_spec, unit):
        """Return a formatter of groups that agrees with how they were built."""
        if unit not in JALALI_UNITS + LABELLED_UNITS:
            return formatter
        if get_lang(self.env).calendar != "jalali":
            return formatter
        if not self.env.context.get("jalali_groups"):

            def gregorian_formatter(value):
                with layers.babel_dates.speaking("gregorian"):
                    group, domain = formatter(value)
                if group:
                    group = (group[0], self._in_screen_digits(group[1]))
                return group, domain

            return gregorian_formatter

        def jalali_formatter(value):
            if not value:
                return formatter(value)
            with layers.babel_dates.speaking("jalali"):
                (start, label), domain = formatter(value)
            label = self._jalali_group_label(value, unit, label)
            if unit in JALALI_UNITS:
                domain = self._jalali_group_domain(groupby_spec, value, start)
                start = domain[0][2]
            return (start, label), domain

        return jalali_formatter

    def _jalali_group_label(self, value, unit, label):
        """Return a label: Babel's, but a week is named by its first day."""
        locale = get_lang(self.env).code
        if unit == "week":
            with layers.babel_dates.speaking("jalali"):
                day = babel.dates.format_date(value, "d MMMM yyyy", locale)
            return self.env._("Week of %(date)s", date=day)
        # The label of an hour has a literal ":00".
        return self._in_screen_digits(label)

    def _in_screen_digits(self, label):
        """Return a label in the digits that the web client shows numbers in."""
        is_persian = self.env["res.lang"]._reads_persian_digits()
        return to_persian_digits(label) if is_persian else label

    def _jalali_group_domain(self, groupby_spec, value, start):
        """Return the domain of the records between this period and the next."""
        path, __, unit = groupby_spec.partition(":")
        bounds = [value, add(value, unit)]
        field = self._fields[path.partition(".")[0]]
        tz = self.env.context.get("tz")
        if field.type == "datetime" and tz in pytz.all_timezones_set:
            zone = pytz.timezone(tz)
            bounds = [zone.localize(bound).astimezone(pytz.utc) for bound in bounds]
        # Odoo's own text of the start tells how the field writes its values.
        is_date = len(start) == len("2025-11-22")
        pattern = (
            DEFAULT_SERVER_DATE_FORMAT if is_date else DEFAULT_SERVER_DATETIME_FORMAT
        )
        start, end = (bound.strftime(pattern) for bound in bounds)
        return [(path, ">=", start), (path, "<", end)]

    # === Empty groups ===

    def _web_read_group_fill_temporal(
        self,
        groups,
        groupby,
        aggregates,
        fill_from=False,
        fill_to=False,
        min_groups=False,
    ):
        fname, __, unit = parse_read_group_spec(groupby[0])
        field = self._fields[fname]
        if (
            not self.env.context.get("jalali_groups")
            or unit not in (*JALALI_UNITS, "week")
            or field.type not in ("date", "datetime", "properties")
        ):
            return super()._web_read_group_fill_temporal(
                groups, groupby, aggregates, fill_from, fill_to, min_groups
            )
        empty = tuple(
            self._read_group_empty_value(spec) for spec in (*groupby[1:], *aggregates)
        )
        return group_holes.fill(
            groups,
            empty,
            unit,
            (fill_from, fill_to),
            min_groups,
            is_date=field.type == "date",
        )

    # === The deprecated method, which other programs may still call ===

    def _read_group_format_result(self, rows_dict, lazy_groupby):
        # Its months are Gregorian, and so are their names.
        with layers.babel_dates.speaking("gregorian"):
            return super()._read_group_format_result(rows_dict, lazy_groupby)
