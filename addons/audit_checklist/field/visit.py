"""One visit while operations of phones are applied to it: rules, no transport."""

from .answers import Answers
from .course import Course
from .photos import Photos
from .submission import Submission


class FieldVisit(Answers, Photos, Course, Submission):
    """Applies operations to a visit in memory and writes the result down at the end.

    So a batch of any size costs the same few queries, and an operation that is
    refused leaves nothing behind. sudo throughout: inspectors have no right to write
    answers; each operation is checked here instead.
    """

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
