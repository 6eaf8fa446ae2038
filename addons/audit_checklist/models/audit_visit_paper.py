import hashlib
import uuid

from odoo import models
from odoo.exceptions import UserError

from ..field import FieldVisit

DEVICE = "paper"


class AuditVisit(models.Model):
    """Visits that were made on paper, brought in as if a phone had sent them."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.visit"

    def _bring_in(self, answers, host, picture=None):
        """Enter the answers of a planned visit that all of its inspectors signed.

        ``answers`` maps codes of items to answers as phones give them; what the
        checklist does not ask at this unit is left out. ``picture`` stands for the
        photos that items require. Raise UserError if the visit would not be whole.
        """
        self.ensure_one()
        lead = self.member_ids.filtered("is_lead").user_id
        field = FieldVisit(self.with_user(lead).env, self.assessment_id.instance_uuid)
        rows = []
        for op in self._paper_ops(answers, host, picture):
            outcome, reason, revision = field.apply(op)
            if outcome != "applied":
                raise UserError(
                    self.env._(
                        "%(visit)s cannot be brought in: %(item)s %(reason)s",
                        visit=self.display_name,
                        item=op["item_code"] or "",
                        reason=reason,
                    )
                )
            rows.append(
                self.env["audit.field"]._journal_row(
                    op, field, outcome, reason, revision
                )
            )
        self.env["audit.answer.op"]._append(rows)
        field.write_down(len(rows))
        # sudo: stamps of the phones that were not there
        for member in self.sudo().member_ids.filtered(lambda m: not m.confirmed_at):
            member.confirmed_at = self.ended_at
        for evidence in self.sudo().assessment_id.evidence_ids:
            evidence._keep(picture)

    def _paper_ops(self, answers, host, picture):
        """Return the operations a phone would have sent."""
        items = {item.code: item for item in self.assessment_id.version_id.item_ids}
        ops = [self._paper_op("start", 0)]
        for code, payload in answers.items():
            ops.append(self._paper_op("answer", len(ops), code, payload))
            policy = items[code].photo_policy
            if picture and policy in ("always", "on_fail"):
                shown = {
                    "photo": str(uuid.uuid4()),
                    "size": len(picture),
                    "sha256": hashlib.sha256(picture).hexdigest(),
                }
                if policy == "always" or payload.get("option") == "no":
                    ops.append(self._paper_op("photo", len(ops), code, shown))
        ops.append(self._paper_op("host", len(ops), payload=host))
        ops.append(self._paper_op("submit", len(ops), payload={"ops": len(ops)}))
        return ops

    def _paper_op(self, kind, sequence, code=False, payload=None):
        last = kind in ("host", "submit")
        return {
            "uuid": str(uuid.uuid4()),
            "assessment": self.assessment_id.instance_uuid,
            "kind": kind,
            "item_code": code,
            "payload": payload or {},
            "base_revision": 0,
            "device_id": DEVICE,
            "device_seq": sequence,
            "device_at": self.planned_stop if last else self.planned_start,
            "clock_skew": 0,
            "user_id": self.member_ids.filtered("is_lead").user_id.id,
        }
