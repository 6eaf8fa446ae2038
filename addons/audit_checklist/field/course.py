"""How a visit begins and ends otherwise than by being submitted."""

from odoo.exceptions import UserError

from ..tools.field_ops import (
    MAX_PHRASE,
    read_place,
    read_signature,
    read_text,
    read_uuid,
)
from .base import Refused, VisitBase


class Course(VisitBase):
    """Applies what is not about items: ``start``, ``host``, ``confirm`` and so on."""

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

    def _apply_feedback(self, op):
        """Keep what the inspector tells his officer, in whatever state the visit is."""
        if not self.assessment:
            raise Refused("unknown_visit")
        text = read_text(op["payload"].get("text"))
        if not text:
            raise Refused("no_reason")
        self.env["audit.visit.feedback"].sudo().create(
            {
                "visit_id": self.visit.id,
                "user_id": self.user.id,
                "text": text,
                "told_at": self._true_time(op),
                "op_uuid": op["uuid"],
            }
        )

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
        beside = type(self)(self.env, read_uuid(payload.get("beside")))
        if found or not beside.assessment:
            raise Refused("unknown_visit")
        beside._require_visit()
        name = read_text(payload.get("name"), MAX_PHRASE)
        reason = read_text(payload.get("reason"), MAX_PHRASE)
        if not name or not reason:
            raise Refused("no_reason")
        try:
            with self.env.cr.savepoint():
                self._create_extra(beside, name, reason, op)
        except UserError:
            raise Refused("not_allowed") from None
        self._load()

    def _create_extra(self, beside_visit, name, reason, op):
        env, beside = self.env(su=True), beside_visit.visit
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
                "planned_start": beside_visit._true_time(op),
                "planned_minutes": beside.planned_minutes,
                "note": reason,
            }
        )
        visit.write({"state": "planned"})
        visit.assessment_ids.instance_uuid = self.instance
        visit.assessment_ids.flush_recordset()
