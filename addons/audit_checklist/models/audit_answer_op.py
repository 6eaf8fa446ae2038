from odoo import api, fields, models
from odoo.tools import SQL


class AuditAnswerOp(models.Model):
    """One operation made on a phone, as it arrived: the journal of a visit.

    Only ever added to. Whatever was refused or in conflict is here as well: nothing an
    inspector did is lost, and nothing counts twice, for each has a uuid of its own.
    """

    _name = "audit.answer.op"
    _description = "Operation of a Phone"
    _inherit = ["agency.event.mixin"]

    uuid = fields.Char(required=True, readonly=True)
    assessment_id = fields.Many2one(
        "audit.assessment", readonly=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(
        [
            ("start", "Visit begun"),
            ("answer", "Answer"),
            ("photo", "Photo taken"),
            ("photo_removed", "Photo removed"),
            ("photo_note", "Note on a photo"),
            ("host", "Host"),
            ("resolve", "Conflict settled"),
            ("submit", "Submitted"),
            ("confirm", "Confirmed by the colleague"),
            ("no_access", "No access"),
            ("extra", "Unit found on the spot"),
            ("feedback", "Told to the officer"),
        ],
        required=True,
        readonly=True,
    )
    item_code = fields.Char(readonly=True)
    payload = fields.Json(readonly=True)
    base_revision = fields.Integer(readonly=True)
    revision = fields.Integer(readonly=True, help="Of the answer, once applied.")
    outcome = fields.Selection(
        [
            ("applied", "Applied"),
            ("conflict", "In conflict"),
            ("refused", "Refused"),
        ],
        required=True,
        readonly=True,
    )
    reason = fields.Char("Reason Code", readonly=True, help="Why it was refused.")
    device_id = fields.Char(readonly=True)
    device_seq = fields.Integer(readonly=True)
    device_at = fields.Datetime(readonly=True, help="By the clock of the device.")
    clock_skew = fields.Integer(
        readonly=True, help="Seconds the device was ahead of the server when sending."
    )

    _uuid_uniq = models.Constraint("UNIQUE (uuid)", "This operation is here already.")
    _item_idx = models.Index("(assessment_id, item_code)")

    @api.model
    def _arrived(self, device, instances):
        """Return the uuids of the user's operations of a device, by visit."""
        self.flush_model()
        query = SQL(
            """
            SELECT assessment.instance_uuid, array_agg(op.uuid)
              FROM audit_answer_op AS op
              JOIN audit_assessment AS assessment ON assessment.id = op.assessment_id
             WHERE assessment.instance_uuid IN %(instances)s
               AND op.device_id = %(device)s
               AND op.user_id = %(user)s
             GROUP BY assessment.instance_uuid
            """,
            instances=tuple(instances),
            device=device,
            user=self.env.uid,
        )
        return dict(self.env.execute_query(query))
