from odoo import api, fields, models

from odoo.addons.agency_base.tools import listed, localize_digits


class AuditAnswerOp(models.Model):
    """Why an operation was refused, in words."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.answer.op"

    reason_text = fields.Char("Reason", compute="_compute_reason_text")

    @api.depends("reason")
    @api.depends_context("lang")
    def _compute_reason_text(self):
        for operation in self:
            operation.reason_text = self._in_words(
                operation.reason, operation.assessment_id.version_id
            )

    @api.model
    def _in_words(self, reason, version=None):
        """Return what a reason says: its code, and maybe the codes of items."""
        if not reason:
            return ""
        code, *items = reason.split()
        labels = {
            item.code: localize_digits(item.label, self.env.lang)
            for item in (version.item_ids if version else ())
        }
        named = listed((labels.get(item, item) for item in items), self.env.lang)
        return " ".join(filter(None, (self._reasons().get(code, code), named)))

    @api.model
    def _reasons(self):
        """Return what each code of a reason says; phones carry it along."""
        return {
            "locked": self.env._("The visit was sent and locked before this arrived."),
            "not_started": self.env._("The visit had not begun."),
            "unknown_visit": self.env._("This visit is not, or no longer, yours."),
            "phase_closed": self.env._("The phase was closed."),
            "unknown_item": self.env._(
                "This item is not part of the visit’s checklist."
            ),
            "bad_value": self.env._("This cannot be an answer to the item."),
            "not_returned": self.env._("This item was not returned to be mended."),
            "not_lead": self.env._("Only the lead of the team may do this."),
            "no_conflict": self.env._("The conflict had been settled already."),
            "other_answer": self.env._("The colleague had answered otherwise."),
            "conflict": self.env._("Two different answers were still to be settled."),
            "incomplete": self.env._("Something was still missing:"),
            "ops_missing": self.env._(
                "Some operations had not arrived. Send the visit again."
            ),
            "no_host": self.env._("The host had neither signed nor refused."),
            "no_reason": self.env._("A reason was missing."),
            "not_submitted": self.env._("The visit was not sent yet."),
            "unknown_photo": self.env._("This photo is not known."),
            "exists": self.env._("This visit was there already."),
            "too_large": self.env._("The photo was too large."),
            "not_yours": self.env._("The photo was taken by your colleague."),
            "not_allowed": self.env._(
                "The visit could not be added: ask your officer."
            ),
            "other_user": self.env._("It was made by another user."),
            "malformed": self.env._("It cannot be read."),
        }
