"""The end of a visit: whether all is there, and it may be sent."""

from ..tools import score
from ..tools.field_answers import lacks_reason
from ..tools.field_ops import BadValueError, fingerprint, read_place
from .base import Refused, VisitBase


class Submission(VisitBase):
    """Applies ``submit``."""

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
        """Refuse a submission while operations of its device are still missing.

        It says how many the device made before it, and with what fingerprint.
        """
        announced = op["payload"].get("ops")
        if not isinstance(announced, int):
            raise BadValueError(announced)
        arrived = self.arrived(op["device_id"], before=op["device_seq"])
        if len(arrived) < announced:
            raise Refused("ops_missing")
        # Phones that began before there were fingerprints announce none.
        announced = op["payload"].get("print")
        if announced is not None and announced != fingerprint(arrived):
            raise Refused("ops_missing")

    def _missing(self):
        """Return the codes that must still be answered, explained or shown."""
        answers = self._all_answers()
        result = score(self.design, answers, self._context())
        shown = self._shown_codes()
        missing = list(result["missing"])
        for code, outcome in result["items"].items():
            if outcome["state"] in ("irrelevant", "open", "na"):
                continue
            if lacks_reason(self.items[code], answers[code]):
                missing.append(code)
            policy = self.items[code]["photo_policy"]
            asked = policy == "always" or (policy == "on_fail" and outcome["failed"])
            if asked and code not in shown:
                missing.append(code)
        return missing

    def _context(self):
        if "_score_context" not in self.__dict__:
            self._score_context = self.assessment._score_context()
        return self._score_context

    def _has_host(self):
        def value(name):
            return self.values.get(name, self.visit[name])

        return value("host_name") and (value("host_signature") or value("host_refusal"))
