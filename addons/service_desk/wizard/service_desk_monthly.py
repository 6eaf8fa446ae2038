from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.agency_base.tools import charts
from odoo.addons.jalali_calendar.tools import to_jalali
from odoo.addons.jalali_calendar.tools.names import MONTHS_LATIN

from .. import texts
from ..models.service_desk_month import FEWEST_ANSWERS

MONTHS_BACK = 5
MOST_SERVICES = 8
DECIMALS = {"median_days": 1, "visits": 1, "score": 1}


class ServiceDeskMonthly(models.TransientModel):
    """The printed report of one month: figures, charts, units and services."""

    _name = "service.desk.monthly"
    _description = "Report of a Month"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    day = fields.Date(
        "Any Day of the Month",
        required=True,
        default=lambda self: fields.Date.context_today(self),
    )
    desk_id = fields.Many2one(
        "service.desk",
        help="Empty: all desks.",
        domain="[('company_id', '=', company_id)]",
    )

    def action_print(self):
        self.ensure_one()
        self.env["service.desk.summary"]._check_reader()
        report = self.env.ref("service_desk.service_desk_monthly_report")
        return report.report_action(self)

    def _paper_values(self):
        """Return what the report prints, in the reader's language and calendar."""
        self.ensure_one()
        env = self.env
        # sudo: figures only; who may print was asked when the report was called
        env["service.desk.summary"]._check_reader()
        counted_sudo = env["service.desk.month"].sudo()
        months = []
        day = self.day
        for _back in range(MONTHS_BACK + 1):
            figures = counted_sudo._figures(self.company_id, day, self.desk_id)
            months.insert(0, figures)
            day = figures["first"] - timedelta(days=1)
        now, before = months[-1], months[-2]
        labels = [self._month_text(month["first"]) for month in months]
        return {
            "title_month": labels[-1],
            "desk": self.desk_id.name or env._("All desks"),
            "rows": self._rows(now, before),
            "before": labels[-2],
            "volume": charts.bar_chart(
                labels,
                [
                    (env._("Registered"), [m["registered"] for m in months]),
                    (env._("Finished"), [m["finished"] for m in months]),
                ],
                lang=env.lang or "fa_IR",
                size=(640, 220),
                title=env._("Registered and finished requests"),
            ),
            "on_time": charts.line_chart(
                labels,
                [(env._("On time, percent"), [m["on_time"] for m in months])],
                lang=env.lang or "fa_IR",
                size=(640, 200),
                title=env._("On time, percent"),
            ),
            "units": self._by("department_id", now),
            "services": self._by("service_id", now)[:MOST_SERVICES],
            "sendings": self._sendings(now),
        }

    def _month_text(self, first):
        if texts.is_persian(self.env):
            return texts.day_text(self.env, first, "MMMM yyyy")
        year, month, _day = to_jalali(first)
        return f"{MONTHS_LATIN[month - 1]} {year}"

    def _number(self, value, digits=0):
        if value is None:
            return "—"
        rounded = round(value, digits) if digits else round(value)
        text = texts.number_text(self.env, rounded)
        return text.replace(".", "٫") if texts.is_persian(self.env) else text

    @api.model
    def _rows(self, now, before):
        env = self.env
        labels = {
            "registered": env._("Registered requests"),
            "finished": env._("Made ready"),
            "on_time": env._("On time, percent"),
            "broken": env._("Broken promises"),
            "median_days": env._("Median days"),
            "visits": env._("Visits per request"),
            "returned": env._("Returned by a unit"),
            "rejected": env._("Rejected"),
            "sent": env._("People sent inside, recorded"),
            "told": env._("People sent inside, by their own words"),
            "answers": env._("Ratings"),
            "score": env._("Satisfaction, of 5"),
        }
        return [
            {
                "label": label,
                "now": self._number(now[key], DECIMALS.get(key, 0)),
                "before": self._number(before[key], DECIMALS.get(key, 0)),
            }
            for key, label in labels.items()
        ]

    def _report_domain(self, moment, figures):
        """Find what happened in the month, as it is reckoned where the agency is."""
        months = self.env["service.desk.month"]
        begin, end = months._moments(self.company_id, figures["first"])
        domain = [
            ("company_id", "=", self.company_id.id),
            (moment, ">=", begin),
            (moment, "<", end),
        ]
        if self.desk_id:
            domain.append(("desk_id", "=", self.desk_id.id))
        return domain

    def _by(self, field, figures):
        """Return the finished requests by unit or service, the most first."""
        groups = (
            self.env["service.desk.report"]
            .sudo()
            ._read_group(
                self._report_domain("date_ready", figures),
                [field],
                [
                    "__count",
                    "on_time:avg",
                    "days_median:avg",
                    "score:avg",
                    "answers:sum",
                ],
                order="__count desc",
            )
        )
        return [
            {
                "name": record.name or "—",
                "count": self._number(count),
                "on_time": self._number(on_time),
                "days": self._number(days, 1),
                "score": self._number(score if answers >= FEWEST_ANSWERS else None, 1),
            }
            for record, count, on_time, days, score, answers in groups
        ]

    def _sendings(self, figures):
        groups = (
            self.env["service.desk.sending.report"]
            .sudo()
            ._read_group(
                self._report_domain("happened_at", figures),
                ["department_id"],
                ["recorded:sum", "told:sum", "hidden:sum"],
            )
        )
        return [
            {
                "name": unit.name or "—",
                "recorded": self._number(recorded),
                "told": self._number(told),
                "hidden": self._number(hidden),
            }
            for unit, recorded, told, hidden in groups
        ]
