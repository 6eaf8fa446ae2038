"""One visit while operations of phones are applied to it: rules, no transport."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError

from ..tools import score
from ..tools.field_ops import (
    MAX_PHOTO_BYTES,
    MAX_PHRASE,
    BadValueError,
    read_answer,
    read_place,
    read_signature,
    read_text,
    read_uuid,
)

WORKABLE = ("in_progress", "returned")
PHASE_STATES = ("open", "closing")


class Refused(Exception):
    """An operation that cannot be applied, with the code of the reason."""


class FieldVisit:
    """Applies operations to a visit in memory and writes the result down at the end.

    So a batch of any size costs the same few queries, and an operation that is
    refused leaves nothing behind. sudo throughout: inspectors have no right to write
    answers; each operation is checked here instead.
    """

    def __init__(self, env, instance, assessment_id=None):
        self.env = env
        self.user = env.user
        self.instance = instance
        self.company = env.company
        self.now = fields.Datetime.now()
        self.changed = {}
        self.values = {}
        # The states it goes through in this batch, one after another.
        self.walk = []
        self.photos = {}
        self.new_photos = []
        # How many operations of each device this batch has brought so far.
        self.seen = {}
        self._load(assessment_id)

    def _load(self, assessment_id=None):
        assessments = self.env["audit.assessment"].sudo()
        self.assessment = assessments.browse(assessment_id) or assessments.search(
            [("instance_uuid", "=", self.instance)], limit=1
        )
        self.visit = self.assessment.visit_id
        self.member = self.visit.member_ids.filtered(
            lambda member: member.user_id == self.user
        )
        if not self.member or self.visit._recusals_of(self.user):
            # Not his, not there: told alike.
            self.assessment = assessments
            self.visit = self.visit.browse()
            self.answers, self.items = {}, {}
            return
        self.company = self.assessment.company_id
        design = self.assessment.version_id._frozen_design()
        self.design = design
        self.items = {
            item["code"]: item
            for section in design["sections"]
            for item in section["items"]
        }
        self.answers = {
            answer.item_code: answer for answer in self.assessment.answer_ids
        }

    # === Applying ===
    def apply(self, op):
        """Return ``(outcome, reason, revision)`` of one operation."""
        try:
            return getattr(self, f"_apply_{op['kind']}")(op) or ("applied", "", 0)
        except Refused as refusal:
            return "refused", str(refusal), 0
        except BadValueError:
            return "refused", "bad_value", 0
        finally:
            device = op["device_id"]
            self.seen[device] = self.seen.get(device, 0) + 1

    def _require_visit(self):
        if not self.assessment:
            raise Refused("unknown_visit")
        if self.visit.phase_id.state not in PHASE_STATES:
            raise Refused("phase_closed")

    def _require_work(self, code=None):
        """Raise Refused unless the visit is being made, and the item may change."""
        self._require_visit()
        if self.state not in WORKABLE:
            raise Refused("not_started" if self.state == "planned" else "locked")
        codes = (self.visit.return_codes or "").split()
        if self.state == "returned" and code and codes and code not in codes:
            raise Refused("not_returned")

    def _require_item(self, code):
        if code not in self.items:
            raise Refused("unknown_item")
        return self.items[code]

    @property
    def state(self):
        return self.walk[-1] if self.walk else self.visit.state

    def _true_time(self, op):
        """Return when it was done, by the clock of the server as far as known."""
        return min(op["device_at"] - timedelta(seconds=op["clock_skew"]), self.now)

    def _apply_start(self, op):
        self._require_visit()
        place = read_place(op["payload"])
        if self.state == "in_progress":
            return
        if self.state != "planned":
            raise Refused("locked")
        self.walk.append("in_progress")
        self.values["started_at"] = self._true_time(op)
        if place:
            self.values |= {
                "start_latitude": place[0],
                "start_longitude": place[1],
                "has_start_place": True,
            }

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
        read_text(op["payload"].get("why"), MAX_PHRASE)
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

    def _apply_photo(self, op):
        code = op["item_code"]
        self._require_work(code)
        self._require_item(code)
        payload = op["payload"]
        photo = read_uuid(payload.get("photo"))
        size, digest = payload.get("size"), read_text(payload.get("sha256"), 64)
        if not isinstance(size, int) or not 0 < size <= MAX_PHOTO_BYTES:
            raise Refused("too_large")
        if len(digest) != 64 or self._photo(photo):
            raise BadValueError(photo)
        place = read_place(payload)
        self.new_photos.append(
            {
                "uuid": photo,
                "assessment_id": self.assessment.id,
                "item_code": code,
                "kind": "photo",
                "sha256": digest,
                "size": size,
                "note": read_text(payload.get("note"), MAX_PHRASE),
                "user_id": self.user.id,
                "captured_at": self._true_time(op),
                "latitude": place[0] if place else 0,
                "longitude": place[1] if place else 0,
                "has_place": bool(place),
            }
        )

    def _photo(self, photo):
        """Return the evidence or the pending values of a photo."""
        pending = [p for p in self.new_photos if p["uuid"] == photo]
        if pending:
            return pending[0]
        return self.env["audit.evidence"].sudo().search([("uuid", "=", photo)], limit=1)

    def _apply_photo_removed(self, op):
        self._require_work(op["item_code"])
        found = self._photo(read_uuid(op["payload"].get("photo")))
        if isinstance(found, dict):
            found["state"] = "removed"
        elif not found or found.assessment_id != self.assessment:
            raise Refused("unknown_photo")
        elif found.user_id != self.user:
            raise Refused("not_yours")
        else:
            self.photos[found] = {"state": "removed"}

    def _apply_host(self, op):
        self._require_work()
        payload = op["payload"]
        signature = read_signature(payload.get("signature"))
        self.values |= {
            "host_name": read_text(payload.get("name"), MAX_PHRASE),
            "host_function": read_text(payload.get("function"), MAX_PHRASE),
            "host_note": read_text(payload.get("note")),
            "host_refusal": read_text(payload.get("refusal"), MAX_PHRASE),
            "host_signature": signature or False,
        }

    def _apply_no_access(self, op):
        self._require_visit()
        reason = read_text(op["payload"].get("reason"), MAX_PHRASE)
        if self.state not in ("planned", "in_progress"):
            raise Refused("locked")
        if not reason:
            raise Refused("no_reason")
        self.walk.append("no_access")
        self.values["no_access_reason"] = reason

    def _apply_confirm(self, op):
        self._require_visit()
        if self.state != "submitted":
            raise Refused("not_submitted")
        if not self.member.confirmed_at:
            self.member.confirmed_at = self._true_time(op)

    def _apply_extra(self, op):
        """Add a unit that was found on the spot, with a visit of its own."""
        if self.assessment:
            raise Refused("exists")
        found = (
            self.env["audit.assessment"]
            .sudo()
            .search_count([("instance_uuid", "=", self.instance)], limit=1)
        )
        payload = op["payload"]
        beside = FieldVisit(self.env, read_uuid(payload.get("beside")))
        if found or not beside.assessment:
            raise Refused("unknown_visit")
        beside._require_visit()
        name = read_text(payload.get("name"), MAX_PHRASE)
        reason = read_text(payload.get("reason"), MAX_PHRASE)
        if not name or not reason:
            raise Refused("no_reason")
        try:
            with self.env.cr.savepoint():
                self._create_extra(beside.visit, name, reason, op)
        except UserError:
            raise Refused("not_allowed") from None
        self._load()

    def _create_extra(self, beside, name, reason, op):
        env = self.env(su=True)
        kind = env.ref("audit_checklist.audit_unit_kind_subordinate")
        unit = env["audit.unit"].create(
            {
                "name": name,
                "parent_id": beside.unit_id.id,
                "kind_id": kind.id,
                "zone_id": beside.zone_id.id,
                "legal_kind": beside.unit_id.legal_kind,
                "company_id": beside.company_id.id,
                "is_found_on_site": True,
            }
        )
        visit = env["audit.visit"].create(
            {
                "phase_id": beside.phase_id.id,
                "unit_id": unit.id,
                "team_id": beside.team_id.id,
                "kind": "added_on_site",
                "planned_start": self._true_time(op),
                "planned_minutes": beside.planned_minutes,
                "note": reason,
            }
        )
        visit.write({"state": "planned"})
        visit.assessment_ids.instance_uuid = self.instance
        visit.assessment_ids.flush_recordset()

    # === Submitting ===
    def _apply_submit(self, op):
        self._require_work()
        if not self.member.is_lead:
            raise Refused("not_lead")
        self._check_manifest(op)
        if any(self._standing(code)["conflict"] for code in self.items):
            raise Refused("conflict")
        missing = self._missing()
        if missing:
            raise Refused("incomplete " + " ".join(missing))
        if not self._has_host():
            raise Refused("no_host")
        self.walk.append("submitted")
        self.values["ended_at"] = self._true_time(op)
        place = read_place(op["payload"])
        if place:
            self.values |= {
                "end_latitude": place[0],
                "end_longitude": place[1],
                "has_end_place": True,
            }
        self.member.confirmed_at = self._true_time(op)

    def _check_manifest(self, op):
        """Refuse a submission while operations of its device are still missing."""
        announced = op["payload"].get("ops")
        if not isinstance(announced, int):
            raise BadValueError(announced)
        # What came before it in this batch is not in the journal yet.
        arrived = (
            self.env["audit.answer.op"]
            .sudo()
            .search_count(
                [
                    ("assessment_id", "=", self.assessment.id),
                    ("device_id", "=", op["device_id"]),
                    ("device_seq", "<", op["device_seq"]),
                ]
            )
        )
        if arrived + self.seen.get(op["device_id"], 0) < announced:
            raise Refused("ops_missing")

    def _missing(self):
        """Return the codes that must still be answered, explained or shown."""
        result = score(self.design, self._all_answers(), self._context())
        shown = {photo["item_code"] for photo in self.new_photos if _is_kept(photo)}
        shown |= {
            photo.item_code
            for photo in self.assessment.evidence_ids
            if photo.state != "removed" and photo not in self.photos
        }
        missing = list(result["missing"])
        for code, outcome in result["items"].items():
            if outcome["state"] in ("irrelevant", "open", "na"):
                continue
            policy = self.items[code]["photo_policy"]
            asked = policy == "always" or (policy == "on_fail" and outcome["failed"])
            if asked and code not in shown:
                missing.append(code)
        return missing

    def _all_answers(self):
        answers = {code: a.payload or {} for code, a in self.answers.items()}
        for code, values in self.changed.items():
            if "payload" in values:
                answers[code] = values["payload"]
        return answers

    def _context(self):
        if "_score_context" not in self.__dict__:
            self._score_context = self.assessment._score_context()
        return self._score_context

    def _has_host(self):
        def value(name):
            return self.values.get(name, self.visit[name])

        return value("host_name") and (value("host_signature") or value("host_refusal"))

    # === Writing ===
    def write_down(self, count):
        """Write all that changed, once, and compute the score."""
        if not self.assessment or self.assessment.seal_id:
            # Under a seal all was refused: the journal alone remembers it.
            return
        self._write_answers()
        self._write_photos()
        assessment = {
            "revision": self.assessment.revision + 1,
            "op_count": self.assessment.op_count + count,
        }
        if self.changed:
            self.assessment._rescore(self.design, self._context())
            assessment["conflict_count"] = len(
                self.assessment.answer_ids.filtered("has_conflict")
            )
        for name in ("started_at", "ended_at"):
            if name in self.values:
                assessment[name] = self.values[name]
        if self.values:
            self.visit.write(self.values)
        for state in self.walk:
            self.visit.write({"state": state})
        if "submitted" in self.walk:
            assessment |= {
                "state": "submitted",
                "submitted_at": self.now,
                "content_hash": self.assessment._answers_digest(),
            }
        self.assessment.write(assessment)

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
            self.assessment.invalidate_recordset(["answer_ids"], flush=False)

    def _columns(self, code, payload):
        """Return the columns of an answer, from the design that is at hand."""
        options = self.items[code]["response"].get("options", ())
        option = next((o for o in options if o["code"] == payload.get("option")), {})
        return self.env["audit.answer"]._columns(
            payload, option.get("id"), option.get("is_na")
        )

    def _write_photos(self):
        for photo, values in self.photos.items():
            photo.write(values)
        if not self.new_photos:
            return
        for values in self.new_photos:
            answer = self.answers.get(values["item_code"])
            values["answer_id"] = answer.id if answer else False
        self.env["audit.evidence"].sudo().create(self.new_photos)
        self.assessment.invalidate_recordset(["evidence_ids"], flush=False)


def _is_kept(photo):
    return photo.get("state") != "removed"
