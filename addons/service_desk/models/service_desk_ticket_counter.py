from odoo import api, models
from odoo.exceptions import AccessError, UserError

from .. import clock, texts

SHOWN_IN_LINE = 3


class ServiceDeskTicket(models.Model):
    """What a counter asks of the queue: call, again, hold, did not come."""

    _inherit = "service.desk.ticket"

    @api.model
    def queue_state(self, counter_id):
        """Return the queue as the counter's column shows it."""
        counter = self.env["service.desk.visit"]._own_counter(counter_id)
        desk = counter.desk_id
        state = desk._hall_state()
        mine = self.search(self._at(counter), limit=1)
        holds = self.search(
            [
                ("desk_id", "=", desk.id),
                ("day", "=", desk._hall_day()),
                ("state", "in", ("hold", "no_show")),
            ],
            limit=6,
        )
        line = self.search(
            [
                ("desk_id", "=", desk.id),
                ("day", "=", desk._hall_day()),
                ("state", "=", "waiting"),
            ],
            order="is_priority desc, number",
            limit=SHOWN_IN_LINE,
        )
        return {
            "has_queue": desk.has_queue,
            "waiting": state["waiting"],
            "next": state["next"][:1],
            "line": [ticket._queue_card() for ticket in line],
            "minutes": state["minutes"],
            "current": mine._queue_card() if mine else False,
            "aside": [ticket._queue_card() for ticket in holds],
        }

    @api.model
    def queue_call(self, counter_id, shown=None):
        """Finish the number at this counter and call the next one.

        ``shown`` is the number the clerk sees there, 0 for none: a second press calls
        nobody, for he has not seen yet whom the first one called.
        """
        counter = self.env["service.desk.visit"]._own_counter(counter_id)
        # sudo: one press after the other, whichever window of the counter it is in
        counter.sudo()._hold()
        # sudo: clerks change numbers by calling only
        tickets_sudo = self.sudo()
        present_sudo = tickets_sudo.search(self._at(counter))
        if shown is not None and sum(present_sudo.mapped("number")) != shown:
            return self.queue_state(counter_id)
        present_sudo.write({"state": "done"})
        ticket_sudo = tickets_sudo._take_next(counter.desk_id)
        if ticket_sudo:
            ticket_sudo._call_to(counter)
        counter.desk_id._hall_tell()
        return self.queue_state(counter_id)

    @api.model
    def queue_settle(self, counter_id, number, what):
        """Call ``number`` again or back, hold it, or note that nobody came."""
        counter = self.env["service.desk.visit"]._own_counter(counter_id)
        desk = counter.desk_id
        # sudo: the counter is the clerk's own, and so are the desk's numbers
        ticket_sudo = self.sudo().search(
            [
                ("desk_id", "=", desk.id),
                ("day", "=", desk._hall_day()),
                ("number", "=", number),
            ]
        )
        if not ticket_sudo or ticket_sudo.state == "waiting":
            raise UserError(self.env._("This number was not called."))
        if ticket_sudo.state == "called" and ticket_sudo.counter_id != counter:
            raise AccessError(self.env._("This number is at another counter."))
        if what == "call":
            if ticket_sudo.state != "called":
                self.sudo().search(self._at(counter)).write({"state": "done"})
            ticket_sudo._call_to(counter)
        elif what in ("hold", "no_show", "done"):
            ticket_sudo.write({"state": what})
        desk._hall_tell()
        return self.queue_state(counter_id)

    @api.model
    def queue_draw(self, counter_id, is_priority=False):
        """Draw a number for a client, as the receptionist does."""
        counter = self.env["service.desk.visit"]._own_counter(counter_id)
        if not counter.desk_id.has_queue:
            raise UserError(self.env._("This desk gives no queue numbers."))
        drawn = self._draw(counter.desk_id, "reception", bool(is_priority))
        return self.queue_state(counter_id) | {
            "drawn": {"id": drawn.id, "number": drawn.number}
        }

    @api.model
    def _at(self, counter):
        return [
            ("counter_id", "=", counter.id),
            ("state", "=", "called"),
            ("day", "=", counter.desk_id._hall_day()),
        ]

    def _queue_card(self):
        """Return a number with its minutes: in the queue, or since it was called."""
        self.ensure_one()
        since = self.called_at or self.drawn_at
        minutes = int((clock.now() - since).total_seconds() // 60)
        return {
            "number": self.number,
            "text": texts.number_text(self.env, self.number),
            "state": self.state,
            "is_priority": self.is_priority,
            "minutes": minutes,
        }
