from statistics import fmean, median

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.agency_base.tools import localize_digits
from odoo.addons.agency_base.tools.charts import bar_chart

from ..year_rules import QUARTERS

CHART = (560, 190)
YEARS = 3
# What each kind of table shows of some suggestions.
TABLES = {
    "received": (
        "received", "waiting", "set_aside", "accepted", "rejected", "accepted_share",
        "anonymous_share", "mean_score",
    ),
    "followed": (
        "accepted", "done", "done_share", "overdue", "rewarded", "decision_days",
        "done_days",
    ),
    "short": (
        "received", "waiting", "accepted", "rejected", "accepted_share", "done",
        "overdue", "decision_days",
    ),
}  # fmt: skip


class ReformSuggestionFigures(models.TransientModel):
    """The suggestions of a Jalali year in figures, on a screen and on paper.

    They are counted under the rules of whoever reads them, by the quarter in which a
    suggestion came; reviewers are named where their reviews may be seen.
    """

    _name = "reform.suggestion.figures"
    _description = "Figures of Suggestions"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    jalali_year = fields.Integer(
        "Year",
        required=True,
        default=lambda self: self.env["reform.body.record"]._this_quarter()[0],
    )
    committee_id = fields.Many2one("reform.committee", "Decided by")
    page = fields.Html(compute="_compute_page", sanitize=False)

    @api.depends("jalali_year")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for figures in self:
            figures.display_name = figures._title()

    @api.depends("jalali_year", "committee_id", "company_id")
    @api.depends_context("lang", "uid")
    def _compute_page(self):
        for figures in self:
            figures.page = self.env["ir.qweb"]._render(
                "admin_reform_committees.suggestion_figures_body",
                {"doc": figures, "figure": figures._figure},
            )

    def action_print(self):
        """Print the figures."""
        self.ensure_one()
        report = self.env.ref("admin_reform_committees.suggestion_figures_report")
        return report.report_action(self)

    # === What the page shows ===

    def _title(self):
        year = localize_digits(self.jalali_year, self.env.lang)
        return self.env._("The suggestions of %s in figures", year)

    def _figure(self, value, places=0):
        """Write a figure, or a dash where there is nothing to count."""
        if value is None:
            return "–"
        return self.env["reform.quarter.report"]._paper_figure(value, places)

    def _chosen(self, prefix="", years=None):
        chosen = Domain(f"{prefix}company_id", "=", self.company_id.id)
        chosen &= Domain(f"{prefix}jalali_year", "in", years or [self.jalali_year])
        if self.committee_id:
            chosen &= Domain(f"{prefix}committee_id", "=", self.committee_id.id)
        return chosen

    def _headings(self):
        return {
            "received": self.env._("Received"),
            "waiting": self.env._("Not decided"),
            "set_aside": self.env._("Set aside"),
            "accepted": self.env._("Accepted"),
            "rejected": self.env._("Rejected"),
            "accepted_share": self.env._("Accepted of decided (%)"),
            "anonymous_share": self.env._("Anonymous (%)"),
            "mean_score": self.env._("Reviewers' score (%)"),
            "done": self.env._("Carried out"),
            "done_share": self.env._("Carried out of accepted (%)"),
            "overdue": self.env._("Past the deadline"),
            "rewarded": self.env._("Rewarded"),
            "decision_days": self.env._("Days until the decision (median)"),
            "done_days": self.env._("Days until done (median)"),
        }

    def _columns(self, table):
        """Return the keys of a kind of table with their headings."""
        headings = self._headings()
        return [(name, headings[name]) for name in TABLES[table]]

    def _rows(self):
        return self.env["reform.suggestion.report"].search(self._chosen())

    def _summary(self, rows):
        """Return the figures of some suggestions."""
        decided = rows.filtered(lambda row: row.accepted or row.rejected)
        done = rows.filtered("done")
        accepted = sum(rows.mapped("accepted"))
        counted = ("waiting", "set_aside", "rejected", "overdue", "rewarded")
        return {name: sum(rows.mapped(name)) for name in counted} | {
            "received": len(rows),
            "accepted": accepted,
            "done": len(done),
            "accepted_share": self._share(accepted, len(decided)),
            "done_share": self._share(len(done), accepted),
            "anonymous_share": self._share(
                len(rows.filtered("is_anonymous")), len(rows)
            ),
            "mean_score": self._mean(
                [row.mean_score for row in rows if row.mean_score]
            ),
            "decision_days": self._median(decided.mapped("decision_days")),
            "done_days": self._median(done.mapped("done_days")),
        }

    @staticmethod
    def _median(days):
        return median(days) if days else None

    @staticmethod
    def _mean(values):
        return fmean(values) if values else None

    @staticmethod
    def _share(part, whole):
        return 100 * part / whole if whole else None

    def _participation(self, rows):
        """Return how many people suggested, and what share that is of the accounts.

        Who they are is in no figure; of the anonymous ones nobody knows even that.
        """
        # sudo: authors are counted, not named
        suggestions_sudo = self.env["reform.suggestion"].sudo().browse(rows.ids)
        authors_sudo = suggestions_sudo.author_id
        accounts = (
            self.env["res.users"]
            .sudo()
            .search_count(
                [("company_ids", "in", self.company_id.ids), ("share", "=", False)]
            )
        )
        return {
            "authors": len(authors_sudo),
            "anonymous": len(rows.filtered("is_anonymous")),
            "accounts": accounts,
            "share": self._share(
                len(authors_sudo.filtered(lambda author: not author.partner_share)),
                accounts,
            ),
            "per_hundred": self._share(len(rows), accounts),
        }

    def _by_year(self):
        """Return the figures of this year and of those before it, the newest first."""
        years = range(self.jalali_year, self.jalali_year - YEARS, -1)
        rows = self.env["reform.suggestion.report"].search(
            self._chosen(years=list(years))
        )
        parts = rows.grouped("jalali_year")
        return [
            (localize_digits(year, self.env.lang), self._summary(parts[year]))
            for year in years
            if year in parts
        ]

    def _by_quarter(self, rows):
        labels = dict(rows._fields["quarter"]._description_selection(self.env))
        parts = rows.grouped("quarter")
        return [
            (labels[quarter], self._summary(parts[quarter]))
            for quarter, _label in QUARTERS
            if quarter in parts
        ]

    def _by_field(self, rows, name, nothing):
        """Return the figures by committee or unit, those with most of them first."""
        # sudo: names of bodies and units are no secret
        parts = [
            (record.sudo().display_name if record else nothing, self._summary(part))
            for record, part in rows.grouped(name).items()
        ]
        return sorted(parts, key=lambda part: (-part[1]["received"], str(part[0])))

    def _chart(self, quarters):
        if not quarters:
            return None
        series = [
            (self.env._("Received"), "received"),
            (self.env._("Accepted"), "accepted"),
            (self.env._("Carried out"), "done"),
        ]
        return bar_chart(
            [label for label, _figures in quarters],
            [
                (label, [figures[key] for _quarter, figures in quarters])
                for label, key in series
            ],
            lang=self.env.lang or "en_US",
            title=self._title(),
            size=CHART,
        )

    def _reviewers(self):
        """Return what each reviewer was asked, gave, owes, and how high he marks."""
        today = self.env["reform.term.mixin"]._today()
        reviews = self.env["reform.suggestion.review"].search(
            self._chosen("suggestion_id.")
        )
        rows = []
        for reviewer, part in reviews.grouped("reviewer_id").items():
            given = part.filtered(lambda review: review.state == "given")
            owed = part - given
            late = owed.filtered(lambda review: review.due_on and review.due_on < today)
            rows.append(
                {
                    # sudo: whoever sees a review sees who gives it
                    "name": reviewer.sudo().name,
                    "asked": len(part),
                    "given": len(given),
                    "owed": len(owed),
                    "late": len(late),
                    "mean": self._mean(given.mapped("total")),
                }
            )
        return sorted(rows, key=lambda row: (-row["asked"], row["name"]))
