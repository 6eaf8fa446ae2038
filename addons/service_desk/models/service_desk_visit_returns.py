from datetime import datetime, time, timedelta

import pytz

from odoo import api, models

from .. import texts

LONGEST_LIST = 40


class ServiceDeskVisit(models.Model):
    """Who is expected at the desk today: returns and appointments."""

    _inherit = "service.desk.visit"

    @api.model
    def counter_returns(self, counter_id):
        """Return appointments by the hour, then who is expected back, ready first."""
        desk = self._own_counter(counter_id).desk_id
        today = self._today()
        begin, end = self._day_bounds(today)
        delivered = self.env["service.desk.request"].search_count(
            [
                ("desk_id", "=", desk.id),
                ("state", "=", "delivered"),
                ("date_closed", ">=", begin),
                ("date_closed", "<", end),
            ]
        )
        rows = self._appointment_rows(desk, begin, end) + self._return_rows(desk, today)
        return {"rows": rows, "delivered": delivered}

    def _return_rows(self, desk, today):
        requests = self.env["service.desk.request"]
        expected = requests.search(
            [
                ("desk_id", "=", desk.id),
                ("state", "in", ("ready", "registered", "referred")),
                ("date_promised", "<=", today),
            ],
            order="date_promised desc, id",
            limit=LONGEST_LIST,
        )
        labels = dict(requests._fields["state"]._description_selection(self.env))
        rows = []
        for request in expected:
            label = labels[request.state]
            if request.state == "referred":
                label = request.department_id.name or label
            late = request.date_promised < today
            since = late and texts.day_text(self.env, request.date_promised, "d MMMM")
            rows.append(
                {
                    "key": f"request-{request.id}",
                    "id": request.id,
                    "hour": "",
                    "name": request.client_name,
                    "service": request.service_id.name,
                    "state": request.state,
                    "label": label,
                    "since": since or "",
                }
            )
        return sorted(rows, key=lambda row: row["state"] != "ready")

    def _appointment_rows(self, desk, begin, end):
        appointments = self.env["service.desk.appointment"].search(
            [
                ("request_id.desk_id", "=", desk.id),
                ("state", "=", "planned"),
                ("date_start", ">=", begin),
                ("date_start", "<", end),
            ],
            order="date_start",
            limit=LONGEST_LIST,
        )
        return [
            {
                "key": f"appointment-{appointment.id}",
                "id": appointment.request_id.id,
                "hour": appointment._hour_text(),
                "name": self.env._(
                    "Appointment: %s", appointment.request_id.client_name
                ),
                "service": self.env._("Meets %s", appointment._person_text()),
                "state": "appointment",
                "label": appointment._place_text(),
                "since": "",
            }
            for appointment in appointments
        ]

    @api.model
    def _day_bounds(self, day):
        """Return the naive UTC moments between which ``day`` lies at the agency."""
        zone = pytz.timezone(self.env.company.agency_tz)
        local = zone.localize(datetime.combine(day, time.min))
        begin = local.astimezone(pytz.utc).replace(tzinfo=None)
        return begin, begin + timedelta(days=1)
