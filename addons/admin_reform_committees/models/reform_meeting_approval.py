from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL


class ReformMeetingApproval(models.Model):
    """Minutes from their submission to their seal, and beyond: the amendment."""

    _inherit = "reform.meeting"

    minutes_ids = fields.One2many("reform.minutes", "meeting_id", "Versions")
    approved_for_id = fields.Many2one(
        "res.partner",
        "On Behalf of",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="The approver whose deputy approved the minutes.",
    )
    directive = fields.Text(
        readonly=True, copy=False, help="What the approver wrote under the minutes."
    )
    is_amending = fields.Boolean(
        "Being Amended",
        readonly=True,
        copy=False,
        help="The approved version stays in force until the new one is approved.",
    )

    def approve(self, directive="", responsible_id=False, due_on=False):
        """Approve the minutes; a directive becomes a task of somebody."""
        self.ensure_one()
        self._check_undecided()
        said = {"directive": directive} if directive.strip() else {}
        self.write({"state": "approved"} | said)
        if directive.strip():
            self._directive_task(directive, responsible_id, due_on)
        return True

    def give_back(self, reason):
        """Give the minutes back to the secretary."""
        self.ensure_one()
        self._check_undecided()
        return self.write({"state": "held", "reason": reason})

    def _check_undecided(self):
        """Tell the second of two who decide at the same moment that he is late."""
        if self.state != "minutes_review":
            raise UserError(
                self.env._(
                    "%s is not under review: somebody decided on it meanwhile.",
                    self.display_name,
                )
            )

    def _directive_task(self, directive, responsible_id=False, due_on=False):
        # sudo: the approver has no right on the secretary's meetings beyond deciding
        meeting_sudo = self.sudo()
        user = self.env["res.users"].sudo().browse(responsible_id or [])
        if not user:
            user = meeting_sudo.secretary_id.user_ids[:1] or self.env.user
        meeting_sudo.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=due_on or None,
            summary=self.env._("Directive on %s", meeting_sudo.display_name),
            note=directive,
            user_id=user.id,
        )

    def _approved_for(self):
        """Return for whom the current user approves, if not for himself."""
        approver = self.committee_id.approver_id
        if approver:
            return approver.partner_id if approver != self.env.user else False
        delegation = self.committee_id._signs_for(self.env.user)
        return delegation.delegator_id if delegation else False

    def _transition_stamp(self, target):
        stamp = super()._transition_stamp(target)
        if target == "approved":
            stamp["approved_for_id"] = (self._approved_for() or self.browse()).id
            if self.number:
                stamp["number"] = self.number
        return stamp

    def _draw_number(self):
        # an amended meeting keeps the number it has
        return self.number or super()._draw_number()

    def _after_transition(self, before):
        result = super()._after_transition(before)
        minutes = self.env["reform.minutes"]
        if self.state == "minutes_review":
            minutes._submit(self)
        elif self.state == "held" and before == "minutes_review":
            self.minutes_ids.filtered(lambda each: each.state == "submitted")._return()
        elif self.state == "approved":
            current = self.minutes_ids.filtered(
                lambda each: each.state in ("draft", "submitted")
            )
            current = current or minutes._submit(self)
            if self.is_amending:
                self._set_stamps({"is_amending": False})
            # last of all: it locks the chain
            current._approve(self)
        return result

    # === Amendment ===

    def action_amend(self):
        """Open approved minutes for a corrected version, asking for the reason."""
        return self._ask_reason("amended")

    def _amend(self, reason):
        """Open approved minutes again; what was approved stays as it is."""
        self.ensure_one()
        self.check_access("read")
        if self.state != "approved":
            raise UserError(self.env._("Only approved minutes are amended."))
        if not (self.committee_id.user_runs or self.committee_id.user_approves):
            raise AccessError(
                self.env._(
                    "Those who run the body, or approve for it, amend its minutes."
                )
            )
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the minutes are amended."))
        # sudo: an approver writes nothing else of a meeting
        meeting_sudo = self.sudo()
        meeting_sudo._set_stamps(
            {
                "state": "held",
                "is_amending": True,
                "reason": reason,
                "submitted_at": False,
                "submitted_by_id": False,
                "approved_at": False,
                "approved_by_id": False,
            }
        )
        self.env["reform.minutes"].sudo()._begin(meeting_sudo, reason)
        meeting_sudo._log("amended", note=reason)
        return True


class ReformCommitteeSigning(models.Model):
    """Who approves for a body: its approver, its chair, or a deputy of theirs."""

    _inherit = "reform.committee"

    @api.model
    def _delegations_to(self, user):
        """Return the query of the delegations by which ``user`` signs today."""
        delegations = self.env["reform.delegation"]
        # sudo: rules ask this, so no rule may be asked to answer
        return delegations.sudo()._search(
            delegations._in_office(delegations._today())
            & Domain("scope", "!=", "preside")
            & Domain("partner_id", "=", user.partner_id.id)
        )

    @api.model
    def _delegators_of(self, user):
        """Return those who delegated their signature to ``user`` today."""
        delegations_sudo = self.env["reform.delegation"].sudo()
        delegated = delegations_sudo.browse(self._delegations_to(user))
        return delegated.membership_id.partner_id

    @api.model
    def _delegators_query(self, user):
        """Return the same people for a domain: in one statement with what asks."""
        delegated = self._delegations_to(user)
        seats = (
            self.env["reform.membership"]
            .sudo()
            ._search(
                Domain(
                    "id",
                    "in",
                    delegated.subselect(
                        SQL.identifier(delegated.table, "membership_id")
                    ),
                )
            )
        )
        return seats.subselect(SQL.identifier(seats.table, "partner_id"))

    def _search_user_approves(self, operator, value):
        domain = super()._search_user_approves(operator, value)
        if domain is NotImplemented:
            return domain
        people = self._delegators_query(self.env.user)
        return domain | Domain("approver_id.partner_id", "in", people)

    def _signs_for(self, user):
        """Return the delegation by which ``user`` signs for this body today, if any."""
        delegations = self.env["reform.delegation"]
        return delegations.sudo().search(
            delegations._in_office(delegations._today())
            & Domain("scope", "!=", "preside")
            & Domain("committee_id", "=", self.id)
            & Domain("partner_id", "=", user.partner_id.id),
            limit=1,
        )
