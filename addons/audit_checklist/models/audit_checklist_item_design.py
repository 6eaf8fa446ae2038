from odoo import api, models


class AuditChecklistItem(models.Model):
    _inherit = "audit.checklist.item"

    @api.readonly
    def get_history(self):
        """Return how published versions before this one had the item's code."""
        self.ensure_one()
        self.check_access("read")
        earlier = self.search(
            [
                ("checklist_id", "=", self.checklist_id.id),
                ("code", "=", self.code),
                ("version_id.state", "!=", "draft"),
                ("version_id.version_no", "<", self.version_id.version_no),
            ]
        ).sorted(lambda item: item.version_id.version_no)
        return [
            {
                "version_no": item.version_id.version_no,
                "weight": item.weight,
                "is_critical": item.is_critical,
            }
            for item in earlier
        ]

    def action_duplicate(self):
        """Copy one item behind itself under the next free code; return its id."""
        self.ensure_one()
        return self.copy({"sequence": self.sequence}).id

    def _design(self):
        """Return the item as the designer, the phone and the score read it."""
        self.ensure_one()
        return {
            "id": self.id,
            "code": self.code,
            "label": self.label,
            "name": self.name,
            "weight": self.weight,
            "critical": self.is_critical,
            "required": self.is_required,
            "method": self.method,
            "photo_policy": self.photo_policy,
            "comment_policy": self.comment_policy,
            "na_policy": self.na_policy,
            "guidance": self.guidance or "",
            "legal_basis": self.legal_basis or "",
            "finding_grade": self.finding_grade,
            "finding_cause": self.finding_cause or "",
            "recommendation": self.recommendation or "",
            "response": self.response_set_id._content_response(),
            "comments": self.phrase_ids._of_kind("comment"),
            "na_reasons": self.phrase_ids._of_kind("na_reason"),
            "needs_earlier_visit": self.needs_earlier_visit,
            "kinds": {
                "rule": self.kind_rule,
                "codes": self.unit_kind_ids.mapped("code"),
            },
            "conditions": {
                "mode": self.condition_mode,
                "terms": [
                    {
                        "item": condition.parent_item_id.code,
                        "options": condition.option_ids.mapped("code"),
                    }
                    for condition in self.condition_ids
                ],
            },
        }
