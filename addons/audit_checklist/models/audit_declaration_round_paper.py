from odoo import fields, models

from ..tools.field_ops import read_answer


class AuditAssessment(models.Model):
    """Declarations that came on paper, and those of demonstrations."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.assessment"

    def _bring_in_declared(self, marks):
        """Enter a declaration from one letter an item: y, p, n, x, or a digit.

        What the letters mean is told by `audit.visit._bring_in_marks`.
        """
        self.ensure_one()
        self._check_declarable()
        now = fields.Datetime.now()
        design = {
            item["code"]: item
            for section in self.version_id._frozen_design()["sections"]
            for item in section["items"]
        }
        values = []
        for item, mark in zip(
            self.version_id.section_ids.item_ids, marks, strict=False
        ):
            payload = self.env["audit.visit"]._marked(item, mark)
            if payload:
                values.append(
                    {
                        "assessment_id": self.id,
                        "item_id": item.id,
                        "payload": read_answer(design[item.code], payload),
                        "answered_by_id": self.env.uid,
                        "answered_at": now,
                        "received_at": now,
                        "revision": 1,
                    }
                )
        # sudo: answers of a declaration, entered for the unit that sent them
        declaration_sudo = self.sudo()
        declaration_sudo.env["audit.answer"].create(values)
        declaration_sudo._rescore()
        declaration_sudo._submit_declaration()


class AuditDeclarationRound(models.Model):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.declaration.round"

    def _bring_in_marks(self, marks_by_unit):
        """Enter the declarations of several units at once."""
        self.ensure_one()
        declared = {d.unit_id.id: d for d in self.declaration_ids}
        for unit_id, marks in marks_by_unit:
            declared[unit_id]._bring_in_declared(marks)
