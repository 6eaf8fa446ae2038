from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

KEPT_STEPS = 30
DONE = ("submitted", "returned", "accepted", "closed")


class AuditScheduleBoard(models.Model):
    """What the board of teams and days shows, and the moves made on it."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.schedule"

    @api.readonly
    def get_board(self):
        """Return the board: ``days``, ``past``, ``teams``, ``lines`` and ``figures``.

        A team has ``absent`` and ``shared`` days as dates; a line has its place, or the
        cause and the cheapest way out.
        """
        self.ensure_one()
        self.check_access("read")
        problem = self._problem() if self._days() and self.line_ids else None
        return {
            "revision": self.revision,
            "state": self.state,
            "is_editable": self._is_editable(),
            "can_undo": bool(self.history),
            "days": [fields.Date.to_string(day) for day in self._days()],
            "past": self._past(),
            "teams": self._board_teams(problem),
            "lines": [self._board_line(line) for line in self.line_ids],
            "causes": dict(
                self.env["audit.schedule.line"]
                ._fields["cause"]
                ._description_selection(self.env)
            ),
            "figures": {
                "cost": self.cost,
                "first_cost": self.first_cost,
                "spread": self.spread,
                "unplaced": self.unplaced_count,
                "done": self._visited_count(),
                "units": self.phase_id.unit_count,
            },
        }

    @api.readonly
    def get_prices(self, line_id):
        """Return what it would cost to put a line elsewhere.

        ``{"<team id>/<day>": {"cost": change} or {"cause": what forbids it}}``.
        """
        self.ensure_one()
        self.check_access("read")
        line = self._line(line_id)
        plan = self._plan(self._problem())
        problem = plan.problem
        number = problem.lines.index(line)
        before = plan.cost
        if plan.where[number] is not None:
            plan.take(number)
        without = plan.cost - plan.waiting(number)
        prices = {}
        for team_number, team in enumerate(problem.the_teams):
            for day_number, day in enumerate(problem.the_days):
                cause = next(plan.obstacles(number, team_number, day_number), None)
                change = without + plan.price(number, team_number, day_number) - before
                prices[f"{team.id}/{day}"] = (
                    {"cause": cause} if cause else {"cost": round(change)}
                )
        return prices

    def move(self, line_id, team_id, day, revision):
        """Put a line to a team and a day, or nowhere; return the new board.

        Raise UserError naming the rule that forbids it. The board tells ``changed`` if
        somebody else moved something since ``revision``.
        """
        self._check_editable()
        self._hold()
        line = self._line(line_id)
        if line.is_fixed:
            raise UserError(
                self.env._(
                    "%(unit)s is pinned or begun: it stays.", unit=line.unit_id.name
                )
            )
        step = [line.id, line.team_id.id, fields.Date.to_string(line.day) or False]
        changed = revision != self.revision
        self._put(line, team_id, fields.Date.to_date(day))
        # sudo: steps are kept by moving only
        self.sudo().history = [*(self.history or []), step][-KEPT_STEPS:]
        return self.get_board() | {"changed": changed}

    def undo(self):
        """Take the last move back; return the new board."""
        self._check_editable()
        self._hold()
        if not self.history:
            raise UserError(self.env._("There is nothing to take back."))
        *rest, (line_id, team_id, day) = self.history
        self._put(self._line(line_id), team_id, fields.Date.to_date(day))
        # sudo: steps are kept by moving only
        self.sudo().history = rest
        return self.get_board()

    def _put(self, line, team_id, day):
        plan = self._plan(self._problem())
        problem = plan.problem
        number = problem.lines.index(line)
        if plan.where[number] is not None:
            plan.take(number)
        if team_id and day:
            place = self._place(problem, team_id, day)
            cause = next(plan.obstacles(number, *place), None)
            if cause:
                raise UserError(
                    self.env._(
                        "%(unit)s cannot be put there: %(cause)s.",
                        unit=line.unit_id.name,
                        cause=self._cause_label(cause),
                    )
                )
            plan.put(number, *place)
        self._keep(plan, explain_all=True)

    def _place(self, problem, team_id, day):
        if team_id not in problem.the_teams.ids or day not in problem.the_days:
            raise UserError(self.env._("This team and day are not on the board."))
        return problem.the_teams.ids.index(team_id), problem.the_days.index(day)

    def _line(self, line_id):
        line = self.line_ids.filtered(lambda line: line.id == line_id)
        if not line:
            raise UserError(self.env._("This unit is not on the board any more."))
        return line

    def _cause_label(self, cause):
        field = self.env["audit.schedule.line"]._fields["cause"]
        return dict(field._description_selection(self.env))[cause]

    def _is_editable(self):
        return self.state == "proposed" and self.has_access("write")

    def _check_editable(self):
        self.ensure_one()
        self.check_access("write")
        if self.state != "proposed":
            raise UserError(self.env._("Only a proposal is changed by hand."))
        if not self.env.user.has_group("audit_checklist.group_programme_officer"):
            raise AccessError(self.env._("Programme officers plan the visits."))

    # === What is shown ===
    def _board_teams(self, problem):
        teams = []
        for number, team in enumerate(self._teams()):
            absent, shared = [], []
            if problem:
                days = problem.the_days
                absent = [
                    str(days[day]) for day in sorted(problem.teams[number].absent)
                ]
                rivals = {problem.the_teams[rival] for rival in problem.rivals[number]}
                shared = [
                    str(line.day)
                    for line in self.line_ids
                    if line.day and line.team_id in rivals
                ]
            teams.append(
                {
                    "id": team.id,
                    "number": team.number,
                    "names": team._members_on(self.date_from).user_id.mapped("name"),
                    "absent": absent,
                    "shared": shared,
                }
            )
        return teams

    def _board_line(self, line):
        unit = line.unit_id
        return {
            "id": line.id,
            "unit": unit.name,
            "zone": unit.zone_id.name or "",
            "visitors": unit.visitors_per_day,
            "has_place": bool(unit.latitude or unit.longitude),
            "team_id": line.team_id.id,
            "day": fields.Date.to_string(line.day) or False,
            "sequence": line.sequence,
            "is_fixed": line.is_fixed,
            "cause": line.cause,
            "way_out": line.way_out or False,
        }

    def _visited_count(self):
        """Return how many units of the phase were visited, each once."""
        [[count]] = self.env["audit.visit"]._read_group(
            [
                ("phase_id", "=", self.phase_id.id),
                ("unit_id", "in", self.phase_id.unit_ids.ids),
                ("state", "in", DONE),
            ],
            aggregates=["unit_id:count_distinct"],
        )
        return count

    def _past(self):
        """Return how many visits each team made, or could not, on the days before."""
        past = {}
        for team, day, state, count in self.env["audit.visit"]._read_group(
            [
                ("phase_id", "=", self.phase_id.id),
                ("planned_on", "<", self.date_from),
                ("team_id", "!=", False),
                ("state", "in", (*DONE, "no_access")),
            ],
            ["team_id", "planned_on:day", "state"],
            ["__count"],
            order="planned_on:day",
        ):
            cells = past.setdefault(fields.Date.to_string(day), {})
            cell = cells.setdefault(team.id, {"done": 0, "no_access": 0})
            cell["no_access" if state == "no_access" else "done"] += count
        return [{"day": day, "teams": teams} for day, teams in past.items()]
