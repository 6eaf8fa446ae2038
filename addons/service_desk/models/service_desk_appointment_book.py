from psycopg2.errors import UniqueViolation

from odoo import fields, models
from odoo.exceptions import UserError

from .. import clock, texts
from .service_desk_reception import LEAD

BOOKABLE_STATES = ("registered", "referred", "ready")


class ServiceDeskAppointment(models.Model):
    """An appointment that the client chose himself."""

    _inherit = "service.desk.appointment"
    _state_stamps = {"reception_id", "is_own_choice"}

    reception_id = fields.Many2one(
        "service.desk.reception", readonly=True, copy=False, ondelete="restrict"
    )
    is_own_choice = fields.Boolean(
        "Chosen by the Client", readonly=True, copy=False, help="On the tracking page."
    )

    _time_is_taken_once = models.UniqueIndex(
        "(reception_id, date_start) WHERE state = 'planned'",
        "This time is no longer free; choose another.",
    )

    def _shown_values(self):
        """Return what the tracking page shows of an appointment."""
        self.ensure_one()
        return {
            "moment": texts.moment_text(self.env, self.date_start, self.company_id),
            "place": self._place_text(),
            "unit": self.department_id.name,
            "person": self._person_text(),
            "note": self.note or "",
            "can_cancel": self.date_start - LEAD > clock.now(),
        }


class ServiceDeskRequest(models.Model):
    """Choosing a time, from the tracking page: the client was let in."""

    _inherit = "service.desk.request"

    def _planned_appointment(self):
        # sudo: the client's own appointment
        return (
            self.env["service.desk.appointment"]
            .sudo()
            .search(
                [
                    ("request_id", "=", self.id),
                    ("state", "=", "planned"),
                    ("date_start", ">", clock.now()),
                ],
                order="date_start",
                limit=1,
            )
        )

    def _needs_presence(self):
        """Tell whether the sheet says that the client must see an expert."""
        self.ensure_one()
        facts = self.version_id._whole_content()["facts"] if self.version_id else {}
        return bool(facts.get("needs_presence")) and self.state in BOOKABLE_STATES

    def _appointment_values(self):
        """Return the client's appointment and whether he may choose one."""
        if not self._needs_presence():
            return {"shown": False, "can_book": False}
        planned = self._planned_appointment()
        return {
            "shown": planned and planned._shown_values(),
            "can_book": not planned,
        }

    def _appointment_unit(self):
        # sudo: the unit that has the file is public
        return self.sudo().department_id or self.sudo().service_id.department_id

    def _free_days(self):
        """Return the free times as the page shows them, day by day."""
        self.ensure_one()
        unit = self._appointment_unit()
        days = {}
        for hours, start in self.env["service.desk.reception"]._free_times(unit):
            local = unit._desk_calendar()._desk_local(start)
            days.setdefault(local.date(), {}).setdefault(
                f"{local:%H:%M}", f"{hours.id}.{start:%Y%m%d%H%M}"
            )
        return [
            {
                "day": texts.day_text(self.env, day),
                "times": [
                    {"choice": choice, "hour": texts.number_text(self.env, hour)}
                    for hour, choice in times.items()
                ],
            }
            for day, times in days.items()
        ]

    def _book_online(self, choice):
        """Make the appointment the client chose; raise UserError in words for him.

        A choice is only looked up among the times that are free: it proves nothing.
        """
        self.ensure_one()
        if not self._needs_presence():
            raise UserError(self.env._("This request needs no appointment."))
        self._hold()
        if self._planned_appointment():
            return
        unit = self._appointment_unit()
        free = {
            f"{hours.id}.{start:%Y%m%d%H%M}": (hours, start)
            for hours, start in self.env["service.desk.reception"]._free_times(unit)
        }
        # Somebody took it, the hour has come or the day became a holiday.
        taken = self.env._("This time is no longer free; choose another.")
        if choice not in free:
            raise UserError(taken)
        hours, start = free[choice]
        appointments_sudo = self.env["service.desk.appointment"].sudo()
        try:
            with self.env.cr.savepoint():
                made = appointments_sudo.create(
                    {
                        "request_id": self.id,
                        "department_id": unit.id,
                        "place": hours.place,
                        "room": hours.room,
                        "expert_id": hours.expert_id.id,
                        "expert_name": hours.expert_name,
                        "note": hours.note,
                        "date_start": start,
                    }
                )
                made._set_stamps({"reception_id": hours.id, "is_own_choice": True})
                made.flush_recordset()
        except UniqueViolation as error:
            raise UserError(taken) from error

    def _cancel_online(self):
        """Call the appointment off, as long as the expert can still be told."""
        self.ensure_one()
        planned = self._planned_appointment()
        if planned and planned.date_start - LEAD > clock.now():
            planned.action_cancel()
