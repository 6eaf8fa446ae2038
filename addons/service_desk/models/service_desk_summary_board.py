from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

from .. import clock, texts
from .service_desk_month import FEWEST_ANSWERS

NEAR_PROMISES = 5
STALE_MINUTES = 15
LONG_MINUTES = 15
READERS = ("service_desk.group_supervisor", "service_desk.group_observer")


class HrDepartment(models.Model):
    _inherit = "hr.department"

    desk_reminded_at = fields.Datetime(
        "Reminded On", readonly=True, copy=False, help="Of its overdue files."
    )


class ServiceDeskSummary(models.Model):
    """What the supervisor's board asks of the server: one call for all of it."""

    _inherit = "service.desk.summary"

    @api.model
    def board_load(self, desk_id=False, fresh=False):
        """Return the board of one desk or of all, with the hour it was counted."""
        self._check_reader()
        company = self.env.company
        desks = self.env["service.desk"].search([("company_id", "=", company.id)])
        desk = desks.filtered(lambda desk: desk.id == desk_id)
        today = self._today(company)
        months = self.env["service.desk.month"]
        month = months._of(company, today, desk)
        # On a new day yesterday's figures are not today's: they are counted first.
        if fresh or not month or self._today(company, month.counted_at) != today:
            # sudo: counting writes the table; who may read the board may ask for it
            self.sudo()._count(company)
            month = months._of(company, today, desk)
        rows = self._rows(company, today, desk)
        counted = month.counted_at
        age = (clock.now() - counted).total_seconds() / 60
        return {
            "desks": [{"id": one.id, "name": one.name} for one in desks],
            "desk_id": desk.id,
            "day": texts.day_text(self.env, today, texts.DAY_YEAR),
            "as_of": texts.moment_text(self.env, counted, company),
            "is_stale": age > STALE_MINUTES,
            "cards": self._cards(rows, company, today, desk),
            "units": self._units(rows, company),
            "month": self._month(month, company, desk),
            "promises": self._near_promises(desk or desks, today),
            "counters": self._counters(desk),
        }

    @api.model
    def board_remind(self, department_id):
        """Remind a unit of its overdue files; once a day, however often pressed."""
        if not self.env.user.has_group("service_desk.group_supervisor"):
            raise AccessError(self.env._("Only supervisors remind units."))
        unit = self.env["hr.department"].search([("id", "=", department_id)])
        day_ago = clock.now() - timedelta(hours=20)
        # sudo: the stamp of the reminder is all that is written to the unit
        unit_sudo = unit.sudo()
        if not unit_sudo.desk_reminded_at or unit_sudo.desk_reminded_at < day_ago:
            unit_sudo.desk_reminded_at = clock.now()
            count = self.env["service.desk.request"].search_count(
                [("department_id", "=", unit.id), ("is_overdue", "=", True)]
            )
            self.env["mail.thread"].message_notify(
                partner_ids=unit.desk_liaison_ids.partner_id.ids,
                subject=self.env._("Overdue files of %s", unit.name),
                body=texts.counted(
                    self.env,
                    count,
                    self.env._(
                        "A file of your unit is past its promised date. Please answer "
                        "it today, or say why it takes longer."
                    ),
                    self.env._(
                        "%s files of your unit are past their promised date. Please "
                        "answer them today, or say why it takes longer."
                    ),
                ),
            )
        return self._reminded_text(unit_sudo)

    @api.model
    def _check_reader(self):
        if not any(self.env.user.has_group(group) for group in READERS):
            raise AccessError(self.env._("The board is for supervisors and observers."))

    @api.model
    def _rows(self, company, day, desk):
        domain = [("company_id", "=", company.id), ("day", "=", day)]
        if desk:
            domain.append(("desk_id", "=", desk.id))
        return self.search(domain)

    @api.model
    def _cards(self, rows, company, today, desk):
        """Return the five figures; the first is the one that must not be there."""
        before = self._rows(company, today - timedelta(days=1), desk)
        text = self._digits
        overdue = sum(rows.mapped("overdue_count"))
        more = overdue - sum(before.mapped("overdue_count"))
        note = self.env._("no file is overdue") if not overdue else ""
        if overdue and before and more:
            note = (
                self.env._("%s more than yesterday", text(more))
                if more > 0
                else self.env._("%s fewer than yesterday", text(-more))
            )
        waiting, longest = self._waiting(desk, company)
        return [
            self._card("overdue", overdue, note),
            self._card(
                "today",
                sum(rows.mapped("today_count")),
                self.env._(
                    "%s of them ready", text(sum(rows.mapped("today_ready_count")))
                ),
            ),
            self._card(
                "incomplete",
                sum(rows.mapped("incomplete_count")),
                self.env._("their days are not counted"),
            ),
            self._card(
                "returned",
                sum(rows.mapped("returned_count")),
                self.env._("to be sent again or answered"),
            ),
            self._card(
                "waiting",
                waiting,
                self.env._("longest: %s", self._minutes_text(longest))
                if waiting
                else "",
            ),
        ]

    @api.model
    def _minutes_text(self, minutes):
        one, many = self.env._("1 minute"), self.env._("%s minutes")
        return texts.counted(self.env, minutes, one, many)

    @api.model
    def _digits(self, number):
        text = texts.number_text(self.env, number)
        return text.replace(".", "٫") if texts.is_persian(self.env) else text

    @api.model
    def _card(self, key, count, note):
        return {"key": key, "count": count, "text": self._digits(count), "note": note}

    @api.model
    def _waiting(self, desk, company):
        """Return how many wait in the halls now and the minutes of the longest wait."""
        domain = [("company_id", "=", company.id), ("state", "=", "waiting")]
        domain.append(("day", "=", self._today(company)))
        if desk:
            domain.append(("desk_id", "=", desk.id))
        tickets = self.env["service.desk.ticket"]
        count, first = tickets._read_group(
            domain, aggregates=["__count", "drawn_at:min"]
        )[0]
        return count, int((clock.now() - first).total_seconds() // 60) if first else 0

    @api.model
    def _units(self, rows, company):
        """Return the units, those with most overdue files first."""
        units = []
        for unit, of_unit in rows.grouped("department_id").items():
            if not unit:
                continue
            overdue = sum(of_unit.mapped("overdue_count"))
            days = max(of_unit.mapped("overdue_days"))
            units.append(
                {
                    "id": unit.id,
                    "name": unit.name,
                    "count": overdue,
                    "text": self._digits(overdue),
                    "note": self.env._("up to %s", texts.days_text(self.env, days))
                    if overdue
                    else self.env._("nothing overdue"),
                    "reminded": self._reminded_text(unit.sudo()),
                }
            )
        return sorted(units, key=lambda unit: (-unit["count"], unit["name"]))

    @api.model
    def _reminded_text(self, unit_sudo):
        moment = unit_sudo.desk_reminded_at
        if not moment or moment < clock.now() - timedelta(hours=20):
            return ""
        company = unit_sudo.company_id or self.env.company
        hour = texts.moment_text(self.env, moment, company)
        return self.env._("Reminded: %s", hour)

    @api.model
    def _month(self, month, company, desk):
        """Return the figures below the units, as they were counted."""
        past = month._of(company, month.first - timedelta(days=1), desk)
        text = self._digits
        on_time = month._on_time()
        sign = "٪" if texts.is_persian(self.env) else "%"
        return {
            "on_time": "—" if on_time is None else text(on_time) + sign,
            "median": texts.days_text(self.env, round(month.median_days))
            if month.finished
            else "—",
            "sent": texts.counted(
                self.env, month.sent, self.env._("1 person"), self.env._("%s people")
            ),
            "score": self.env._("%s of 5", text(round(past.score, 1)))
            if past.answers >= FEWEST_ANSWERS
            else "—",
        }

    @api.model
    def _near_promises(self, desks, today):
        requests = self.env["service.desk.request"]
        # By desk even where all are shown: that is how the index is built.
        domain = [
            ("desk_id", "in", desks.ids),
            ("date_promised", "=", today),
            ("state", "in", ("ready", "registered", "referred")),
            ("company_id", "=", self.env.company.id),
        ]
        labels = dict(requests._fields["state"]._description_selection(self.env))
        return [
            {
                "id": request.id,
                "service": request.service_id.name,
                "who": texts.join(
                    self.env, (request.department_id.name, request.client_name)
                ),
                "state": request.state,
                "label": labels[request.state],
            }
            for request in requests.search(
                domain, order="date_deadline, id", limit=NEAR_PROMISES
            )
        ]

    @api.model
    def _counters(self, desk):
        """Return what each counter does now, as far as the queue knows."""
        counters = self.env["service.desk.counter"].search(
            [
                ("company_id", "=", self.env.company.id),
                *([("desk_id", "=", desk.id)] if desk else []),
            ]
        )
        tickets = self.env["service.desk.ticket"].search(
            [
                ("counter_id", "in", counters.ids),
                ("day", "=", self._today(self.env.company)),
            ],
            order="called_at desc",
        )
        rows = []
        for counter in counters:
            last = tickets.filtered(lambda one, place=counter: one.counter_id == place)
            rows.append(self._counter_row(counter, last[:1]))
        return rows

    @api.model
    def _counter_row(self, counter, ticket):
        row = {
            "id": counter.id,
            "number": self._digits(counter.number),
            "desk": counter.desk_id.name,
            "person": ticket.user_id.name or "",
            "state": "closed",
            "note": "",
        }
        if ticket.state == "called":
            minutes = int((clock.now() - ticket.called_at).total_seconds() // 60)
            row["state"] = "long" if minutes > LONG_MINUTES else "busy"
            row["note"] = self.env._(
                "number %(number)s, %(minutes)s",
                number=self._digits(ticket.number),
                minutes=self._minutes_text(minutes),
            )
        elif ticket:
            row["state"] = "free"
        return row
