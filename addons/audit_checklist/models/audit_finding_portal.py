from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

MAX_TEXT = 4000
VISIBLE = ("issued", "contested", "accepted", "closed")


class AuditFinding(models.Model):
    """What representatives of an agency do in the portal.

    They have no right to any model: `_agency_domain` is their fence, the routes act as
    superuser behind it, and what they did is stamped with their own name.
    """

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.finding"

    @api.model
    def _agency_domain(self):
        """Return what finds the findings the user answers for."""
        units = self.env["audit.unit"]._represented()
        below = Domain("unit_id", "child_of", units.ids) & Domain(
            "programme_id.head_answers", "=", True
        )
        return Domain("state", "in", VISIBLE) & (
            Domain("unit_id", "in", units.ids) | below
        )

    def _agency_answer(self, answer, text):
        """Accept or contest an issued finding, in the name of its unit."""
        self.ensure_one()
        self._hold()
        text = (text or "").strip()[:MAX_TEXT]
        if answer not in ("accept", "contest"):
            raise UserError(self.env._("Accept the finding or contest it."))
        if self.state != "issued":
            raise UserError(self.env._("This finding is not waiting for an answer."))
        if self.grade == "good_practice":
            raise UserError(self.env._("Praise needs no answer."))
        if answer == "contest" and self.ruled_at:
            raise UserError(
                self.env._("An objection to it was ruled on already; accept it now.")
            )
        if answer == "contest" and not text:
            raise UserError(self.env._("Say why you contest it."))
        self.write({"state": "accepted" if answer == "accept" else "contested"})
        self._set_stamps(
            {
                "answer": answer,
                "answer_text": text,
                "answered_at": fields.Datetime.now(),
                "answered_by_id": self.env.uid,
            }
        )
        self.message_post(
            body=self.env._("The agency answered: %(text)s", text=text or "✓")
        )
        if answer == "contest":
            self._escalate(self.env._("An objection waits for a ruling."))

    def _agency_add_action(self, values):
        """Enter what the agency means to do about an accepted finding."""
        self.ensure_one()
        self._hold()
        if self.state != "accepted":
            raise UserError(
                self.env._("Accept the finding first, then enter what you will do.")
            )
        name = (values.get("name") or "").strip()[:200]
        owner = (values.get("owner") or "").strip()[:200]
        due = values.get("date_due")
        if not name or not owner or not due:
            raise UserError(
                self.env._("Say what is done, by whom, and until which day.")
            )
        if due < fields.Date.context_today(self):
            raise UserError(self.env._("The deadline lies in the past."))
        # A form that arrives twice enters it once.
        known = self.action_ids.filtered(
            lambda action: (
                action.state == "open"
                and (action.name, action.owner, action.date_first_due)
                == (name, owner, due)
            )
        )
        if known:
            return known[0]
        kinds = [
            kind for kind, _l in self.env["audit.action"]._fields["kind"].selection
        ]
        return self.env["audit.action"].create(
            {
                "finding_id": self.id,
                "name": name,
                "owner": owner,
                "date_due": due,
                "kind": values.get("kind")
                if values.get("kind") in kinds
                else "corrective",
                "description": (values.get("description") or "").strip()[:MAX_TEXT],
            }
        )


class AuditAction(models.Model):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.action"

    def _agency_report(self, note, files):
        """Add proof to an action and report it done, in the name of its unit."""
        self.ensure_one()
        self._hold()
        if self.state != "open":
            raise UserError(self.env._("This action is not waiting for you."))
        for name, content in files:
            self.env["audit.action.proof"]._add(self, name, content)
        self.write({"claim_note": (note or "").strip()[:MAX_TEXT], "state": "claimed"})

    def _agency_move(self, due, reason):
        """Move the deadline of an action, with the reason."""
        self.ensure_one()
        if self.state != "open":
            raise UserError(self.env._("This action is not waiting for you."))
        reason = (reason or "").strip()[:MAX_TEXT]
        if not due:
            raise UserError(self.env._("Write the new deadline."))
        if due < fields.Date.context_today(self):
            raise UserError(self.env._("The deadline lies in the past."))
        if not reason:
            raise UserError(self.env._("Say why the deadline moves."))
        self.write({"date_due": due, "due_reason": reason})
