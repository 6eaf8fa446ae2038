from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.agency_base.tools import localize_digits

STATES = [
    ("draft", "Draft"),
    ("built", "Built"),
    ("sent", "Sent"),
    ("received", "Receipt Came"),
]
RECEIPT = {"receipt_no", "receipt_on"}


class ReformDossier(models.Model):
    """What a council hands in at the end of the year: one archive, sealed when sent.

    It is built in the background from what is accepted and sealed already; what is
    missing is said before. Sending it again is a new version.
    """

    _name = "reform.dossier"
    _description = "Year-end Dossier"
    _inherit = ["reform.body.record", "agency.seal.mixin", "mail.thread"]
    _order = "jalali_year desc, id desc"
    _rec_names_search = ["number", "committee_id.name"]
    _check_company_auto = True

    _state_transitions = {
        "draft": {"built"},
        "built": {"draft", "sent"},
        "sent": {"received"},
        "received": set(),
    }
    _state_stamps = frozenset(
        {
            "number", "version", "previous_id", "file_id", "sha256", "manifest",
            "built_at", "job_id", "sent_at", "sent_by_id",
        }
    )  # fmt: skip
    _states_for_members = ("sent", "received")
    _states_for_approver = ("built", "sent", "received")
    _living_fields = frozenset({"letter_no", "letter_on", "receipt_no", "receipt_on"})

    _seal_number_field = "number"
    _seal_fields = (
        "number", "committee_id", "jalali_year", "recipient", "recipient_name",
        "version", "sha256", "manifest", "letter_no", "letter_on", "sent_at",
        "sent_by_id",
    )  # fmt: skip
    _seal_open_fields = ("state", "receipt_no", "receipt_on")

    # === Identity ===
    number = fields.Char(readonly=True, copy=False, help="Given when it is sent.")
    committee_id = fields.Many2one(
        domain="[('kind', 'in', ('council', 'commission')), ('user_keeps', '=', True)]",
        help="The dossier is about this body and those under it.",
    )
    recipient = fields.Selection(
        [("province", "Province"), ("ministry", "Ministry")],
        required=True,
        default="province",
    )
    recipient_name = fields.Char(
        "Addressed to", required=True, help="The office it is sent to, by its name."
    )
    version = fields.Integer(readonly=True, copy=False)
    state = fields.Selection(
        STATES, required=True, readonly=True, copy=False, index=True, default="draft"
    )
    previous_id = fields.Many2one(
        "reform.dossier", "Instead of", readonly=True, copy=False, ondelete="restrict"
    )
    note = fields.Text(help="Goes with the table of contents.")
    gap_note = fields.Text(
        "Why It Is Built with Gaps", help="Printed in the table of contents."
    )
    missing = fields.Text("What Is Missing", compute="_compute_missing")

    # === The archive ===
    job_id = fields.Many2one(
        "agency.job", readonly=True, copy=False, ondelete="set null"
    )
    file_id = fields.Many2one(
        "ir.attachment", "Archive", readonly=True, copy=False, ondelete="restrict"
    )
    sha256 = fields.Char("Checksum (SHA-256)", readonly=True, copy=False)
    manifest = fields.Text(readonly=True, copy=False)
    built_at = fields.Datetime(readonly=True, copy=False)

    # === Its way ===
    letter_no = fields.Char("Letter Number", copy=False)
    letter_on = fields.Date("Letter Date", copy=False)
    sent_at = fields.Datetime(readonly=True, copy=False)
    sent_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict"
    )
    receipt_no = fields.Char("Receipt Number", copy=False)
    receipt_on = fields.Date("Receipt Date", copy=False)

    _version_uniq = models.UniqueIndex(
        "(committee_id, jalali_year, recipient, version)",
        "Somebody made a dossier of this body, year and recipient at the same moment.",
    )
    _sent_is_complete = models.Constraint(
        "CHECK (state IN ('draft', 'built') OR (number IS NOT NULL "
        "AND COALESCE(letter_no, '') != '' AND sha256 IS NOT NULL))",
        "A dossier is sent with a letter that has a number.",
    )

    @api.depends("committee_id.name", "jalali_year", "recipient", "version")
    @api.depends_context("lang")
    def _compute_display_name(self):
        recipients = dict(self._fields["recipient"]._description_selection(self.env))
        for dossier in self:
            dossier.display_name = self.env._(
                "Dossier %(year)s for the %(recipient)s, version %(version)s",
                year=localize_digits(dossier.jalali_year, self.env.lang),
                recipient=recipients.get(dossier.recipient, ""),
                version=localize_digits(dossier.version, self.env.lang),
            )

    @api.depends("committee_id", "jalali_year")
    def _compute_missing(self):
        for dossier in self:
            faults = dossier._faults() if dossier.committee_id else []
            dossier.missing = "\n".join(faults)

    # === Guards ===

    def write(self, vals):
        received = self.filtered(lambda dossier: dossier.state == "received")[:1]
        if received and RECEIPT & vals.keys():
            raise UserError(
                self.env._(
                    "%s: the receipt is on record and stays as it came.",
                    received.display_name,
                )
            )
        return super().write(vals)

    def _check_files_open(self, files):
        """Refuse to change the archive: it is built, never written."""
        if files & self.file_id:
            raise UserError(
                self.env._("The archive is made by the system; build it anew.")
            )

    # === Transitions ===

    def _check_transition(self, state):
        for dossier in self:
            if state == "built":
                # Reached by the job alone: the archive is there.
                if not dossier.file_id:
                    raise UserError(self.env._("The archive is not built yet."))
            elif state == "sent" and not (dossier.letter_no or "").strip():
                raise UserError(
                    self.env._("Enter the number of the letter it is sent with.")
                )
            elif state == "received" and not (dossier.receipt_no or "").strip():
                raise UserError(self.env._("Enter the number of the receipt."))
        return super()._check_transition(state)

    def _transition_stamp(self, state):
        if state == "sent":
            return {"sent_at": fields.Datetime.now(), "sent_by_id": self.env.uid}
        if state == "draft":
            return {"file_id": False, "sha256": False, "manifest": False}
        return {}

    def _stamp_state(self, state):
        if state != "sent":
            return super()._stamp_state(state)
        for dossier in self:
            stamp = {"state": state, "number": dossier._draw_number()}
            dossier._set_stamps(dossier._transition_stamp(state) | stamp)
        # sudo: seals are nobody's to read; that the user may send was checked
        return self.sudo()._seal()

    def _draw_number(self):
        """Return the next number of dossiers in this year, without gaps."""
        counter = self.env["agency.counter"].with_company(self.company_id)
        scope, now = self.committee_id.code, fields.Datetime.now()
        # The year of the number is that in which it is sent.
        year = self._this_quarter()[0]
        return f"{scope}/{year}/D{counter._next(scope, now, 'dossier'):02d}"

    def action_rebuild(self):
        """Go back to the draft, to build the archive anew."""
        return self.write({"state": "draft"})

    def action_send(self):
        """Send what was built: number it and seal it."""
        return self.write({"state": "sent"})

    def action_receipt(self):
        """Record that the recipient confirmed it."""
        return self.write({"state": "received"})

    def action_download(self):
        """Hand over the archive."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.file_id.id}?download=true",
            "target": "download",
        }

    def action_new_version(self):
        """Begin a new version of a dossier that was sent."""
        self.ensure_one()
        if not self.user_edits or self.state not in ("sent", "received"):
            raise UserError(
                self.env._("Who runs the council makes a new version of what was sent.")
            )
        version = self.copy()
        version._set_stamps({"previous_id": self.id})
        return version._get_records_action()

    @api.model
    def _creation_stamps(self, vals_list):
        """Count the versions of the dossier of a body, year and recipient."""
        stamps, given = [], {}
        for vals in vals_list:
            dossier = self.new(vals)
            key = (dossier.committee_id, dossier.jalali_year, dossier.recipient)
            last = given.get(key) or max([*dossier._versions().mapped("version"), 0])
            given[key] = last + 1
            stamps.append({"version": last + 1})
        return stamps

    def _versions(self):
        # sudo: versions are counted past those that the user does not see
        return self.sudo().search(
            [
                ("committee_id", "=", self.committee_id.id),
                ("jalali_year", "=", self.jalali_year),
                ("recipient", "=", self.recipient),
            ]
        )
