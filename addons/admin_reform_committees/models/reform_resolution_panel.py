from odoo import api, fields, models

from odoo.addons.agency_base.tools import localize_digits
from odoo.addons.jalali_calendar.tools import localize

from ..texts import day_text, listed

SHOWN = 60
TONES = {
    "approved": "ok",
    "claimed": "ok",
    "verified": "ok",
    "returned": "bad",
    "reopened": "bad",
    "revoked": "bad",
    "escalation": "bad",
    "extension": "warn",
    "extended": "warn",
    "kept": "warn",
    "communicated": "info",
    "received": "info",
}
KILO = 1024


class ReformResolutionPanel(models.Model):
    """What stands beside a resolution: its course, its evidence, who acts now."""

    _inherit = "reform.resolution"

    band_title = fields.Char("What Is Next", compute="_compute_band")
    band_hint = fields.Char("What I May Do", compute="_compute_band")

    def panel(self):
        """Return course, evidence and deadlines for whoever may read the resolution."""
        self.ensure_one()
        self.check_access("read")
        # sudo: whoever sees a resolution sees its course and who acted in it
        lines_sudo = (
            self.env["reform.resolution.update"]
            .sudo()
            .search([("resolution_id", "=", self.id)], order="id desc")
        )
        return {
            "may_report": self._may_report()
            and self.state in ("communicated", "in_progress", "claimed_done"),
            "course": [line._panel_line() for line in lines_sudo[:SHOWN]],
            "evidence": self._panel_evidence(lines_sudo),
            "papers": [self._panel_file(file) for file in self._papers()],
            "timeline": self._panel_timeline(),
            "votes": self._panel_votes(),
        }

    def _panel_evidence(self, lines_sudo):
        seen = lines_sudo.filtered(lambda line: line.kind == "seen")
        readers = {}
        for line in seen:
            for file in line.attachment_ids:
                readers[file] = readers.get(file, line.user_id) | line.user_id
        evidence = []
        is_verifier = self.state == "claimed_done" and self.user_verifies
        for line in (lines_sudo - seen).sorted("id"):
            for file in line.attachment_ids:
                users = readers.get(file, self.env["res.users"])
                evidence.append(
                    self._panel_file(file)
                    | {
                        "day": line._panel_day(),
                        "seen": self.env.user in users,
                        # who is to verify it has to open it first
                        "asked": is_verifier and self.env.user not in users,
                        "seen_by": listed(self.env, users.mapped("name")),
                    }
                )
        return evidence

    def _panel_file(self, file):
        return {
            "id": file.id,
            "name": file.name,
            "url": f"/reform/evidence/{self.id}/{file.id}",
            "size": self.env._(
                "%s KB", localize_digits(-(-file.file_size // KILO), self.env.lang)
            ),
        }

    @api.depends("state", "unseen_count", "user_verifies", "user_decides")
    @api.depends_context("uid", "lang")
    def _compute_band(self):
        for resolution in self:
            title, hint = resolution._band()
            resolution.band_title, resolution.band_hint = title, hint

    def _band(self):
        """Return who acts now, and what the user may do about it."""
        name = self.sudo().responsible_id.name or ""
        if self.state == "awaiting_approval":
            approver = self.committee_id.sudo().resolution_approver_id.name or ""
            title = self.env._("It awaits the approval of %s.", approver)
            return title, self.env._("You decide on it.") if self.user_decides else ""
        if self.state == "claimed_done":
            claimer = self.sudo().claimed_by_id.name
            return self.env._("%s has reported it as done.", claimer), self._band_seen()
        if self.state in ("communicated", "in_progress"):
            title = self.env._("%s carries it out.", name)
            if self.extension_is_asked:
                title = self.env._("%s asks for more time.", name)
            return title, self.env._("You answer for it.") if self.user_answers else ""
        if self.state == "returned":
            return self.env._("It came back: %s", self.return_reason), ""
        return "", ""

    def _band_seen(self):
        if not self.user_verifies:
            return self.env._("A second person verifies it.")
        if not self.unseen_count:
            return self.env._("You verify it: you have opened all its evidence.")
        return self.env._(
            "You verify it. Opened: %(seen)s of %(all)s; the button works after the "
            "last one.",
            seen=localize_digits(
                self.evidence_count - self.unseen_count, self.env.lang
            ),
            all=localize_digits(self.evidence_count, self.env.lang),
        )


class ReformResolutionUpdatePanel(models.Model):
    """A line of the course as people read it."""

    _inherit = "reform.resolution.update"

    def _panel_day(self):
        zone = self.company_id.agency_tz
        return day_text(self.env, localize(self.happened_at, zone).date())

    def _panel_line(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        dates = ""
        if self.new_due_on:
            dates = self.env._(
                "%(old)s → %(new)s",
                old=day_text(self.env, self.old_due_on),
                new=day_text(self.env, self.new_due_on),
            )
        return {
            "id": self.id,
            "who": self.user_id.name or "",
            "day": self._panel_day(),
            "kind": kinds[self.kind],
            "tone": TONES.get(self.kind, "gray"),
            "percent": self.percent if self.kind == "progress" else False,
            "note": self.note or "",
            "dates": dates,
            "files": [
                self.resolution_id._panel_file(file) for file in self.attachment_ids
            ],
        }
