from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.agency_base.tools import normalize_persian

from .. import clock
from .service_desk_request import OPEN_STATES

SHIFT_HOURS = 14
LONGEST_LIST = 60


class ServiceDeskVisit(models.Model):
    """The hand-over as the counter screen asks for it."""

    _inherit = "service.desk.visit"

    @api.model
    def counter_shift(self, counter_id):
        """Return what the clerk did since his shift began, and who may go on."""
        counter = self._own_counter(counter_id)
        experts = counter.desk_id.user_ids - self.env.user
        return self._shift_sums(counter) | {
            "experts": [
                {"id": expert.id, "name": expert.name}
                for expert in experts.sudo().sorted("name")
            ]
        }

    @api.model
    def counter_hand_over(self, counter_id, to_user_id=False, note=""):
        """Record the end of the shift; open requests go over to a colleague."""
        counter = self._own_counter(counter_id)
        colleague = counter.desk_id.user_ids.filtered(
            lambda user: user.id == to_user_id and user != self.env.user
        )
        if to_user_id and not colleague:
            raise UserError(self.env._("Choose an expert of this desk."))
        sums = self._shift_sums(counter)
        handover_sudo = self.env["service.desk.handover"]._append(
            [
                {
                    "company_id": counter.company_id.id,
                    "user_id": self.env.uid,
                    "happened_at": clock.now(),
                    "desk_id": counter.desk_id.id,
                    "counter_id": counter.id,
                    "to_user_id": colleague.id,
                    "registered": sums["registered"],
                    "informed": sums["informed"],
                    "delivered": sums["delivered"],
                    "open_count": sums["open"] if colleague else 0,
                    "fees": sums["fees"],
                    "originals": "\n".join(sums["originals"]),
                    "note": normalize_persian(note)[:500],
                }
            ]
        )
        if colleague:
            self._own_open(counter).write({"user_id": colleague.id})
        return {"handover_id": handover_sudo.id}

    def _own_open(self, counter):
        return self.env["service.desk.request"].search(
            [
                ("desk_id", "=", counter.desk_id.id),
                ("user_id", "=", self.env.uid),
                ("state", "in", OPEN_STATES),
            ]
        )

    def _shift_begin(self, counter):
        """Return when this shift began: after the last hand-over, at most a day ago."""
        last_sudo = (
            self.env["service.desk.handover"]
            .sudo()
            .search(
                [("counter_id", "=", counter.id), ("user_id", "=", self.env.uid)],
                limit=1,
            )
        )
        earliest = clock.now() - timedelta(hours=SHIFT_HOURS)
        return max(last_sudo.happened_at or earliest, earliest)

    def _shift_sums(self, counter):
        begin = self._shift_begin(counter)
        mine = [("user_id", "=", self.env.uid), ("counter_id", "=", counter.id)]
        visits = [*mine, ("date_end", ">", begin)]
        requests = self.env["service.desk.request"]
        today = [("date_registered", ">", begin), ("counter_id", "=", counter.id)]
        [(registered, fees)] = requests._read_group(
            [*today, ("visit_id.user_id", "=", self.env.uid)],
            [],
            ["__count", "fee_paid:sum"],
        )
        return {
            "registered": registered,
            "fees": fees or 0,
            "informed": self.search_count([*visits, ("kind", "=", "information")]),
            "delivered": requests.search_count(
                [
                    ("desk_id", "=", counter.desk_id.id),
                    ("closed_by_id", "=", self.env.uid),
                    ("state", "=", "delivered"),
                    ("date_closed", ">", begin),
                ]
            ),
            "open": len(self._own_open(counter)),
            "originals": self._originals_held(counter),
        }

    def _originals_held(self, counter):
        """Return the originals that lie at the desk, not handed to a unit."""
        documents = self.env["service.desk.request.document"].search(
            [
                ("request_id.desk_id", "=", counter.desk_id.id),
                ("request_id.user_id", "=", self.env.uid),
                ("request_id.state", "in", ("incomplete", "registered", "ready")),
                ("form", "=", "original"),
                ("is_received", "=", True),
                ("holder_id", "=", False),
            ],
            limit=LONGEST_LIST,
        )
        return [
            f"{document.name} ({document.request_id.client_name})"
            for document in documents
        ]
