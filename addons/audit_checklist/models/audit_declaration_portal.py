from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools import score
from ..tools.field_answers import read_answer
from ..tools.field_ops import BadValueError

MAX_DOCUMENTS = 5


class AuditAssessment(models.Model):
    """What representatives of an agency do with its declaration in the portal.

    They have no right to the model: `_declarant_domain` is their fence.
    """

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.assessment"

    @api.model
    def _declarant_domain(self):
        """Return what finds the declarations the user answers for."""
        units = self.env["audit.unit"]._represented()
        below = Domain("unit_id", "child_of", units.ids) & (
            Domain("programme_id", "=", False)
            | Domain("programme_id.head_answers", "=", True)
        )
        return (
            Domain("round_id", "!=", False)
            & Domain("round_id.state", "!=", "draft")
            & Domain("state", "!=", "superseded")
            & (Domain("unit_id", "in", units.ids) | below)
        )

    def _check_declarable(self, code=None):
        """Raise UserError unless the declaration, or the item ``code``, is open."""
        self.ensure_one()
        if self.round_id.state != "running":
            raise UserError(self.env._("This round has been closed."))
        if not self._is_answerable():
            raise UserError(self.env._("This declaration was submitted and is locked."))
        if code in self._kept_codes():
            raise UserError(
                self.env._("This item was not sent back: its answer stays as it is.")
            )

    def _kept_codes(self):
        """Return the items that stay as they are while others are mended.

        What is asked only now, because another answer changed, is open as well.
        """
        self.ensure_one()
        mended = set((self.declaration_return_codes or "").split())
        if self.state != "returned" or not mended:
            return set()
        answered = self.answer_ids.filtered(
            lambda a: a.outcome not in ("open", "irrelevant")
        )
        return set(answered.mapped("item_code")) - mended

    def _declare(self, code, payload):
        """Keep the answer to one item and return what the page shows then."""
        self.ensure_one()
        self._hold()
        self._check_declarable(code)
        design = self.version_id._frozen_design()
        items = {
            item["code"]: item
            for section in design["sections"]
            for item in section["items"]
        }
        try:
            answer = read_answer(items[code], payload)
        except (KeyError, BadValueError) as error:
            raise UserError(self.env._("This is not an answer to the item.")) from error
        now = fields.Datetime.now()
        values = {
            "payload": answer,
            "answered_by_id": self.env.uid,
            "answered_at": now,
            "received_at": now,
        }
        known = self.answer_ids.filtered(lambda a: a.item_code == code)
        if known:
            known.write(values | {"revision": known.revision + 1})
        else:
            self.env["audit.answer"].create(
                values
                | {
                    "assessment_id": self.id,
                    "item_id": items[code]["id"],
                    "revision": 1,
                }
            )
        if not self.started_at:
            self.started_at = now
        self._rescore(design)
        return self._declared_status()

    def _declared_status(self):
        """Return what is answered, what is asked and what is still missing."""
        self.ensure_one()
        outcomes = {answer.item_code: answer for answer in self.answer_ids}
        result = self._declared_result()
        return {
            "answered": result["answered_count"],
            "asked": result["relevant_count"],
            "documents": self.document_count,
            "missing": result["missing"],
            "hidden": [
                code
                for code, outcome in result["items"].items()
                if outcome["state"] == "irrelevant"
            ],
            "open": [
                code
                for code, outcome in result["items"].items()
                if outcome["state"] == "open" and code in outcomes
            ],
            "sections": {
                section["code"]: [section["answered_count"], section["relevant_count"]]
                for section in result["sections"]
            },
        }

    def _declared_result(self):
        return score(
            self.version_id._frozen_design(),
            self._answers_for_score(),
            self._score_context(),
        )

    def _declare_document(self, code, name, content):
        """Keep a document beside the answer to an item."""
        self.ensure_one()
        self._hold()
        self._check_declarable(code)
        codes = set(self.version_id.item_ids.mapped("code"))
        if code not in codes:
            raise UserError(self.env._("This is not an item of the checklist."))
        beside = self.evidence_ids.filtered(
            lambda e: e.item_code == code and e.state == "received"
        )
        if len(beside) >= MAX_DOCUMENTS:
            raise UserError(self.env._("There are enough documents for this item."))
        return self.env["audit.evidence"]._take_document(self, code, name, content)

    def _submit_declaration(self):
        """Lock the declaration once everything that is asked is answered."""
        self.ensure_one()
        self._hold()
        self._check_declarable()
        result = self._declared_result()
        if result["missing"]:
            labels = {item.code: item.label for item in self.version_id.item_ids}
            raise UserError(
                self.env._(
                    "Not answered yet: %(items)s",
                    items=" ".join(labels[code] for code in result["missing"]),
                )
            )
        self._rescore()
        now = fields.Datetime.now()
        self.write(
            {
                "state": "submitted",
                "submitted_at": now,
                "ended_at": now,
                "declared_by_id": self.env.uid,
                "content_hash": self._answers_digest(),
                "is_late": fields.Date.context_today(self) > self.round_id.date_due,
                "declaration_return_reason": False,
                "declaration_return_codes": False,
            }
        )
