"""Answers of a visit, and the conflicts between two inspectors' answers."""

from ..tools.field_answers import read_answer
from ..tools.field_ops import MAX_PHRASE, read_text
from .base import Refused, VisitBase


class Answers(VisitBase):
    """Applies ``answer`` and ``resolve``."""

    def _apply_answer(self, op):
        code = op["item_code"]
        self._require_work(code)
        item = self._require_item(code)
        payload = read_answer(item, op["payload"])
        op["payload"] = payload
        standing = self._standing(code)
        if standing["revision"] > op["base_revision"]:
            other = standing["by"] != self.user.id
            if other and standing["payload"] != payload:
                self._change(code, {"has_conflict": True})
                return "conflict", "other_answer", standing["revision"]
        revision = standing["revision"] + 1
        self._change(
            code,
            {
                "payload": payload,
                "revision": revision,
                "answered_by_id": self.user.id,
                "answered_at": self._true_time(op),
                "received_at": self.now,
            },
        )
        return "applied", "", revision

    def _standing(self, code):
        """Return the present answer, changes of this batch included."""
        known, changes = self.answers.get(code), self.changed.get(code, {})
        return {
            "payload": changes.get("payload", known.payload if known else None) or {},
            "revision": changes.get("revision", known.revision if known else 0),
            "by": changes.get(
                "answered_by_id", known.answered_by_id.id if known else False
            ),
            "conflict": changes.get(
                "has_conflict", known.has_conflict if known else False
            ),
        }

    def _change(self, code, values):
        self.changed.setdefault(code, {}).update(values)

    def _apply_resolve(self, op):
        """Let the lead choose between two answers; both stay in the journal."""
        code = op["item_code"]
        self._require_work(code)
        if not self.member.is_lead:
            raise Refused("not_lead")
        item = self._require_item(code)
        standing = self._standing(code)
        if not standing["conflict"]:
            raise Refused("no_conflict")
        payload = read_answer(item, op["payload"].get("value") or {})
        if not read_text(op["payload"].get("why"), MAX_PHRASE):
            raise Refused("no_reason")
        revision = standing["revision"] + 1
        self._change(
            code,
            {
                "payload": payload,
                "revision": revision,
                "has_conflict": False,
                "answered_by_id": self.user.id,
                "answered_at": self._true_time(op),
                "received_at": self.now,
            },
        )
        return "applied", "", revision

    def _all_answers(self):
        answers = {code: a.payload or {} for code, a in self.answers.items()}
        for code, values in self.changed.items():
            if "payload" in values:
                answers[code] = values["payload"]
        return answers

    def _write_answers(self):
        created = []
        for code, values in self.changed.items():
            if "payload" in values:
                values |= self._columns(code, values["payload"])
            if code in self.answers:
                self.answers[code].write(values)
            else:
                created.append(
                    values
                    | {
                        "assessment_id": self.assessment.id,
                        "item_id": self.items[code]["id"],
                    }
                )
        if created:
            made = self.env["audit.answer"].sudo().create(created)
            self.answers |= {answer.item_code: answer for answer in made}

    def _columns(self, code, payload):
        """Return the columns of an answer, from the design that is at hand."""
        options = self.items[code]["response"].get("options", ())
        option = next((o for o in options if o["code"] == payload.get("option")), {})
        return self.env["audit.answer"]._columns(
            payload, option.get("id"), option.get("is_na")
        )
