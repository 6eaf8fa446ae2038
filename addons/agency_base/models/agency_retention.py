from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..tools.jobs import job_method

BATCH = 200
# What the agency decides of a row.
CHOSEN = {"months", "is_enforced"}


class AgencyRetention(models.Model):
    """How long personal data are kept: which records, which data, what happens then.

    Addons ship the rows, switched off; the agency sets the periods and switches them
    on. ``delete`` removes the records; for ``redact`` the model offers
    ``_retention_redact``, which removes the data and keeps the rest, and a Boolean
    ``is_redacted``, by which records already dealt with are left out.
    """

    _name = "agency.retention"
    _description = "Retention of Personal Data"
    _order = "model_id, id"
    _rec_name = "data"

    model_id = fields.Many2one(
        "ir.model", "Records", required=True, readonly=True, ondelete="cascade"
    )
    data = fields.Char("Personal Data", required=True, readonly=True, translate=True)
    date_field = fields.Char(required=True, readonly=True)
    months = fields.Integer("Kept for Months", required=True, default=24)
    action = fields.Selection(
        [("delete", "Delete the Records"), ("redact", "Remove the Data")],
        required=True,
        readonly=True,
        default="redact",
    )
    is_enforced = fields.Boolean("Enforced", help="Without it the row only documents.")

    _months_are_positive = models.Constraint(
        "CHECK (months > 0)", "Data are kept for at least one month."
    )

    def write(self, vals):
        # What is cleaned, and how, is the addon's: whoever could choose could have
        # anything deleted, past all rights.
        if not self.env.su and set(vals) - CHOSEN:
            raise AccessError(
                self.env._(
                    "Only the period is chosen here, and whether it is enforced."
                )
            )
        return super().write(vals)

    @api.constrains("model_id", "action", "date_field")
    def _check_model(self):
        for rule in self:
            model = self.env[rule.model_id.model]
            can_redact = (
                hasattr(model, "_retention_redact") and "is_redacted" in model._fields
            )
            usable = rule.action == "delete" or can_redact
            if not usable or rule.date_field not in model._fields:
                raise ValidationError(
                    self.env._("%s cannot be cleaned in this way.", rule.model_id.name)
                )

    def _due(self):
        """Return the next records that are past their period, in every company."""
        self.ensure_one()
        limit = fields.Datetime.now() - relativedelta(months=self.months)
        domain = [(self.date_field, "<", limit)]
        if self.action == "redact":
            domain.append(("is_redacted", "=", False))
        # sudo: the law on personal data knows no record rules
        model_sudo = self.env[self.model_id.model].sudo()
        return model_sudo.with_context(active_test=False).search(
            domain, limit=BATCH, order="id"
        )

    @api.model
    def _cron_enforce(self):
        """Queue the work of every enforced row."""
        for rule in self.search([("is_enforced", "=", True)]):
            self.env["agency.job"]._enqueue(
                rule,
                "_job_enforce",
                self.env._("Retention: %s", rule.data),
                key=f"retention-{rule.id}",
            )

    @job_method
    def _job_enforce(self, job):
        """Clean batch after batch until nothing is past its period."""
        done = 0
        for rule in self:
            while records := rule._due():
                done += len(records)
                if rule.action == "delete":
                    records.unlink()
                else:
                    records._retention_redact()
                job._checkpoint(done, total=done + 1)
        return {"records": done}
