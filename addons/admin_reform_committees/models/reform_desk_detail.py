from odoo import api, models

from ..texts import day_text, listed

RESOLUTION_KINDS = ("approve", "work", "verify", "extend", "communicate")


class ReformDeskDetail(models.AbstractModel):
    """The pane beside the list of the desk: all that is needed to act, on one page."""

    _inherit = "reform.desk"

    @api.model
    def desk_detail(self, kind, record_id):
        """Return what the pane shows of one entry."""
        if kind in RESOLUTION_KINDS:
            resolution = self.env["reform.resolution"].browse(record_id)
            resolution.check_access("read")
            return self._detail_resolution(resolution)
        if kind == "sign":
            minutes = self.env["reform.signature"].browse(record_id).minutes_id
        elif kind == "comment":
            minutes = self.env["reform.minutes"].browse(record_id)
        else:
            meeting = self.env["reform.meeting"].browse(record_id)
            meeting.check_access("read")
            minutes = meeting.minutes_ids[:1]
        minutes.check_access("read")
        return self._detail_minutes(minutes)

    def _detail_resolution(self, resolution):
        # sudo: whoever sees a resolution sees who must do it and how it came about
        resolution_sudo = resolution.sudo()
        person = resolution_sudo.responsible_id
        unit = resolution_sudo.department_id.name or person.function
        vote = resolution_sudo.vote_event_ids[:1]
        return resolution.panel() | {
            "number": resolution.number or "",
            "text": resolution.text,
            "part": resolution.approved_text or "",
            "meeting_name": resolution_sudo.meeting_id.display_name,
            "vote": vote._content() if vote else "",
            "responsible": listed(self.env, [person.name, unit]),
            "partners": listed(
                self.env, resolution_sudo.co_responsible_ids.mapped("name")
            ),
            "follows": resolution.user_follows,
            "due": day_text(self.env, resolution.due_on),
            "consequence": resolution.consequence or "",
            "directive": resolution.directive or "",
            "percent": resolution.percent,
            "may_receive": not resolution.received_at and resolution.user_receives,
            "may_claim": bool(resolution.evidence_count),
            "may_extend": not resolution.extension_is_asked,
            "unseen": resolution.unseen_count,
            "state": resolution.state,
            "asked": self._detail_extension(resolution_sudo),
            "otherwise": self._detail_otherwise(resolution_sudo),
        }

    def _detail_extension(self, resolution_sudo):
        """Return the later deadline that was asked for."""
        asked = resolution_sudo.extension_ids.filtered(lambda e: e.state == "asked")[:1]
        if not asked:
            return False
        return {
            "who": asked.asked_by_id.name,
            "until": day_text(self.env, asked.new_due_on),
            "reason": asked.reason,
        }

    def _detail_otherwise(self, resolution_sudo):
        """Say what becomes of a resolution that is not approved."""
        if resolution_sudo.state != "awaiting_approval":
            return ""
        coming = self.env["reform.meeting"].search(
            [
                ("committee_id", "=", resolution_sudo.committee_id.id),
                ("state", "in", ("draft", "convened")),
            ],
            order="start_at",
            limit=1,
        )
        if coming:
            return self.env._(
                "It goes back to the body, on the agenda of %s.",
                day_text(self.env, coming.meeting_date),
            )
        return self.env._("It goes back to the body.")

    def _detail_minutes(self, minutes):
        content = minutes._document()
        return {
            "meeting": minutes.meeting_id.id,
            "version": minutes.version,
            "when": content["when"],
            "chair": content["chair"],
            "quorum": content["quorum"],
            "items": content["items"],
            "resolutions": content["resolutions"],
            "comments": [
                {"id": c.id, "who": c.user_id.name or "", "text": c.text}
                for c in minutes.comment_ids
            ],
        }
