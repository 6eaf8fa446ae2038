import secrets

from odoo import api, fields, models
from odoo.tools import SQL

from .. import clock

TOKEN_BYTES = 9


class ServiceDeskTicket(models.Model):
    """A number drawn in the hall: of one desk and one day, without a name.

    What happens to it is also an event (``service.desk.ticket.event``), so that waiting
    and serving times can be added up later.
    """

    _name = "service.desk.ticket"
    _description = "Queue Number"
    _inherit = [
        "agency.state.mixin",
        "agency.form.mixin",
        "service.desk.replay.mixin",
    ]
    _order = "day desc, number desc"
    _rec_name = "number"
    _check_company_auto = True

    _state_transitions = {
        "waiting": {"called", "left"},
        "called": {"called", "done", "hold", "no_show"},
        "hold": {"called", "no_show"},
        "no_show": {"called"},
        "done": set(),
        "left": set(),
    }
    _state_stamps = {"called_at", "done_at", "counter_id", "user_id"}

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    desk_id = fields.Many2one(
        "service.desk", required=True, readonly=True, ondelete="restrict"
    )
    day = fields.Date(required=True, readonly=True)
    number = fields.Integer(required=True, readonly=True, aggregator=None)
    is_priority = fields.Boolean("Elderly or Disabled", readonly=True)
    channel = fields.Selection(
        [("kiosk", "Kiosk"), ("reception", "Receptionist")],
        required=True,
        readonly=True,
        default="kiosk",
    )
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("called", "At the Counter"),
            ("hold", "On Hold"),
            ("done", "Served"),
            ("no_show", "Did Not Come"),
            ("left", "Left"),
        ],
        required=True,
        readonly=True,
        default="waiting",
        group_expand=True,
    )
    counter_id = fields.Many2one(
        "service.desk.counter", readonly=True, ondelete="restrict"
    )
    user_id = fields.Many2one("res.users", "Expert", readonly=True)
    drawn_at = fields.Datetime(required=True, readonly=True)
    called_at = fields.Datetime(readonly=True)
    done_at = fields.Datetime(readonly=True)
    token = fields.Char(
        required=True,
        readonly=True,
        groups="base.group_system",
        default=lambda self: secrets.token_urlsafe(TOKEN_BYTES),
    )

    _number_uniq = models.UniqueIndex("(desk_id, day, number)")
    _token_uniq = models.UniqueIndex("(token)")
    _open_idx = models.Index(
        "(desk_id, day, is_priority DESC, number) WHERE state IN ('waiting', 'called')"
    )
    _called_idx = models.Index("(desk_id, called_at DESC) WHERE called_at IS NOT NULL")
    _number_positive = models.Constraint(
        "CHECK (number > 0)", "Queue numbers begin with 1."
    )

    @api.model
    def _draw(self, desk, channel="kiosk", is_priority=False, form_key=False):
        """Return the next number of ``desk`` today.

        sudo: anybody in the hall draws one
        """
        tickets_sudo = self.sudo()
        day = desk._hall_day()
        last = tickets_sudo.search(
            [("desk_id", "=", desk.id), ("day", "=", day)], limit=1
        ).number
        # Who drew at the same moment has this number: then it starts over.
        ticket_sudo = self._make_once(
            {
                "company_id": desk.company_id.id,
                "desk_id": desk.id,
                "day": day,
                "number": last + 1,
                "channel": channel,
                "is_priority": is_priority,
                "form_key": form_key,
                "drawn_at": clock.now(),
            }
        )
        ticket_sudo._log("drawn")
        desk._hall_tell()
        return ticket_sudo

    def _transition_stamp(self, state):
        if state == "called":
            return {"called_at": clock.now()}
        return {"done_at": clock.now()} if state in ("done", "no_show", "left") else {}

    def _enter(self, state):
        result = super()._enter(state)
        self._log(state)
        return result

    def _call_to(self, counter):
        """Call the number to ``counter``; again, if it was called already."""
        self._set_stamps({"counter_id": counter.id, "user_id": self.env.uid})
        if self.state == "called":
            self._set_stamps({"called_at": clock.now()})
            self._log("recalled")
        else:
            self.write({"state": "called"})

    def _log(self, kind):
        self.env["service.desk.ticket.event"]._append(
            [
                {
                    "ticket_id": ticket.id,
                    "desk_id": ticket.desk_id.id,
                    "company_id": ticket.company_id.id,
                    "counter_id": ticket.counter_id.id,
                    "user_id": self.env.uid,
                    "happened_at": clock.now(),
                    "kind": kind,
                }
                for ticket in self
            ]
        )

    @api.model
    def _take_next(self, desk):
        """Return the next number of ``desk``, locked: no two counters call it."""
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM service_desk_ticket
                 WHERE desk_id = %s AND day = %s AND state = 'waiting'
              ORDER BY is_priority DESC, number
                 LIMIT 1
            FOR UPDATE SKIP LOCKED
                """,
                desk.id,
                desk._hall_day(),
            )
        )
        return self.browse(row[0] for row in rows)

    def _ahead(self):
        """Return how many people are called before this number."""
        self.ensure_one()
        same = [("desk_id", "=", self.desk_id.id), ("day", "=", self.day)]
        same.append(("state", "=", "waiting"))
        if self.is_priority:
            same += [("is_priority", "=", True), ("number", "<", self.number)]
        else:
            same += ["|", ("is_priority", "=", True), ("number", "<", self.number)]
        return self.search_count(same)
