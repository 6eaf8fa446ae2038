from odoo import api, models


class AuditChecklistVersion(models.Model):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.checklist.version"

    @api.readonly
    def get_design(self):
        """Return the version for the designer, the phone and the score, as plain data.

        Part of it is what `tools.scoring.score` reads. Names are in the user's
        language.
        """
        self.ensure_one()
        self.check_access("read")
        return self._design() | {
            "id": self.id,
            "is_editable": self.state == "draft" and self.has_access("write"),
            "response_sets": {
                response_set.id: response_set._content_response()
                for response_set in self.env["audit.response.set"].search([])
            },
            "unit_kinds": [
                {"code": kind.code, "name": kind.name}
                for kind in self.env["audit.unit.kind"].search([])
            ],
        }

    def reorder(self, sections):
        """Put sections and items in the order they were dragged to.

        ``sections`` lists ``{"id": section, "items": [item, …]}`` from top to bottom.
        Every section and item of the version must be named once: an order made on an
        outdated screen would lose what others added meanwhile.
        """
        self.ensure_one()
        self.check_access("write")
        section_ids = [section["id"] for section in sections]
        item_ids = [item for section in sections for item in section["items"]]
        if sorted(section_ids) != sorted(self.section_ids.ids) or sorted(
            item_ids
        ) != sorted(self.item_ids.ids):
            return False
        for place, section in enumerate(sections, start=1):
            record = self.section_ids.browse(section["id"])
            if record.sequence != place:
                record.sequence = place
            self._place_items(record, section["items"])
        # Collections keep the order they were read in.
        self.section_ids.invalidate_recordset(["item_ids"])
        self.invalidate_recordset(["section_ids", "item_ids"])
        return True

    def _items_text(self, codes):
        """Write the items of codes, parted by spaces, as readers know them."""
        self.ensure_one()
        named = set((codes or "").split())
        items = self.item_ids.filtered(lambda item: item.code in named)
        return "\n".join(items.mapped("display_name"))

    def _place_items(self, section, item_ids):
        for place, item in enumerate(self.item_ids.browse(item_ids), start=1):
            vals = {}
            if item.section_id != section:
                vals["section_id"] = section.id
            if item.sequence != place:
                vals["sequence"] = place
            if vals:
                item.write(vals)

    def _design(self):
        self.ensure_one()
        return {
            "critical": {"rule": self.critical_rule, "cap": self.critical_cap},
            "na_limit": self.na_limit,
            "bands": self.grade_scale_id._content_bands(),
            "sections": [
                {
                    "id": section.id,
                    "code": section.code,
                    "letter": section.letter,
                    "name": section.name,
                    "weight": section.weight,
                    "items": [item._design() for item in section.item_ids],
                }
                for section in self.section_ids
            ],
        }
