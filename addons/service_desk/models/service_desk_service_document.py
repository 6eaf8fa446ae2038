from odoo import fields, models

FORMS = [
    ("original", "Original, kept"),
    ("seen", "Original, only seen"),
    ("copy", "Copy"),
    ("agency", "We obtain it ourselves"),
]


class ServiceDeskServiceDocument(models.Model):
    """A document a service asks for (CPSV-AP: EvidenceType)."""

    _name = "service.desk.service.document"
    _inherit = ["service.desk.line.mixin"]
    _description = "Required Document"

    name = fields.Char(required=True, translate=True)
    form = fields.Selection(FORMS, required=True, default="copy")
    source = fields.Char(
        "Obtained From",
        translate=True,
        help="Agency that issues it, or that we obtain it from.",
    )
    is_mandatory = fields.Boolean("Mandatory", default=True)
    condition = fields.Char(
        translate=True, help="When it is needed; empty: in every case."
    )
    note = fields.Char(translate=True)
