from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.agency_base.tools import localize_digits

# What the outcome of an item makes of the suggestion that it is about.
DECIDED = {
    "approved": "accepted",
    "approved_amended": "accepted",
    "rejected": "rejected",
}


class ReformAgendaItemSuggestion(models.Model):
    """Suggestions come onto the agenda; what is decided goes back to them."""

    _inherit = "reform.agenda.item"

    source = fields.Selection(
        selection_add=[("suggestion", "Suggestion")],
        ondelete={"suggestion": "set default"},
    )
    suggestion_id = fields.Many2one(
        "reform.suggestion", index="btree_not_null", ondelete="restrict"
    )

    @api.constrains("suggestion_id", "meeting_id")
    def _check_suggestion(self):
        for item in self:
            # sudo: who writes agendas need not see what another body decides on
            suggestion_sudo = item.suggestion_id.sudo()
            body = item.meeting_id.committee_id
            if suggestion_sudo and suggestion_sudo.committee_id != body:
                raise ValidationError(
                    self.env._("Another body decides on this suggestion.")
                )

    def _settle_suggestions(self):
        """Let suggestions become what the meeting that is approved now decided."""
        # sudo: the approver of minutes need not keep suggestions
        for item_sudo in self.sudo().filtered("suggestion_id"):
            suggestion_sudo = item_sudo.suggestion_id
            decided, meeting_sudo = suggestion_sudo._decision()
            if meeting_sudo != item_sudo.meeting_id:
                continue
            state = decided or "in_review"
            if not suggestion_sudo.answer and state == "rejected":
                number = localize_digits(item_sudo.meeting_id.number, self.env.lang)
                suggestion_sudo.answer = self.env._(
                    "Decided by the meeting %s.", number
                )
            resolution_sudo = item_sudo.resolution_ids[:1]
            if state == "accepted" and resolution_sudo:
                suggestion_sudo.write(
                    {
                        "responsible_id": resolution_sudo.responsible_id.id,
                        "due_on": resolution_sudo.due_on,
                    }
                )
            suggestion_sudo.write({"state": state})


class ReformMeetingSuggestion(models.Model):
    """Approving the minutes decides on the suggestions of the agenda."""

    _inherit = "reform.meeting"

    def _after_transition(self, before):
        result = super()._after_transition(before)
        if self.state == "approved":
            self.item_ids._settle_suggestions()
        return result


class ReformSuggestionAgenda(models.Model):
    """The committee decides on a suggestion as an item of its agenda."""

    _inherit = "reform.suggestion"

    def _decision(self):
        """Return the state that its last meeting decided on, and that meeting.

        Only the body that decides on it counts, and only once its minutes are approved.
        """
        # sudo: who keeps suggestions need not have been at the meeting
        items_sudo = self.sudo().item_ids.filtered(
            lambda item: item.meeting_id.committee_id == self.committee_id
        )
        last = items_sudo.sorted(lambda item: (item.meeting_id.start_at, item.id))[-1:]
        meeting_sudo = last.meeting_id
        if self.state != "on_agenda" or meeting_sudo.state != "approved":
            return None, meeting_sudo.browse()
        return DECIDED.get(last.outcome), meeting_sudo

    def action_put_on_agenda(self):
        """Put it on the agenda of the next meeting of the committee that decides."""
        self.ensure_one()
        if not self.committee_id:
            raise UserError(self.env._("Say which committee decides on it."))
        meeting = self.env["reform.meeting"].search(
            Domain("committee_id", "=", self.committee_id.id)
            & Domain("state", "in", ("draft", "convened"))
            & Domain("start_at", ">=", fields.Datetime.now()),
            order="start_at, id",
            limit=1,
        )
        if not meeting:
            raise UserError(
                self.env._(
                    "No meeting of %s is planned. Plan one first.",
                    self.committee_id.name,
                )
            )
        self.env["reform.agenda.item"].create(
            {
                "meeting_id": meeting.id,
                "name": self.display_name,
                "source": "suggestion",
                "suggestion_id": self.id,
                "programme_id": self.programme_id.id,
            }
        )
        self.write({"state": "on_agenda"})
        return meeting._get_records_action()
