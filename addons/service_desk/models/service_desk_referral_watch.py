from datetime import timedelta

from odoo import api, fields, models

from .. import clock, texts
from .service_desk_referral import OPEN_REFERRALS

BATCH = 500


class ServiceDeskReferral(models.Model):
    """Reminders before the deadline and escalation after it, in working hours only."""

    _inherit = "service.desk.referral"

    reminded_at = fields.Datetime(readonly=True, copy=False)
    escalated_at = fields.Datetime(readonly=True, copy=False)

    def _give_to(self, user):
        """Let ``user`` answer for the unit, and take over what is to be done."""
        for referral in self:
            referral._set_stamps({"user_id": user.id})
            referral.activity_ids.write({"user_id": user.id})
            referral.request_id._log("handed_over", user.name, referral.department_id)

    @api.model
    def _cron_watch(self):
        """Remind and escalate once each, while the unit is at work."""
        # Each company has its own days.
        companies = self.env["res.company"].search([])  # pylint: disable=no-search-all
        for company in companies:
            self.with_company(company)._watch_company(company)

    @api.model
    def _watch_company(self, company):
        now = clock.now()
        visits = self.env["service.desk.visit"]
        last = visits._today() + timedelta(days=company.desk_remind_days)
        horizon = visits._day_bounds(last)[1]
        running = [
            ("company_id", "=", company.id),
            ("state", "in", OPEN_REFERRALS),
            ("kind", "=", "file"),
        ]
        late = self.search(
            [*running, ("date_due", "<", now), ("escalated_at", "=", False)],
            limit=BATCH,
        )
        soon = self.search(
            [
                *running,
                ("date_due", ">=", now),
                ("date_due", "<", horizon),
                ("reminded_at", "=", False),
            ],
            limit=BATCH,
        )
        for referral in late._at_work(now):
            referral._escalate(now)
            self.env["ir.cron"]._commit_progress(1)
        for referral in soon._at_work(now):
            referral._remind(now)
            self.env["ir.cron"]._commit_progress(1)

    def _at_work(self, now):
        """Return those whose unit works at this moment: nobody is woken at night."""
        at_work = self.browse()
        for calendar, referrals in self.grouped(
            lambda referral: referral.department_id._desk_calendar()
        ).items():
            if calendar._desk_shifts(now, now + timedelta(minutes=1)):
                at_work |= referrals
        return at_work

    def _remind(self, now):
        self._set_stamps({"reminded_at": now})
        due = texts.moment_text(self.env, self.date_due, self.company_id)
        self._ask(self.user_id, self.env._("The answer is due on %s.", due))

    def _escalate(self, now):
        """Tell the head of the unit and the desk's representative that it is late."""
        self._set_stamps({"escalated_at": now})
        sentence = self.env._(
            "%(unit)s is late with the answer to %(request)s.",
            unit=self.department_id.name,
            request=self.request_id.display_name,
        )
        for user in self._superiors():
            self._ask(user, sentence)
        self.request_id._log("escalated", False, self.department_id)

    def _superiors(self):
        head = self.department_id.manager_id.user_id
        desk = self.request_id.desk_id
        return (head | desk.representative_id) or self.user_id

    def _ask(self, user, sentence):
        if user:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=sentence,
                user_id=user.id,
                date_deadline=self.request_id._today(),
            )
