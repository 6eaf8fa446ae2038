from odoo import api, fields, models
from odoo.exceptions import AccessDenied, AccessError, UserError

from odoo.addons.agency_base.tools import localize_digits

# Wrong passwords that a signatory may enter in ten minutes.
ATTEMPTS, SECONDS = 5, 600
# Of a scan, in characters of base64: about 15 MB.
SCAN_LIMIT = 20_000_000


class ReformSignature(models.Model):
    """The signature of one who was at the meeting, on the text as it was submitted.

    Electronic: he proves again who he is, and the digest of the text is kept with the
    hour. On paper: the secretary attaches the scan, which lies beside the sealed PDF.
    """

    _name = "reform.signature"
    _description = "Signature"
    _inherit = ["reform.kept.mixin"]
    _order = "minutes_id, rank, id"

    minutes_id = fields.Many2one(
        "reform.minutes", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="minutes_id.company_id", store=True)
    meeting_id = fields.Many2one(related="minutes_id.meeting_id", store=True)
    attendance_id = fields.Many2one(
        "reform.attendance", "Who", required=True, ondelete="restrict"
    )
    partner_id = fields.Many2one(
        "res.partner", compute="_compute_partner_id", store=True
    )
    rank = fields.Integer(related="attendance_id.rank", store=True)
    kind = fields.Selection(
        [("electronic", "Electronic"), ("paper", "On Paper")], readonly=True
    )
    signed_at = fields.Datetime(readonly=True)
    signed_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    digest = fields.Char(readonly=True)
    scan_id = fields.Many2one("ir.attachment", readonly=True, ondelete="restrict")

    _seat_uniq = models.UniqueIndex("(minutes_id, attendance_id)")
    _signed_is_complete = models.Constraint(
        "CHECK ((kind IS NULL) = (signed_at IS NULL) "
        "AND (kind IS NULL OR digest IS NOT NULL))",
        "A signature has its hour and what was signed.",
    )
    _waiting_idx = models.Index("(partner_id) WHERE signed_at IS NULL")

    @api.depends("attendance_id.partner_id", "attendance_id.substitute_id")
    def _compute_partner_id(self):
        for signature in self:
            seat = signature.attendance_id
            stands_in = seat.status == "substituted" and seat.substitute_id
            signature.partner_id = stands_in or seat.partner_id

    def _by_hand_message(self):
        return self.env._("Signatures are given by signing, not by writing so.")

    def _void(self):
        """Take signatures back: the text they were given on is open again."""
        self.sudo().write(
            {
                "kind": False,
                "signed_at": False,
                "signed_by_id": False,
                "digest": False,
                "scan_id": False,
            }
        )

    def sign(self, password):
        """Sign as the current user, who proves once more who he is."""
        self.ensure_one()
        self._check_signing()
        if self.partner_id != self.env.user.partner_id:
            raise AccessError(self.env._("Everybody signs for himself."))
        self._check_identity(password)
        self._stamp("electronic")
        return True

    def _stamp(self, kind, scan=None):
        """Write down who signed what, when."""
        # sudo: nobody has the right to write signatures by hand
        self.sudo().write(
            {
                "kind": kind,
                "signed_at": fields.Datetime.now(),
                "signed_by_id": self.env.uid,
                "digest": self.minutes_id.digest,
                "scan_id": scan and scan.id,
            }
        )

    def sign_on_paper(self, name, content):
        """Record the scan of a signature on paper, as base64, kept by the secretary."""
        self.ensure_one()
        self._check_signing()
        self.meeting_id.check_access("write")
        if not self.meeting_id.user_runs:
            raise AccessError(self.env._("The secretary keeps the scans."))
        if len(content or "") > SCAN_LIMIT:
            raise UserError(self.env._("A scan has no more than 15 MB."))
        # sudo: the scan belongs to a meeting that is closed to changes
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": name,
                    "datas": content,
                    "res_model": "reform.meeting",
                    "res_id": self.meeting_id.id,
                }
            )
        )
        if attachment.mimetype not in ("application/pdf", "image/jpeg", "image/png"):
            raise UserError(self.env._("A scan is a PDF or a picture."))
        self._stamp("paper", attachment)
        return True

    def _check_signing(self):
        self.check_access("read")
        if self.minutes_id.state != "submitted":
            raise UserError(self.env._("Only submitted minutes are signed."))
        if self.signed_at:
            raise UserError(self.env._("%s has signed already.", self.partner_id.name))

    def _check_identity(self, password):
        throttle = self.env["agency.throttle"].sudo()
        if throttle._hit("reform_sign", (str(self.env.uid), ATTEMPTS, SECONDS)):
            raise UserError(self.env._("Too many attempts: wait some minutes."))
        credential = {
            "login": self.env.user.login,
            "password": password or "",
            "type": "password",
        }
        try:
            self.env.user._check_credentials(credential, {"interactive": True})
        except AccessDenied:
            raise UserError(self.env._("That is not your password.")) from None

    def _content(self):
        """Return the signatures as the paper shows them."""
        roles = dict(
            self.env["reform.attendance"]
            ._fields["role"]
            ._description_selection(self.env)
        )
        annex = 0
        result = []
        for signature in self.sorted(lambda each: (each.rank, each.id)):
            note = ""
            if signature.kind == "electronic":
                note = self.env._(
                    "✓ Electronic signature, %s",
                    signature.meeting_id._moment(signature.signed_at),
                )
            elif signature.kind == "paper":
                annex += 1
                note = self.env._(
                    "Signature on paper, annex %s",
                    localize_digits(annex, self.env.lang),
                )
            result.append(
                {
                    "name": signature.partner_id.name,
                    "role": roles[signature.attendance_id.role],
                    "note": note,
                }
            )
        return result
