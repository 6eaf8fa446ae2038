from odoo import fields, models


class ServiceDeskVisit(models.Model):
    """One client in front of one counter: what was asked, told and registered.

    The counter screen writes it; the requests of a visit share one receipt.
    """

    _name = "service.desk.visit"
    _description = "Visit"
    _inherit = ["agency.at.once.mixin", "service.desk.replay.mixin"]
    _order = "id desc"
    _check_company_auto = True

    key = fields.Char(
        required=True,
        readonly=True,
        help="Made by the counter screen; a repeated press registers nothing twice.",
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    desk_id = fields.Many2one("service.desk", required=True, ondelete="restrict")
    counter_id = fields.Many2one("service.desk.counter", ondelete="restrict")
    user_id = fields.Many2one(
        "res.users",
        "Expert",
        required=True,
        index=True,
        default=lambda self: self.env.user,
    )
    kind = fields.Selection(
        [("information", "Information"), ("request", "Request")], required=True
    )
    service_id = fields.Many2one(
        "service.desk.service", "Informed About", ondelete="restrict"
    )
    version_id = fields.Many2one("service.desk.service.version", ondelete="restrict")
    partner_id = fields.Many2one("res.partner", "Client", ondelete="restrict")
    date_start = fields.Datetime(required=True)
    date_end = fields.Datetime(required=True)
    request_ids = fields.One2many("service.desk.request", "visit_id")
    referral_ids = fields.One2many("service.desk.referral", "visit_id")

    _key_uniq = models.UniqueIndex("(key)")
    _desk_day_idx = models.Index("(desk_id, date_start)")
    _ends_after_start = models.Constraint(
        "CHECK (date_end >= date_start)", "A visit ends after it began."
    )
    _information_names_service = models.Constraint(
        "CHECK (kind != 'information' OR service_id IS NOT NULL)",
        "Say which service was explained.",
    )
