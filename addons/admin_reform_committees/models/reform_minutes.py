import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.agency_base.models.agency_seal import SEALING
from odoo.addons.agency_base.tools import localize_digits
from odoo.addons.agency_base.tools.canonical import canonical, sha256

from ..personal import PERSONAL_CONTENT

STATES = [
    ("draft", "Draft"),
    ("submitted", "Submitted"),
    ("approved", "Approved"),
    ("superseded", "Superseded"),
]


class ReformMinutes(models.Model):
    """One version of the minutes of a meeting, as a document.

    Its content is written down when the minutes are submitted: members comment on and
    sign that text. Approval adds numbers and signatures, and seals it. A correction is
    a further version; the earlier one stays as it was.
    """

    _name = "reform.minutes"
    _description = "Minutes"
    _inherit = ["agency.seal.mixin"]
    _order = "meeting_id, version desc"
    _rec_name = "number"
    _check_company_auto = True

    _seal_fields = (
        "meeting_id",
        "committee_id",
        "company_id",
        "number",
        "version",
        "approved_by_id",
        "approved_at",
        "on_behalf_of_id",
    )
    _seal_personal_fields = ("reason", "directive")
    _seal_personal_parts = {"content": PERSONAL_CONTENT}
    _seal_open_fields = ("state",)
    _seal_number_field = "number"
    _seal_report = "admin_reform_committees.report_minutes"

    meeting_id = fields.Many2one(
        "reform.meeting", required=True, index=True, readonly=True, ondelete="restrict"
    )
    committee_id = fields.Many2one(
        related="meeting_id.committee_id", store=True, string="Body"
    )
    company_id = fields.Many2one(
        related="meeting_id.company_id", store=True, index=True
    )
    number = fields.Char(readonly=True)
    version = fields.Integer(required=True, readonly=True, default=1)
    state = fields.Selection(STATES, required=True, readonly=True, default="draft")
    reason = fields.Text("Why Amended", readonly=True)
    content = fields.Text(
        readonly=True, help="What the document says, as it was written down."
    )
    digest = fields.Char(
        readonly=True, help="Of the content as the members read and signed it."
    )
    approved_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    approved_at = fields.Datetime(readonly=True)
    on_behalf_of_id = fields.Many2one("res.partner", readonly=True, ondelete="restrict")
    directive = fields.Text(readonly=True)
    comment_until = fields.Datetime("Comments Until", readonly=True)
    comment_ids = fields.One2many("reform.minutes.comment", "minutes_id", "Comments")
    signature_ids = fields.One2many("reform.signature", "minutes_id", "Signatures")
    has_pdf = fields.Boolean("PDF Is Made", compute="_compute_has_pdf")

    _version_uniq = models.UniqueIndex(
        "(meeting_id, version)", "There is one text of each version."
    )
    _approved_is_numbered = models.Constraint(
        "CHECK (state NOT IN ('approved', 'superseded') OR number IS NOT NULL)",
        "Approved minutes have a number.",
    )

    @api.depends("meeting_id", "number", "version")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for minutes in self:
            name = localize_digits(minutes.number or "", self.env.lang)
            name = name or minutes.meeting_id.display_name
            if minutes.version > 1:
                name = self.env._(
                    "%(name)s, version %(version)s",
                    name=name,
                    version=localize_digits(minutes.version, self.env.lang),
                )
            minutes.display_name = name

    @api.depends("seal_id")
    def _compute_has_pdf(self):
        for minutes in self:
            minutes.has_pdf = bool(minutes._pdf())

    # === Guards: the course of the meeting moves its minutes, nobody by hand ===

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise UserError(
                self.env._("Minutes are made by submitting those of a meeting.")
            )
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            raise UserError(self.env._("Minutes change by amending their meeting."))
        return super().write(vals)

    # pylint: disable=method-required-super,no-raise-unlink
    def unlink(self):
        raise UserError(self.env._("Minutes stay on record."))

    # pylint: disable=method-required-super
    def copy(self, default=None):
        raise UserError(self.env._("Minutes are not copied: amend their meeting."))

    # === Course ===

    @api.model
    def _begin(self, meeting, reason=False):
        """Begin a further version of the minutes of ``meeting``."""
        earlier = self.search([("meeting_id", "=", meeting.id)], limit=1)
        minutes = self.create(
            {
                "meeting_id": meeting.id,
                "version": (earlier.version or 0) + 1,
                "reason": reason,
            }
        )
        if earlier.seal_id:
            amending = minutes.with_context(agency_sealing=SEALING)
            amending.write({"seal_amends_id": earlier.seal_id.id})
        return minutes

    @api.model
    def _submit(self, meeting):
        """Write down what the minutes of ``meeting`` say; members read that text."""
        minutes = self.search(
            [("meeting_id", "=", meeting.id), ("state", "in", ("draft", "submitted"))],
            limit=1,
        )
        minutes = minutes or self._begin(meeting)
        content = canonical(meeting._minutes_content())
        minutes.signature_ids._void()
        days = meeting.committee_id.comment_days
        minutes.write(
            {
                "state": "submitted",
                "content": content,
                "digest": sha256(content),
                "comment_until": fields.Datetime.add(fields.Datetime.now(), days=days),
            }
        )
        minutes._expect_signatures()
        return minutes

    def _return(self):
        self.signature_ids._void()
        self.write({"state": "draft"})

    def _approve(self, meeting):
        """Write down the last of it, and seal it."""
        self.ensure_one()
        self.write(
            {
                "approved_by_id": meeting.approved_by_id.id,
                "approved_at": meeting.approved_at,
                "on_behalf_of_id": meeting.approved_for_id.id,
                "directive": meeting.directive,
                "number": meeting.number,
            }
        )
        lang = self.env["agency.seal"]._seal_lang(self.company_id)
        content = meeting._minutes_content() | {
            "signatures": self.signature_ids.with_context(lang=lang)._content(),
            # the scans of signatures on paper lie beside it
            "annexes": len(self._paper_signatures()),
            "approval": self._approval_content(),
            "version": self.version,
            "reason": self.reason or "",
        }
        self.write({"state": "approved", "content": canonical(content)})
        earlier = self.search(
            [("meeting_id", "=", meeting.id), ("version", "<", self.version)]
        )
        # by themselves: a flush is refused as a whole if it holds sealed columns
        self.flush_recordset()
        earlier.write({"state": "superseded"})
        earlier.flush_recordset()
        return self._seal()

    def _approval_content(self):
        lang = self.env["agency.seal"]._seal_lang(self.company_id)
        minutes = self.with_context(lang=lang)
        return {
            "by": minutes.approved_by_id.name,
            "role": minutes.approved_by_id.partner_id.function or "",
            "behalf": minutes.on_behalf_of_id.name or "",
            "at": minutes.meeting_id._official_moment(minutes.approved_at),
            "directive": minutes.directive or "",
        }

    def _paper_signatures(self):
        """Return the signatures on paper in the order of their annexes."""
        return self.signature_ids.filtered("scan_id").sorted(
            lambda signature: (signature.rank, signature.id)
        )

    def _expect_signatures(self):
        """Let everybody who was there sign, the chair and the secretary first."""
        present = self.meeting_id.attendance_ids.filtered(
            lambda seat: (
                seat.status in ("present", "substituted") and seat.role != "guest"
            )
        )
        known = self.signature_ids.attendance_id
        self.env["reform.signature"].create(
            [
                {"minutes_id": self.id, "attendance_id": seat.id}
                for seat in present - known
            ]
        )
        (self.signature_ids.filtered(lambda s: s.attendance_id not in present)).unlink()

    # === The document ===

    def _document(self):
        """Return what the paper shows: what was sealed, or else the draft."""
        self.ensure_one()
        return json.loads(self.content)

    def _pdf(self):
        """Return the sealed PDF, if it was made already."""
        self.ensure_one()
        # sudo: seals are nobody's to read, but who reads the minutes reads their PDF
        seal_sudo = self.sudo().seal_id
        if not seal_sudo:
            return self.env["ir.attachment"]
        return (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", "agency.seal"),
                    ("res_id", "=", seal_sudo.id),
                    ("mimetype", "=", "application/pdf"),
                ],
                order="id",
                limit=1,
            )
        )
