from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from odoo.addons.agency_base.tools import localize_digits


class ReformResolutionEvidence(models.Model):
    """What proves that a resolution is done, and who has looked at it."""

    _inherit = "reform.resolution"

    evidence_ids = fields.Many2many("ir.attachment", compute="_compute_evidence")
    evidence_count = fields.Integer("Pieces of Evidence", compute="_compute_evidence")
    unseen_count = fields.Integer(
        "Evidence I Have Not Opened", compute="_compute_evidence"
    )

    @api.depends("update_ids")
    @api.depends_context("uid")
    def _compute_evidence(self):
        # sudo: whoever sees a resolution sees what was added to it
        lines_sudo = (
            self.env["reform.resolution.update"]
            .sudo()
            .search_fetch(
                Domain("resolution_id", "in", self.ids)
                & Domain("attachment_ids", "!=", False),
                ["resolution_id", "kind", "user_id", "attachment_ids"],
                order="id",
            )
        )
        by_resolution = lines_sudo.grouped("resolution_id")
        for resolution in self:
            lines = by_resolution.get(resolution._origin, lines_sudo.browse())
            seen = lines.filtered(lambda line: line.kind == "seen")
            mine = seen.filtered(lambda line: line.user_id == self.env.user)
            files = (lines - seen).attachment_ids
            resolution.evidence_ids = files.ids
            resolution.evidence_count = len(files)
            resolution.unseen_count = len(files - mine.attachment_ids)

    def _see(self, attachment_id):
        """Return a piece of evidence, as superuser, noting that the user opened it."""
        self.ensure_one()
        self.check_access("read")
        # sudo: files of a resolution are read by whoever reads the resolution
        file_sudo = self.sudo().evidence_ids.filtered(lambda f: f.id == attachment_id)
        if file_sudo and not self._has_seen(file_sudo):
            self._act(None, "seen", attachment_ids=[Command.set(file_sudo.ids)])
        return file_sudo

    def _papers(self):
        """Return the files of its agenda item, for who decides or was at the meeting.

        As superuser: what was before the meeting is read by whoever may see it, or
        has to decide on what came of it.
        """
        self.ensure_one()
        self.check_access("read")
        is_shown = self.user_decides or self.meeting_id.has_access("read")
        papers_sudo = self.sudo().item_id.attachment_ids
        return papers_sudo if is_shown else papers_sudo.browse()

    def _has_seen(self, file):
        return bool(
            self.env["reform.resolution.update"]
            .sudo()
            .search_count(
                [
                    ("resolution_id", "=", self.id),
                    ("kind", "=", "seen"),
                    ("user_id", "=", self.env.uid),
                    ("attachment_ids", "in", file.ids),
                ],
                limit=1,
            )
        )

    def _check_seen(self):
        """Refuse to verify what was not looked at."""
        if not self.env.su and self.unseen_count:
            raise UserError(
                self.env._(
                    "Open every piece of evidence of %(number)s first; not opened yet: "
                    "%(count)s.",
                    number=self.display_name,
                    count=localize_digits(self.unseen_count, self.env.lang),
                )
            )
