"""One visit while operations of phones are applied to it: what all kinds share."""

import math
from datetime import datetime, time, timedelta

from odoo import fields

from ..tools.field_ops import BadValueError

WORKABLE = ("in_progress", "returned")
PHASE_STATES = ("open", "closing")
# No last word: the operation stays on the phone, for the phase may be opened again.
NOT_YET = "phase_closed"


class Refused(Exception):
    """An operation that cannot be applied, with the code of the reason."""


class VisitBase:
    """Holds the visit, and what the batch changes of it, until it is written down."""

    def __init__(self, env, instance, assessment_id=None, journal=()):
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
        # The user's operations on it: device, its counter, uuid; this batch's as well.
        self.journal = list(journal)
        self._load(assessment_id)

    def _load(self, assessment_id=None):
        assessments = self.env["audit.assessment"].sudo()
        self.assessment = assessments.browse(assessment_id) or assessments.search(
            [("instance_uuid", "=", self.instance)], limit=1
        )
        self.visit = self.assessment.visit_id
        self.phase = self.visit.phase_id
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

    def apply(self, op):
        """Return ``(outcome, reason, revision)`` of one operation."""
        try:
            fate = getattr(self, f"_apply_{op['kind']}")(op) or ("applied", "", 0)
        except Refused as refusal:
            fate = "refused", str(refusal), 0
        except BadValueError:
            fate = "refused", "bad_value", 0
        if fate[1] != NOT_YET:
            self.journal.append((op["device_id"], op["device_seq"], op["uuid"]))
        return fate

    def arrived(self, device, before=math.inf):
        """Return the uuids of what a device did here, before a state of its counter."""
        return [
            uuid
            for made_on, sequence, uuid in self.journal
            if made_on == device and sequence < before
        ]

    def _require_visit(self):
        if not self.assessment:
            raise Refused("unknown_visit")
        if self.phase.state not in PHASE_STATES:
            raise Refused(NOT_YET)
        if self.assessment.seal_id:
            raise Refused("locked")

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
        """Return when it was done, by the clock of the server as far as known.

        Never later than now, nor before the phase: whatever a clock says, nobody was
        there then.
        """
        moment = op["device_at"] - timedelta(seconds=op["clock_skew"])
        # A day more: the phase begins by the official clock, not by that of Greenwich.
        begin = self.phase.date_start and datetime.combine(
            self.phase.date_start - timedelta(days=1), time()
        )
        return min(max(moment, begin or moment), self.now)
