from odoo import models

from odoo.addons.agency_base.tools import localize_digits

from ..tools import Seat, is_in_room, quorum


class ReformMinutesChecks(models.Model):
    """What is looked at before minutes are submitted, each with the field to go to."""

    _inherit = "reform.meeting"

    def minutes_checks(self):
        """Return what stands in the way of submitting, and what should be looked at."""
        self.ensure_one()
        self.check_access("read")
        return self.sudo()._minutes_checks()

    def _minutes_checks(self):
        """Return dicts of level, text, hint and the field to go to.

        A fault keeps the minutes from being submitted, a reminder does not.
        """
        return [
            *self._minutes_check_room(),
            *self._minutes_check_items(),
            *self._minutes_check_rows(),
        ]

    def _fault(self, text, hint="", level="fault", **where):
        return {"level": level, "text": text, "hint": hint, **where}

    def _minutes_check_room(self):
        here = self.attendance_ids.filtered(
            lambda seat: seat.status in ("present", "substituted")
        ).partner_id
        if not self.presided_by_id:
            yield self._fault(
                self.env._("It is not said who presided."),
                about="chair",
                target="people",
            )
        elif self.presided_by_id not in here:
            yield self._fault(
                self.env._(
                    "%s presides, but is not present.", self.presided_by_id.name
                ),
                about="chair",
                target="people",
            )
        if not self._minutes_was_quorate():
            yield self._fault(
                self.env._("There was no quorum."),
                hint=self.quorum_text,
                about="quorum",
                target="people",
            )

    def _minutes_was_quorate(self):
        """Tell whether there ever was a quorum: who leaves early does not undo it."""
        voters = self.attendance_ids.filtered("is_voting")
        return self._quorum().is_met or any(
            self._quorum_at(voters, moment).is_met
            for moment in set(voters.mapped("arrived_at")) - {False}
        )

    def _quorum_at(self, voters, moment):
        seats = [
            Seat(is_in_room(voter.status, voter.arrived_at, voter.left_at, moment))
            for voter in voters
        ]
        return quorum(self.quorum_rule or "majority", seats, self.quorum_fixed)

    def _minutes_ordered_items(self):
        return self.item_ids.sorted(lambda item: (item.sequence, item.id))

    def _minutes_check_items(self):
        for place, item in enumerate(self._minutes_ordered_items(), 1):
            if item.outcome == "pending":
                number = localize_digits(place, self.env.lang)
                yield self._fault(
                    self.env._("Nothing is decided on item %s.", number),
                    hint=item.name,
                    about="item",
                    target="item",
                    item=item.id,
                )

    def _minutes_check_rows(self):
        rows = self.resolution_ids.grouped("item_id")
        none = self.resolution_ids.browse()
        for place, item in enumerate(self._minutes_ordered_items(), 1):
            own = rows.get(item, none).sorted(lambda row: (row.sequence, row.id))
            for number, row in enumerate(own, 1):
                label = localize_digits(f"{place}-{number}", self.env.lang)
                yield from self._minutes_check_row(row, label)

    def _minutes_check_row(self, row, label):
        where = {
            "target": "row",
            "item": row.item_id.id,
            "row": row.id,
            "hint": row.text,
        }
        result = row.vote_event_ids[:1].result
        if result == "rejected":
            return
        if row.kind == "decision" and not row.responsible_id:
            yield self._fault(
                self.env._("Nobody is responsible for resolution %s.", label),
                about="responsible",
                field="responsible",
                **where,
            )
        if row.kind == "decision" and not row.due_on:
            yield self._fault(
                self.env._("Resolution %s has no deadline.", label),
                about="due",
                field="due",
                **where,
            )
        if result == "void":
            yield self._fault(
                self.env._("Resolution %s was voted on without a quorum.", label),
                about="vote",
                field="vote",
                **where,
            )
        elif not result:
            yield self._fault(
                self.env._("No vote is recorded on resolution %s.", label),
                level="reminder",
                about="vote",
                field="vote",
                **where,
            )
