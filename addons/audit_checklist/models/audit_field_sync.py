from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..field import NOT_YET, FieldVisit
from ..tools.field_ops import (
    CLOCK_TOLERANCE,
    KINDS,
    MAX_SEQUENCE,
    BadValueError,
    fingerprint,
    read_moment,
    read_name,
    read_payload,
    read_uuid,
)

MAX_OPS = 200


class AuditField(models.AbstractModel):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.field"

    @api.model
    def _sync(self, device, sent_at, ops, known):
        """Enter operations of one device into the journal and apply them.

        Each comes back with a verdict: ``applied``, ``already`` (it had arrived
        before), ``conflict`` and ``refused`` are final, the phone may forget it;
        ``other_user`` and ``phase_closed`` are not: the operation stays where it is.
        Sending the same twice changes nothing. ``known`` maps visits to the revision
        the phone has; newer ones come back whole.
        """
        self._check_inspector()
        skew = self._clock_skew(sent_at)
        verdicts, mine = {}, []
        for op in ops:
            parsed = self._parse(op, device, skew)
            if "verdict" in parsed:
                verdicts[str(op.get("uuid", ""))[:64]] = {"status": parsed["verdict"]}
            else:
                mine.append(parsed)
        visits = []
        verdicts |= self._enter(mine, visits)
        return {
            "now": f"{fields.Datetime.now().isoformat()}Z",
            "skew": skew,
            "verdicts": verdicts,
            "news": self._news(known, visits),
            "arrived": self._manifests(device, mine, visits),
            # Only where nothing is in a hurry: whether the plan is still the same.
            "plan": None if ops else self._plan_print(self._taken_visits()),
        }

    @api.model
    def _manifests(self, device, ops, visits):
        """Return how many operations of the device are here, and their fingerprint.

        By visit, for those the operations are about: the phone compares it with what it
        has made. ``visits`` are those that were just worked on.
        """
        uuids = {visit.instance: visit.arrived(device) for visit in visits}
        rest = {op["assessment"] for op in ops} - uuids.keys()
        if rest:
            uuids |= self.env["audit.answer.op"]._arrived(device, rest)
        return {
            instance: {"count": len(arrived), "print": fingerprint(arrived)}
            for instance, arrived in uuids.items()
        }

    @api.model
    def _clock_skew(self, sent_at):
        """Return by how many seconds the device is ahead; 0 if it is about right."""
        try:
            ahead = (read_moment(sent_at) - fields.Datetime.now()).total_seconds()
        except BadValueError:
            return 0
        return int(ahead) if abs(ahead) > CLOCK_TOLERANCE else 0

    @api.model
    def _parse(self, op, device, skew):
        """Return an operation in the shape of the journal, or a verdict."""
        try:
            if op["user"] != self.env.uid:
                return {"verdict": "other_user"}
            if op["kind"] not in KINDS:
                return {"verdict": "malformed"}
            sequence = int(op.get("seq") or 0)
            if not 0 <= sequence <= MAX_SEQUENCE:
                return {"verdict": "malformed"}
            base = int(op.get("base") or 0)
            return {
                "uuid": read_uuid(op["uuid"]),
                "assessment": read_uuid(op["assessment"]),
                "kind": op["kind"],
                "item_code": read_name(op.get("item"), 16) or False,
                "payload": read_payload(op.get("payload")),
                "base_revision": max(0, min(base, MAX_SEQUENCE)),
                "device_id": read_name(op.get("device") or device, 64),
                "device_seq": sequence,
                "device_at": read_moment(op["at"]),
                "clock_skew": skew,
                "user_id": self.env.uid,
            }
        except (KeyError, TypeError, ValueError, OverflowError):
            return {"verdict": "malformed"}

    @api.model
    def _enter(self, ops, visits=None):
        """Apply what is new, visit by visit, and return the verdicts.

        The visits that were worked on are added to ``visits``.
        """
        verdicts = self._verdicts_of([op["uuid"] for op in ops])
        groups = {}
        for op in ops:
            if op["uuid"] not in verdicts:
                groups.setdefault(op["assessment"], {}).setdefault(op["uuid"], op)
        # In one order for everybody: two phones never wait for each other.
        for instance in sorted(groups):
            pending = sorted(
                groups[instance].values(),
                key=lambda op: (op["device_id"], op["device_seq"]),
            )
            visit, fate = self._enter_visit(instance, pending)
            verdicts |= fate
            if visits is not None and visit.assessment:
                visits.append(visit)
        return verdicts

    @api.model
    def _verdicts_of(self, uuids):
        """Return what became of operations that are in the journal already."""
        # sudo: also what was refused before the visit was his
        known = (
            self.env["audit.answer.op"]
            .sudo()
            .search_fetch(
                [("uuid", "in", uuids)],
                ["uuid", "user_id", "outcome", "reason", "revision"],
            )
        )
        return {
            op.uuid: {
                "status": "already",
                "outcome": op.outcome,
                "reason": op.reason or "",
                "revision": op.revision,
            }
            if op.user_id == self.env.user
            # A uuid that somebody else has used says nothing about his operation.
            else {"status": "other_user"}
            for op in known
        }

    @api.model
    def _enter_visit(self, instance, ops):
        """Apply the operations on one visit under a lock, in one go."""
        visit = FieldVisit(self.env, instance, *self._lock(instance))
        rows, verdicts = [], {}
        for op in ops:
            outcome, reason, revision = visit.apply(op)
            if reason == NOT_YET:
                verdicts[op["uuid"]] = {"status": NOT_YET}
                continue
            verdicts[op["uuid"]] = {
                "status": outcome,
                "reason": reason,
                "revision": revision,
            }
            rows.append(self._journal_row(op, visit, outcome, reason, revision))
        # Before what follows from them: a submission counts the rows.
        if rows:
            self.env["audit.answer.op"]._append(rows)
            visit.write_down(len(rows))
        return visit, verdicts

    @api.model
    def _lock(self, instance):
        """Wait for the visit and return its id, with what the user did on it so far.

        Who waited is told to begin again by PostgreSQL: the visit has changed.
        """
        self.env["audit.answer.op"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                SELECT id, (
                       SELECT json_agg(json_build_array(device_id, device_seq, uuid))
                         FROM audit_answer_op
                        WHERE assessment_id = audit_assessment.id
                          AND user_id = %s)
                  FROM audit_assessment
                 WHERE instance_uuid = %s
                   FOR UPDATE
                """,
                self.env.uid,
                instance,
            ),
            log_exceptions=False,
        )
        found, journal = self.env.cr.fetchone() or (None, None)
        return found, journal or ()

    @api.model
    def _journal_row(self, op, visit, outcome, reason, revision):
        payload = {
            key: value for key, value in op["payload"].items() if key != "signature"
        }
        return {
            "uuid": op["uuid"],
            "company_id": visit.company.id,
            "user_id": op["user_id"],
            "assessment_id": visit.assessment.id,
            "kind": op["kind"],
            "item_code": op["item_code"],
            "payload": payload,
            "base_revision": op["base_revision"],
            "revision": revision,
            "outcome": outcome,
            "reason": reason,
            "device_id": op["device_id"],
            "device_seq": op["device_seq"],
            "device_at": op["device_at"],
            "clock_skew": op["clock_skew"],
            "imported_by_id": op.get("imported_by_id"),
        }

    @api.model
    def _news(self, known, visits):
        """Return the visits that changed since the phone last heard of them.

        Of ``visits``, those that only this message has changed, the phone hears how far
        they are: it has their plan.
        """
        news = {
            visit.instance: self._visit_news(visit.visit, visit.assessment)
            for visit in visits
            if known.get(visit.instance) == visit.assessment.revision - 1
        }
        instances = [
            key
            for key in list(known)[:MAX_OPS]
            if key.isprintable() and key not in news
        ]
        if not instances:
            return news
        assessments = self.env["audit.assessment"].search(
            Domain("instance_uuid", "in", instances)
            & Domain("visit_id.member_ids.user_id", "=", self.env.uid)
        )
        return news | {
            assessment.instance_uuid: self._visit_package(assessment.visit_id)
            for assessment in assessments
            if assessment.revision != known.get(assessment.instance_uuid)
        }
