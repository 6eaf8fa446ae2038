from odoo import fields, models

CHANNELS = [
    ("desk", "Service Desk"),
    ("portal", "Internet"),
    ("phone", "Telephone"),
    ("post", "Post"),
    ("sms", "SMS"),
    ("counter_office", "Counter Office (Pishkhan)"),
]


class ServiceDeskServiceChannel(models.Model):
    """A way to reach a service, with its own time and cost (CPSV-AP: Channel)."""

    _name = "service.desk.service.channel"
    _inherit = ["service.desk.line.mixin"]
    _description = "Channel of a Service"

    channel = fields.Selection(CHANNELS, required=True, default="desk")
    stage = fields.Selection(
        [
            ("all", "Every Stage"),
            ("information", "Information"),
            ("request", "Request"),
            ("processing", "Processing"),
            ("delivery", "Delivery"),
        ],
        required=True,
        default="all",
    )
    days = fields.Integer(
        "Working Days", help="Empty: the duration of the sheet.", default=0
    )
    cost = fields.Float("Extra Cost (Rials)", digits=(16, 0))
    address = fields.Char("Address or Link")
    note = fields.Char(translate=True)

    _not_negative = models.Constraint(
        "CHECK (days >= 0 AND cost >= 0)",
        "Durations and costs cannot be negative.",
    )
    _channel_stage_uniq = models.UniqueIndex(
        "(service_id, channel, stage)", "This channel is listed twice for one stage."
    )
