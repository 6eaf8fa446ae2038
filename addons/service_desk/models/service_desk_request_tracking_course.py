from odoo import models
from odoo.tools import SQL

from odoo.addons.agency_base.tools.known import read_where

from .. import texts
from .service_desk_referral import OPEN_REFERRALS


class ServiceDeskRequest(models.Model):
    """How far a request has come, as its client reads it: the steps and who has it."""

    _inherit = "service.desk.request"

    def _tracked_referrals(self):
        """Return the files sent to units; what closed well needs them no more."""
        referrals = self.env["service.desk.referral"]
        if self.state not in ("incomplete", "registered", "referred"):
            return referrals
        return read_where(
            referrals,
            ["state", "outcome", "department_id"],
            SQL("request_id = %s AND kind = 'file' ORDER BY id DESC", self.id),
        )

    def _running_of(self, referrals):
        """Return what units work on; nothing while the client is waited for."""
        if self.state != "referred":
            return referrals.browse()
        return referrals.filtered(lambda file: file.state in OPEN_REFERRALS)

    # === Who has it ===

    def _tracking_places(self, referrals):
        """Return where the file is now and who answers there; nowhere once closed."""
        desk = self.desk_id
        if self.state in ("delivered", "informed", "cancelled"):
            return []
        if self.state == "rejected" and self.department_id:
            unit = self.department_id
            return [self._unit_place(unit, self.env._("Answers: %s", unit.name))]
        if self.state == "referred":
            units = self._running_of(referrals).department_id or self.department_id
            return [
                self._unit_place(unit, self.env._("Now with: %s", unit.name))
                for unit in units
            ]
        title = desk.name
        if self.state == "registered":
            title = self.env._("Now at the desk: %s", desk.name)
        return [self._place(desk.name, title, desk.phone, desk._get_calendar())]

    def _unit_place(self, unit, title):
        phone = unit.desk_phone or self.desk_id.phone
        return self._place(unit.name, title, phone, unit._desk_calendar())

    def _place(self, name, title, phone, calendar):
        return {
            "name": name,
            "title": title,
            "phone": phone,
            "hours": texts.hours_text(self.env, calendar),
        }

    # === How far it is ===

    def _tracking_steps(self, content, referrals):
        """Return the steps of the sheet as done, present or still to come."""
        public = [step for step in content.get("step_ids", ()) if step["is_public"]]
        first = public[0]["name"] if public else self.env._("Registered at the desk")
        last = public[-1]["name"] if len(public) > 1 else self.env._("Delivery")
        begun = self._step(first, "done", self.date_registered)
        if self.state in ("rejected", "cancelled"):
            label = dict(self._fields["state"]._description_selection(self.env))
            return [begun, self._step(label[self.state], "stopped", self.date_closed)]
        if self.state == "informed":
            # The client was told the way; he goes it himself.
            return [begun, *(self._step(step["name"], "todo") for step in public[1:])]
        middle = public[1:-1] or [{"name": self.env._("Review"), "days": 0}]
        if self.mode == "on_the_spot":
            middle = []
        return [begun, *self._middle_steps(middle, referrals), self._last_step(last)]

    def _middle_steps(self, lines, referrals):
        """Return what lies between the first step and the last.

        A step is done when its unit has answered, and present while the file is there;
        where none is present, what the request waits for stands before the next one.
        """
        if self.state in ("ready", "delivered"):
            steps = [self._step_of(line, "done") for line in lines]
            if steps:
                ready = texts.moment_text(self.env, self.date_ready, self.company_id)
                steps[-1]["note"] = ready
            return steps
        statuses = self._statuses_of(lines, referrals)
        steps = [self._step_of(*both) for both in zip(lines, statuses, strict=True)]
        if "now" not in statuses:
            ahead = statuses.index("todo") if "todo" in statuses else len(steps)
            steps.insert(ahead, self._waiting_step(referrals))
        return steps

    def _statuses_of(self, lines, referrals):
        """Return how it stands with each of ``lines``, by what their units answered."""
        running = self._running_of(referrals)
        answered = referrals.filtered(lambda file: file.outcome == "done")
        there = set(running.department_id.mapped("name"))
        through = set(answered.department_id.mapped("name")) - there
        statuses = []
        for line in lines:
            unit = line.get("department")
            statuses.append("done" if unit in through else "todo")
            if unit in there:
                # What else the unit does comes after it.
                there.remove(unit)
                statuses[-1] = "now"
        return statuses

    def _waiting_step(self, referrals):
        """Return what goes on now where the sheet has no step for it."""
        if self.state == "incomplete":
            step = self._step(self.env._("Completing the documents"), "now")
            return step | {"note": self.env._("Now: we are waiting for you")}
        if self.state == "referred":
            step = self._step(self.env._("Review"), "now")
            units = (
                self._running_of(referrals).department_id or self.department_id
            ).mapped("name")
            return step | {"note": texts.join(self.env, units)}
        return self._step(self.env._("In turn at the desk"), "now")

    def _step_of(self, line, status):
        days = line.get("days")
        time = texts.duration_text(self.env, days, "days") if days else ""
        note = texts.join(self.env, (line.get("department"), time))
        return self._step(line["name"], status) | {"note": note}

    def _last_step(self, name):
        if self.date_closed:
            return self._step(name, "done", self.date_closed)
        if self.state == "ready":
            step = self._step(name, "now")
            return step | {"note": self.env._("Bring your national card")}
        return self._step(name, "todo")

    def _step(self, name, status, moment=None):
        note = texts.moment_text(self.env, moment, self.company_id) if moment else ""
        return {"name": name, "status": status, "note": note}
