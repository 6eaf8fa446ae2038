from odoo import api, fields, models

from .. import texts


class ServiceDeskHandover(models.Model):
    """The end of a shift at a counter: what was done and who goes on with the rest."""

    _name = "service.desk.handover"
    _inherit = ["agency.event.mixin"]
    _description = "Hand-over of a Shift"
    _order = "id desc"

    desk_id = fields.Many2one(
        "service.desk", required=True, readonly=True, index=True, ondelete="restrict"
    )
    counter_id = fields.Many2one(
        "service.desk.counter", required=True, readonly=True, ondelete="restrict"
    )
    to_user_id = fields.Many2one(
        "res.users", "Handed Over To", readonly=True, ondelete="restrict"
    )
    registered = fields.Integer(readonly=True)
    informed = fields.Integer(readonly=True)
    delivered = fields.Integer(readonly=True)
    open_count = fields.Integer("Open Requests", readonly=True)
    fees = fields.Float("Fees Taken (Rials)", digits=(16, 0), readonly=True)
    originals = fields.Text("Originals Held", readonly=True)
    note = fields.Char(readonly=True)

    @api.depends("counter_id", "happened_at")
    def _compute_display_name(self):
        for handover in self:
            handover.display_name = self.env._(
                "%(counter)s, %(moment)s",
                counter=handover.counter_id.display_name,
                moment=texts.moment_text(
                    self.env, handover.happened_at, handover.company_id
                ),
            )

    def _moment_text(self):
        self.ensure_one()
        return texts.moment_text(self.env, self.happened_at, self.company_id)

    def _paper_rows(self):
        """Return the sums of the shift as they are printed."""
        self.ensure_one()
        env = self.env
        rows = [
            (env._("Registered"), self.registered),
            (env._("Informed"), self.informed),
            (env._("Delivered"), self.delivered),
            (env._("Open requests handed over"), self.open_count),
        ]
        rows = [(label, texts.number_text(env, count)) for label, count in rows]
        fees = env._("%s rials", texts.amount_text(env, self.fees))
        return [*rows, (env._("Fees taken"), fees)]
