from odoo import models

from odoo.addons.agency_base.tools.sheets import write_sheet

# The columns of a checklist on a spreadsheet and how each is read: a selection by its
# labels, a text as it is written.
COLUMNS = {
    "section_code": "text",
    "section_name": "text",
    "section_weight": "number",
    "code": "text",
    "name": "text",
    "weight": "number",
    "is_critical": "flag",
    "is_required": "flag",
    "method": "selection",
    "response_set_id": "response_set",
    "photo_policy": "selection",
    "comment_policy": "selection",
    "na_policy": "selection",
    "comments": "list",
    "na_reasons": "list",
    "kind_rule": "selection",
    "unit_kind_ids": "kinds",
    "condition_mode": "selection",
    "conditions": "conditions",
    "needs_earlier_visit": "flag",
    "guidance": "text",
    "legal_basis": "text",
    "finding_grade": "selection",
    "finding_cause": "selection",
    "recommendation": "text",
}
REQUIRED = ("section_code", "code", "name", "weight", "response_set_id")


class AuditChecklistVersion(models.Model):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.checklist.version"

    def action_export_xlsx(self):
        """Download the version as a spreadsheet that can be read in again."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/audit/checklist/{self.id}/xlsx",
            "target": "download",
        }

    def _sheet_labels(self):
        """Return the headings of COLUMNS in the user's language."""
        return {
            "section_code": self.env._("Section code"),
            "section_name": self.env._("Section"),
            "section_weight": self.env._("Section weight"),
            "code": self.env._("Item code"),
            "name": self.env._("Item"),
            "weight": self.env._("Weight"),
            "is_critical": self.env._("Critical"),
            "is_required": self.env._("Answer required"),
            "method": self.env._("Method"),
            "response_set_id": self.env._("Response set"),
            "photo_policy": self.env._("Photo"),
            "comment_policy": self.env._("Comment"),
            "na_policy": self.env._("Not applicable"),
            "comments": self.env._("Ready comments"),
            "na_reasons": self.env._("Reasons for not applicable"),
            "kind_rule": self.env._("Kinds of unit"),
            "unit_kind_ids": self.env._("Which kinds"),
            "condition_mode": self.env._("Conditions met"),
            "conditions": self.env._("Asked if"),
            "needs_earlier_visit": self.env._("Only after an earlier visit"),
            "guidance": self.env._("Guidance"),
            "legal_basis": self.env._("Legal basis"),
            "finding_grade": self.env._("Finding grade"),
            "finding_cause": self.env._("Usual cause"),
            "recommendation": self.env._("Recommendation"),
        }

    def _export_xlsx(self):
        """Return the bytes of the spreadsheet in the user's language."""
        self.ensure_one()
        language = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
        return write_sheet(
            self.display_name,
            list(self._sheet_labels().values()),
            [item._sheet_row() for item in self.item_ids],
            right_to_left=language.direction == "rtl",
        )


class AuditChecklistItem(models.Model):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.checklist.item"

    def _sheet_row(self):
        """Return the item's cells in the order of COLUMNS."""
        self.ensure_one()
        special = {
            "section_code": self.section_id.code,
            "section_name": self.section_id.name,
            "section_weight": self.section_id.weight,
            "comments": " | ".join(self.phrase_ids._of_kind("comment")),
            "na_reasons": " | ".join(self.phrase_ids._of_kind("na_reason")),
            "conditions": " ; ".join(
                condition._sheet_text() for condition in self.condition_ids
            ),
            "response_set_id": self.response_set_id.code,
            "unit_kind_ids": " | ".join(self.unit_kind_ids.mapped("code")),
        }
        return [
            special[key] if key in special else self._sheet_cell(key, kind)
            for key, kind in COLUMNS.items()
        ]

    def _sheet_cell(self, name, kind):
        if kind == "flag":
            return self.env._("Yes") if self[name] else self.env._("No")
        if kind == "selection":
            labels = dict(self._fields[name]._description_selection(self.env))
            return labels.get(self[name], "")
        return self[name] or ("" if kind == "text" else 0)


class AuditChecklistCondition(models.Model):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.checklist.condition"

    def _sheet_text(self):
        """Return the condition as it is written in a cell: D1=yes|part, or D1."""
        options = "|".join(self.option_ids.mapped("code"))
        return f"{self.parent_item_id.code}={options}".removesuffix("=")
