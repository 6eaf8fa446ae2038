from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    calendar_preference = fields.Selection(
        selection=[
            ("language", "Of the language"),
            ("gregorian", "Gregorian"),
        ],
        string="Calendar of Dates",
        default="language",
        required=True,
        help="The calendar of your screens. Documents that you print or send keep to"
        " the calendar of their own language.",
    )

    @property
    def SELF_READABLE_FIELDS(self):  # noqa: N802 (Odoo's name)
        return [*super().SELF_READABLE_FIELDS, "calendar_preference"]

    @property
    def SELF_WRITEABLE_FIELDS(self):  # noqa: N802 (Odoo's name)
        return [*super().SELF_WRITEABLE_FIELDS, "calendar_preference"]
