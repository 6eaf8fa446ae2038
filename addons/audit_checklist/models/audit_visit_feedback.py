from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import AccessError

from odoo.addons.agency_base.tools.readers import as_read_by

TOLD = {"visit_id", "company_id", "user_id", "text", "told_at", "op_uuid"}
STAMPS = {"answered_by_id", "answered_at"}


class AuditVisitFeedback(models.Model):
    """What an inspector tells his officer of a visit: no answer, and no finding.

    It comes from the field page, also from where there is no network; the officer
    answers here.
    """

    _name = "audit.visit.feedback"
    _description = "Feedback of an Inspector"
    _order = "told_at desc, id desc"
    _rec_name = "visit_id"
    _check_company_auto = True

    visit_id = fields.Many2one(
        "audit.visit",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(related="visit_id.company_id", store=True, index=True)
    user_id = fields.Many2one(
        "res.users", "Inspector", required=True, readonly=True, ondelete="restrict"
    )
    text = fields.Text("What He Says", required=True, readonly=True)
    told_at = fields.Datetime("Told", required=True, readonly=True)
    op_uuid = fields.Char(required=True, readonly=True)
    answer = fields.Text("Answer of the Officer")
    answered_by_id = fields.Many2one("res.users", readonly=True)
    answered_at = fields.Datetime("Answered", readonly=True)

    _op_uniq = models.Constraint("UNIQUE (op_uuid)", "This was told already.")
    _open_idx = models.Index("(company_id, told_at) WHERE answered_at IS NULL")

    def write(self, vals):
        if not self.env.su:
            if (TOLD | STAMPS) & vals.keys():
                raise AccessError(
                    self.env._("What was told, and when, is recorded, not entered.")
                )
            if vals.get("answer"):
                vals = vals | {
                    "answered_by_id": self.env.uid,
                    "answered_at": fields.Datetime.now(),
                }
        result = super().write(vals)
        if vals.get("answer"):
            for feedback in self:
                feedback._tell_inspector()
        return result

    def _tell_inspector(self):
        """Send the answer to who asked, in his language."""
        told = as_read_by(self, self.user_id)
        told.visit_id.with_context(mail_notify_force_send=False).message_notify(
            subject=told.env._(
                "Your feedback on %(unit)s was answered",
                unit=told.visit_id.unit_id.name,
            ),
            body=Markup("<p>{}</p><p>{}</p>").format(told.text, told.answer),
            partner_ids=told.user_id.partner_id.ids,
        )
