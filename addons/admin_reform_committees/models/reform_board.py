from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import float_round

from odoo.addons.agency_base.tools import localize_digits
from odoo.addons.jalali_calendar.tools import quarter_bounds, to_jalali, year_bounds

from ..texts import day_text
from ..year_rules import QUARTERS, quarters_reached
from .reform_resolution import OPEN_STATES

HELD = ("held", "minutes_review", "approved")
KINDS = ("committee", "working_group")
ASKS, COMING = 8, 6


class ReformBoard(models.AbstractModel):
    """The board: bodies side by side, with what each planned and what came of it.

    The council's chair sees the bodies below; a secretary those he runs, a manager
    those whose resolutions he approves. Resolutions and programmes are counted under
    record rules; how many meetings a body held, and how far a report of it is, are
    told to all who see the body.
    """

    _name = "reform.board"
    _description = "Board of the Bodies"

    @api.model
    def board_open(self, year=False, whose="council"):
        """Return the bodies side by side, for a Jalali year."""
        committees = self.env["reform.committee"]
        committees.check_access("read")
        today = self.env["reform.term.mixin"]._today()
        year = int(year or to_jalali(today)[0])
        bodies = committees.search(self._bodies(whose), order="sequence, code")
        late = (
            Domain("committee_id", "in", bodies.ids)
            & Domain("state", "in", OPEN_STATES)
            & Domain("due_on", "<", today)
        )
        cards = self._cards(bodies, year, today, late)
        planned, realised = self._mean(cards)
        return {
            "year": year,
            "this_year": to_jalali(today)[0],
            "today": day_text(self.env, today, "d MMMM"),
            "as_of": fields.Datetime.to_string(fields.Datetime.now()),
            "council": bodies.parent_id[:1].name or "",
            "whose": whose,
            "planned": planned,
            "realised": realised,
            "cards": cards,
            "overdue": self._overdue(late, today),
            "coming": self._coming(bodies, year, today),
        }

    @api.model
    def _bodies(self, whose):
        if whose == "mine":
            return Domain("user_runs", "=", True)
        if whose == "approved":
            return Domain("user_decides", "=", True)
        return Domain("kind", "in", KINDS)

    def _cards(self, bodies, year, today, late):
        resolutions = self.env["reform.resolution"]
        first, last = year_bounds(year)
        of_year = (
            Domain("committee_id", "in", bodies.ids)
            & Domain("meeting_date", ">=", first)
            & Domain("meeting_date", "<=", last)
        )
        counted = of_year & Domain(
            "state", "not in", ("draft", "superseded", "revoked")
        )
        held = self._by_body(
            self.env["reform.meeting"].sudo(),  # a number only
            Domain("committee_id", "in", bodies.ids)
            & Domain("jalali_year", "=", year)
            & Domain("state", "in", HELD),
        )
        total = self._by_body(resolutions, counted)
        verified = self._by_body(
            resolutions, counted & Domain("state", "=", "verified")
        )
        overdue = self._by_body(resolutions, late)
        course = self._course(bodies, year)
        reports = self._reports(bodies, year, today)
        return [
            {
                "id": body.id,
                "name": body.name,
                "secretary": body.secretary_id.name or "",
                "held": held.get(body, 0),
                "planned": body.meetings_per_year,
                "total": total.get(body, 0),
                "verified": verified.get(body, 0),
                "late": overdue.get(body, 0),
                "quarters": reports[body.id],
                **self._realisation(course.get(body.id), year, today),
            }
            for body in bodies
        ]

    def _by_body(self, model, domain):
        return dict(model._read_group(domain, ["committee_id"], ["__count"]))

    # === The programme of the year ===

    def _course(self, bodies, year):
        """Return the programme of each body with what was due and done by quarter."""
        plans = self.env["reform.plan"].search(
            Domain("committee_id", "in", bodies.ids)
            & Domain("jalali_year", "=", year)
            & Domain("state", "in", ("approved", "closed"))
        )
        return {plan.committee_id.id: plan for plan in plans}

    def _realisation(self, plan, year, today):
        if not plan:
            return {"share": None, "threshold": 0, "points": [], "behind": False}
        reached = quarters_reached(year, today)
        points = [
            {
                "planned": round(plan[f"planned_{quarter}"]),
                "realised": round(plan[f"realised_{quarter}"])
                if quarter <= reached
                else None,
            }
            for quarter in range(1, 5)
        ]
        # as lists and forms show it, where half a percent counts as one
        share = int(float_round(plan.realisation_percent, precision_digits=0))
        return {
            "share": share if plan.planned_percent else None,
            "threshold": plan.threshold,
            "points": points,
            "behind": plan.is_behind,
            "due": round(plan.planned_percent),
            "done": round(plan.realised_percent),
        }

    def _mean(self, cards):
        """Return what was due and what was done, in the mean of all programmes."""
        known = [card for card in cards if card["points"]]
        if not known:
            return None, None
        return (
            round(sum(card["due"] for card in known) / len(known)),
            round(sum(card["done"] for card in known) / len(known)),
        )

    # === Reports by quarter ===

    def _reports(self, bodies, year, today):
        """Return the state of each quarter's report, for each body."""
        reports = self.env["reform.quarter.report"]
        asked = Domain("committee_id", "in", bodies.ids)
        asked &= Domain("jalali_year", "=", year)
        # sudo: how far each is; what it says is opened by its readers alone
        every = reports.sudo().search(asked, order="id")
        found = {(each.committee_id.id, each.quarter): each for each in every}
        readable = set(reports.search(asked).ids)
        labels = dict(
            self.env["reform.quarter.report"]
            ._fields["quarter"]
            ._description_selection(self.env)
        )
        result = {body.id: [] for body in bodies}
        for body_id, tiles in result.items():
            for quarter, _label in QUARTERS:
                report = found.get((body_id, quarter), reports)
                tiles.append(
                    {
                        "quarter": quarter,
                        "name": labels[quarter],
                        "id": report.id if report.id in readable else False,
                        "state": self._quarter_state(report, year, int(quarter), today),
                    }
                )
        return result

    def _quarter_state(self, report, year, quarter, today):
        if report:
            returned = report.state == "draft" and report.reason
            return "returned" if returned else report.state
        begin, end = quarter_bounds(year, quarter)
        if begin > today:
            return "ahead"
        return "missing" if end < today else "running"

    # === Lists ===

    def _overdue(self, late, today):
        """Return what is overdue the longest, first what waits for the reader."""
        desk, resolutions = self.env["reform.desk"], self.env["reform.resolution"]
        mine = [
            entry["id"]
            for find in (desk._to_approve, desk._to_verify, desk._to_grant)
            for entry in find()
        ]
        asking, overdue = (
            resolutions.search(domain, order="due_on, id", limit=ASKS)
            for domain in (late & Domain("id", "in", mine), late)
        )
        return [
            {
                "id": each.id,
                "number": each.number,
                "text": each.text,
                # sudo: whoever sees a resolution sees who must do it
                "who": each.sudo().responsible_id.name or "",
                "days": (today - each.due_on).days,
                "asks": each in asking,
            }
            for each in (asking | overdue)[:ASKS]
        ]

    def _coming(self, bodies, year, today):
        meetings = self.env["reform.meeting"].search(
            Domain("committee_id", "in", (bodies | bodies.parent_id).ids)
            & Domain("start_at", ">=", fields.Datetime.now())
            & Domain("state", "in", ("draft", "convened")),
            order="start_at",
            limit=COMING,
        )
        coming = [
            {
                "key": f"meeting-{meeting.id}",
                "date": fields.Date.to_string(meeting.meeting_date),
                "day": day_text(self.env, meeting.meeting_date, "d MMMM"),
                "name": self.env._(
                    "%(body)s (items: %(count)s)",
                    body=meeting.committee_id.name,
                    count=localize_digits(len(meeting.item_ids), self.env.lang),
                ),
            }
            for meeting in meetings
        ]
        reached = quarters_reached(year, today)
        if 0 < reached <= len(QUARTERS) and to_jalali(today)[0] == year:
            end = quarter_bounds(year, reached)[1]
            coming.append(
                {
                    "key": "quarter",
                    "date": fields.Date.to_string(end),
                    "day": day_text(self.env, end, "d MMMM"),
                    "name": self.env._("The quarter ends: reports are due"),
                }
            )
        return sorted(coming, key=lambda each: each["date"])
