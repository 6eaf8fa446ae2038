from odoo import fields, models

TEXTS = (
    "sector",
    "spatial",
    "identification",
    "not_electronic_reason",
    "appeal_route",
    "related_systems",
)


class ServiceDeskService(models.Model):
    """What else the official identity sheet and CPSV-AP ask of a service."""

    _inherit = "service.desk.service"

    sector = fields.Char(
        translate=True, help="Subject of the service (CPSV-AP: sector)."
    )
    spatial = fields.Char(
        "Where It Is Offered", translate=True, help="Province, county or whole country."
    )
    identification = fields.Char(
        "Means of Identification",
        translate=True,
        help="How the client proves who he is, at the desk and on the internet.",
    )
    not_electronic_reason = fields.Char(
        "Why Not Electronic",
        translate=True,
        help="The sheet asks it of every stage that needs a visit.",
    )
    appeal_route = fields.Text(
        "Where Else to Object",
        translate=True,
        help="Boards and courts beside the objection at the desk.",
    )
    required_service_ids = fields.Many2many(
        "service.desk.service",
        "service_desk_service_required_rel",
        "service_id",
        "required_id",
        string="Needed Before",
        check_company=True,
    )
    related_service_ids = fields.Many2many(
        "service.desk.service",
        "service_desk_service_related_rel",
        "service_id",
        "related_id",
        string="Related Services",
        check_company=True,
    )

    def _content_texts(self):
        texts = super()._content_texts() | {name: self[name] or "" for name in TEXTS}
        for name in ("required_service_ids", "related_service_ids"):
            texts[name] = [
                {"code": service.code, "name": service.name} for service in self[name]
            ]
        texts["parent"] = self.parent_id.name or ""
        return texts

    def _content_facts(self):
        return super()._content_facts() | {
            "yearly_volume": self.yearly_volume,
            "parent_code": self.parent_id.code or "",
        }
