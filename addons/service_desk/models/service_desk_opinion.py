import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.agency_base.tools import normalize_mobile, normalize_persian

from .. import texts

LONGEST = 4000
# What the sender said, and what is known of him.
RECEIVED = {
    "company_id",
    "reference",
    "text",
    "channel",
    "mobile",
    "received_at",
    "form_key",
    "is_redacted",
}
KINDS = [
    ("suggestion", "Suggestion"),
    ("complaint", "Complaint"),
    ("praise", "Thanks"),
    ("question", "Question"),
]


class ServiceDeskOpinion(models.Model):
    """A suggestion or complaint from the box: by the web page or by SMS, unsigned too.

    It is answered by SMS where the sender left a number.
    """

    _name = "service.desk.opinion"
    _description = "Suggestion or Complaint"
    _inherit = ["agency.form.mixin"]
    _order = "id desc"
    _rec_name = "reference"
    _check_company_auto = True

    reference = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: f"{secrets.randbelow(10**8):08d}",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    kind = fields.Selection(KINDS, required=True, default="suggestion")
    text = fields.Text(required=True, readonly=True)
    channel = fields.Selection(
        [("web", "Internet"), ("sms", "SMS")],
        required=True,
        readonly=True,
        default="web",
    )
    service_id = fields.Many2one("service.desk.service", check_company=True)
    desk_id = fields.Many2one("service.desk", check_company=True)
    mobile = fields.Char(readonly=True, groups="service_desk.group_supervisor")
    has_mobile = fields.Boolean(compute="_compute_has_mobile")
    received_at = fields.Datetime(
        readonly=True, required=True, default=fields.Datetime.now
    )
    user_id = fields.Many2one("res.users", "Followed By")
    state = fields.Selection(
        [("new", "New"), ("answered", "Answered"), ("closed", "Closed")],
        required=True,
        readonly=True,
        default="new",
        index=True,
        group_expand=True,
    )
    answer = fields.Text(copy=False)
    answered_at = fields.Datetime(readonly=True, copy=False)
    is_redacted = fields.Boolean(readonly=True, copy=False)

    _reference_uniq = models.UniqueIndex("(company_id, reference)")

    @api.depends("reference")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for opinion in self:
            reference = opinion.reference or ""
            opinion.display_name = texts.number_text(self.env, reference)

    @api.depends("mobile")
    def _compute_has_mobile(self):
        for opinion in self:
            # sudo: whether there is one, not which
            opinion.has_mobile = bool(opinion.sudo().mobile)

    @api.model
    def _receive(self, company, kind, text, **vals):
        """Keep an opinion of anybody; return it.

        sudo: the box is open to who has no rights at all
        """
        mobile = normalize_mobile(vals.pop("mobile", "")) or False
        return self._make_once(
            {
                "company_id": company.id,
                "kind": kind if kind in dict(KINDS) else "suggestion",
                "text": normalize_persian(text)[:LONGEST],
                "mobile": mobile,
            }
            | vals
        )

    def write(self, vals):
        if {"state", "answered_at"} & vals.keys():
            raise UserError(self.env._("Answer or close it with the buttons."))
        if RECEIVED & vals.keys():
            raise UserError(self.env._("What was sent stays as it was sent."))
        if "answer" in vals and self.filtered(lambda o: o.state != "new"):
            raise UserError(self.env._("It is closed; the answer does not change."))
        return super().write(vals)

    # pylint: disable=super-method-mismatch
    def _settle(self, vals):
        return super().write(vals)

    def action_answer(self):
        """Close it with the answer, which goes out by SMS where there is a number."""
        self.check_access("write")
        for opinion in self:
            if opinion.state != "new":
                raise UserError(self.env._("It is closed; the answer does not change."))
            if not (opinion.answer or "").strip():
                raise UserError(self.env._("Write the answer first."))
            number = opinion.sudo().mobile
            gateways = self.env["agency.sms.gateway"]
            if number and gateways._for_company(opinion.company_id):
                # sudo: the queue is written by programs only
                self.env["sms.sms"].sudo().create(
                    {
                        "number": number,
                        "body": opinion.answer,
                        "agency_company_id": opinion.company_id.id,
                    }
                )
        self._settle({"state": "answered", "answered_at": fields.Datetime.now()})
        self.filtered(lambda o: not o.user_id).user_id = self.env.user

    def action_close(self):
        """Close it without an answer, as thanks need none."""
        self.check_access("write")
        self.filtered(lambda o: o.state == "new")._settle({"state": "closed"})

    def _retention_redact(self):
        self._settle({"mobile": False, "text": "—", "is_redacted": True})
