from odoo import fields, models
from odoo.exceptions import UserError


class ReformReturn(models.TransientModel):
    """Give something back to whom it came from, with a reason."""

    _name = "reform.return"
    _description = "Return with a Reason"

    res_model = fields.Char(required=True)
    res_id = fields.Integer(required=True)
    state = fields.Char(required=True)
    reason = fields.Text(required=True)

    def action_return(self):
        """Give the record back; whether that is allowed, its own guard decides."""
        self.ensure_one()
        model = self.env.registry.models.get(self.res_model)
        if not (self.res_model.startswith("reform.") and hasattr(model, "reason")):
            raise UserError(self.env._("There is nothing to give back."))
        record = self.env[self.res_model].browse(self.res_id)
        record.write({"state": self.state, "reason": self.reason})
        return {"type": "ir.actions.act_window_close"}
