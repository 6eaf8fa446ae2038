from odoo import models
from odoo.tools import SQL

from odoo.addons.agency_base.tools.sql import append_only_lifted

# {where the facts of a visit name its host: the field of the visit that does as well}
HOST = {
    "visit_facts/host": "host_name",
    "visit_facts/host_function": "host_function",
    "visit_facts/host_note": "host_note",
    "visit_facts/host_refusal": "host_refusal",
}
# {where they say where it was: the fields of the visit and the operation that do too}
PLACES = {
    "visit_facts/start_place": (
        "start",
        ("start_latitude", "start_longitude", "has_start_place"),
    ),
    "visit_facts/end_place": (
        "submit",
        ("end_latitude", "end_longitude", "has_end_place"),
    ),
}
COORDINATES = ["latitude", "longitude"]
# {column of an answer: where its payload says the same}
WORDS = {
    "comment": ["comments", "note"],
    "value_text": ["text"],
    "na_reason": ["reason"],
}


class AuditAssessmentRedaction(models.Model):
    """What visit and journal keep of the people a sealed assessment names."""

    _inherit = "audit.assessment"

    def _seal_redacted(self, places):
        if self.visit_id and HOST.keys() & set(places):
            # The signature shows who it was, whatever else was removed.
            stamps = {"host_signature": False}
            stamps |= {HOST[place]: False for place in places if place in HOST}
            self.visit_id._set_stamps(stamps)
            self._forget_ops("kind = 'host'", ["name", "function", "note", "refusal"])
        for place in PLACES.keys() & set(places):
            kind, names = PLACES[place]
            self.visit_id._set_stamps(dict.fromkeys(names, False))
            self._forget_ops("kind = %s", COORDINATES, kind)
        return super()._seal_redacted(places)

    def _forget_ops(self, condition, keys, *args):
        """Remove ``keys`` from what phones sent; that they sent it stays on record."""
        with append_only_lifted(self.env.cr, "audit_answer_op"):
            self.env.cr.execute(
                SQL(
                    "UPDATE audit_answer_op SET payload = payload - %s::text[] "
                    "WHERE assessment_id = %s AND %s",
                    keys,
                    self.id,
                    SQL(condition, *args),
                )
            )
        self.env["audit.answer.op"].invalidate_model(["payload"])


class AuditAnswerRedaction(models.Model):
    """What stands beside the words of a sealed answer."""

    _inherit = "audit.answer"

    def _seal_redacted(self, places):
        keys = [key for place in places for key in WORDS[place]]
        # Past the guard of closed assessments: the redaction was allowed.
        self.env.cr.execute(
            SQL(
                "UPDATE audit_answer SET payload = payload - %s::text[] WHERE id = %s",
                keys,
                self.id,
            )
        )
        self.invalidate_recordset(["payload"])
        self.assessment_id._forget_ops("item_code = %s", keys, self.item_code)
        return super()._seal_redacted(places)


class AuditEvidenceRedaction(models.Model):
    """What the journal keeps of a photo's note and of where it was taken."""

    _inherit = "audit.evidence"

    def _seal_redacted(self, places):
        keys = ["note"] if "note" in places else []
        if not {"latitude", "longitude"}.isdisjoint(places):
            keys += COORDINATES
        self.assessment_id._forget_ops("payload ->> 'photo' = %s", keys, self.uuid)
        return super()._seal_redacted(places)
