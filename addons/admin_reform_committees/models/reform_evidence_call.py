from odoo import api, fields, models
from odoo.exceptions import UserError

from ..year_rules import QUARTERS


class ReformEvidenceCall(models.Model):
    """A call to units to hand in the evidence of a quarter until some day."""

    _name = "reform.evidence.call"
    _description = "Call for Evidence"
    _inherit = ["reform.body.record", "mail.thread"]
    _order = "due_on desc, id desc"
    _rec_names_search = ["name"]
    _check_company_auto = True

    _state_transitions = {"draft": {"sent"}, "sent": {"closed"}, "closed": {"sent"}}
    _state_stamps = frozenset({"sent_at"})
    _states_for_members = ("sent", "closed")
    _living_fields = frozenset({"line_ids"})

    name = fields.Char("Subject", required=True)
    quarter = fields.Selection(
        QUARTERS, required=True, default=lambda self: str(self._this_quarter()[1])
    )
    due_on = fields.Date("Until", required=True)
    note = fields.Text("What Is Asked")
    state = fields.Selection(
        [("draft", "Draft"), ("sent", "Sent"), ("closed", "Closed")],
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        index=True,
    )
    line_ids = fields.One2many("reform.evidence.call.line", "call_id", "Units")
    coverage = fields.Float(
        "Coverage (%)",
        compute="_compute_coverage",
        help="Percent of what was asked that was accepted.",
    )
    sent_at = fields.Datetime(readonly=True, copy=False)

    @api.depends("line_ids.state")
    def _compute_coverage(self):
        for call in self:
            accepted = call.line_ids.filtered(lambda line: line.state == "accepted")
            call.coverage = 100 * len(accepted) / (len(call.line_ids) or 1)

    def _check_transition(self, state):
        for call in self:
            if not call.line_ids:
                raise UserError(self.env._("Name the units that are to answer."))
            today = self.env["reform.term.mixin"]._today()
            if call.state == "draft" and call.due_on < today:
                raise UserError(self.env._("The day until which to answer has passed."))
            if call.state == "draft":
                call._check_indicators()
        return super()._check_transition(state)

    def _check_indicators(self):
        """Refuse indicators that are another body's: their files fit no score."""
        for line in self.line_ids:
            if line.indicator_id - line.fitting_indicator_ids:
                raise UserError(
                    self.env._(
                        "“%(indicator)s” is no indicator of %(body)s in this quarter.",
                        indicator=line.indicator_id.display_name,
                        body=self.committee_id.name,
                    )
                )

    def _check_takes_units(self):
        """Refuse to ask further units once a call is closed."""
        if closed := self.filtered(lambda call: call.state == "closed")[:1]:
            raise UserError(self.env._("“%s” is closed.", closed.name))

    def _transition_stamp(self, state):
        return {"sent_at": fields.Datetime.now()} if self.state == "draft" else {}

    def _enter(self, state):
        drafts = self.filtered(lambda call: call.state == "draft")
        result = super()._enter(state)
        drafts.line_ids._tell_unit()
        return result

    def action_send(self):
        """Send the call to the liaisons of the units."""
        return self.write({"state": "sent"})

    def action_close(self):
        """Close the call: nothing more is taken."""
        return self.write({"state": "closed"})

    def action_remind(self):
        """Remind the units that have not answered, now."""
        self.check_access("write")
        self._check_keeper()
        self.line_ids.filtered("is_open")._remind()
