from odoo import fields, models
from odoo.exceptions import AccessError, MissingError, UserError

from odoo.addons.agency_base.tools import localize_digits

from ..texts import moment_text

CHAIR_FIRST = ("secretary", "chair", "vice")


class ReformMinutesReview(models.Model):
    """Minutes after they were sent: comments, signatures, the decision, the versions.

    What the minutes screen shows of it, and what it does. Who may do it is asked where
    it always is: in the comment, the signature and the meeting themselves.
    """

    _inherit = "reform.meeting"

    def _minutes_review_state(self):
        """Return what the screen shows of the review, or False before the first one."""
        self.ensure_one()
        # sudo: who sees the meeting sees its minutes, and what was said of them
        meeting_sudo = self.sudo()
        versions_sudo = meeting_sudo.minutes_ids.sorted("version", reverse=True)
        minutes_sudo = versions_sudo[:1]
        if not minutes_sudo:
            return False
        zone = self.company_id.agency_tz
        return {
            "version": minutes_sudo.version,
            "state": minutes_sudo.state,
            "until": moment_text(self.env, minutes_sudo.comment_until, zone),
            "is_open": minutes_sudo._window_is_open(),
            "may_comment": self._minutes_may_comment(minutes_sudo),
            "comments": minutes_sudo._review_comments(meeting_sudo),
            "signatures": minutes_sudo.signature_ids._review_lines(self),
            "decision": self._minutes_decision(meeting_sudo, minutes_sudo),
            "versions": [version._review_version() for version in versions_sudo],
            "next_of": meeting_sudo.state == "approved"
            and self.committee_id.user_runs
            and self.committee_id.id,
            "may_amend": meeting_sudo.state == "approved"
            and (self.committee_id.user_runs or self.committee_id.user_approves),
        }

    def _minutes_may_comment(self, minutes_sudo):
        comments = self.env["reform.minutes.comment"]
        return (
            minutes_sudo._window_is_open()
            and comments.has_access("create")
            and comments._may_comment(minutes_sudo)
        )

    def _minutes_decision(self, meeting_sudo, minutes_sudo):
        """Return who decides, and on whose behalf; or what was decided."""
        decision = {"may": False, "why": "", "behalf": "", "people": []}
        if meeting_sudo.state == "minutes_review":
            if meeting_sudo.submitted_by_id == self.env.user:
                decision["why"] = self.env._(
                    "You sent these minutes: somebody else approves them."
                )
            elif self.committee_id.user_approves and self.has_access("write"):
                decision["may"] = True
                behalf = self._approved_for()
                decision["behalf"] = behalf.name if behalf else ""
                decision["people"] = meeting_sudo._minutes_directive_people()
        elif minutes_sudo.state == "approved":
            zone = self.company_id.agency_tz
            decision |= {
                "by": minutes_sudo.approved_by_id.name,
                "behalf": minutes_sudo.on_behalf_of_id.name or "",
                "at": moment_text(self.env, minutes_sudo.approved_at, zone),
                "directive": minutes_sudo.directive or "",
            }
        return decision

    def _minutes_directive_people(self):
        """Return who may be given a directive: those of the meeting with an account."""
        seats = self.attendance_ids.filtered("partner_id.user_ids")
        first = {role: place for place, role in enumerate(CHAIR_FIRST)}
        return [
            {"id": seat.partner_id.user_ids[0].id, "name": seat.partner_id.name}
            for seat in seats.sorted(
                lambda seat: (first.get(seat.role, len(first)), seat.rank, seat.id)
            )
        ]

    # === Acts ===

    def minutes_comment(self, text, item_id=False):
        """Comment on the submitted minutes."""
        minutes = self._minutes_submitted()
        item = self._minutes_own("reform.agenda.item", item_id) if item_id else None
        self.env["reform.minutes.comment"].create(
            {"minutes_id": minutes.id, "text": text, "item_id": item and item.id}
        )
        return self.minutes_open()

    def minutes_sign(self, password):
        """Sign as the current user, who proves again who he is."""
        minutes = self._minutes_submitted()
        mine = minutes.signature_ids.filtered(
            lambda signature: (
                signature.partner_id == self.env.user.partner_id
                and not signature.signed_at
            )
        )
        if not mine:
            raise UserError(self.env._("There is nothing for you to sign here."))
        mine[0].sign(password)
        return self.minutes_open()

    def minutes_sign_on_paper(self, signature_id, name, content):
        """Keep the scan of a signature on paper."""
        self._minutes_submitted()
        signature = self._minutes_own("reform.signature", signature_id)
        signature.sign_on_paper(name, content)
        return self.minutes_open()

    def minutes_approve(self, directive="", responsible_id=False, due=""):
        """Approve; a directive becomes a task of ``responsible_id`` until ``due``."""
        self.ensure_one()
        due_on = self.minutes_due(due)
        if not due_on["ok"]:
            raise UserError(due_on["note"])
        self.approve(directive or "", responsible_id, due_on["date"])
        return self.minutes_open()

    def minutes_give_back(self, reason):
        """Return the minutes; whoever decided may not see them any more."""
        self.ensure_one()
        self.give_back(reason)
        try:
            return self.minutes_open()
        except (AccessError, MissingError):
            return False

    def minutes_amend(self, reason):
        """Open approved minutes for a corrected version."""
        self.ensure_one()
        self._amend(reason)
        try:
            return self.minutes_open()
        except (AccessError, MissingError):
            return False

    def _minutes_submitted(self):
        self.ensure_one()
        self.check_access("read")
        minutes = self.minutes_ids.sorted("version", reverse=True)[:1]
        if minutes.state != "submitted":
            raise UserError(
                self.env._("These minutes are not under review any more: look again.")
            )
        return minutes


class ReformMinutesShown(models.Model):
    """A version of the minutes as the screen lists it."""

    _inherit = "reform.minutes"

    def _window_is_open(self):
        now = fields.Datetime.now()
        return self.state == "submitted" and self.comment_until >= now

    def _review_comments(self, meeting_sudo):
        zone = self.company_id.agency_tz
        numbers = {
            item.id: localize_digits(place, self.env.lang)
            for place, item in enumerate(meeting_sudo._minutes_ordered_items(), 1)
        }
        return [
            {
                "id": comment.id,
                "by": comment.user_id.name,
                "user": comment.user_id.id,
                "at": moment_text(self.env, comment.happened_at, zone),
                "item": numbers.get(comment.item_id.id, ""),
                "text": comment.text,
            }
            for comment in self.comment_ids.sorted("id")
        ]

    def _review_version(self):
        labels = dict(self._fields["state"]._description_selection(self.env))
        zone = self.company_id.agency_tz
        path = f"/reform/minutes/{self.meeting_id.id}/{self.version}"
        return {
            "version": self.version,
            "number": self.number or "",
            "state": self.state,
            "label": labels[self.state],
            "reason": self.reason or "",
            "at": moment_text(self.env, self.approved_at, zone),
            "pdf": f"{path}.pdf" if self.has_pdf else "",
            "office": f"{path}." if self.content else "",
        }


class ReformSignatureShown(models.Model):
    """A signature as the screen lists it."""

    _inherit = "reform.signature"

    def _review_lines(self, meeting):
        roles = dict(
            self.env["reform.attendance"]
            ._fields["role"]
            ._description_selection(self.env)
        )
        zone = meeting.company_id.agency_tz
        me = meeting.env.user.partner_id
        runs = meeting.user_runs and meeting.has_access("write")
        return [
            {
                "id": signature.id,
                "partner": signature.partner_id.id,
                "name": signature.partner_id.name,
                "role": roles[signature.attendance_id.role],
                "kind": signature.kind or "",
                "at": moment_text(self.env, signature.signed_at, zone),
                "mine": signature.partner_id == me,
                "has_account": bool(signature.partner_id.user_ids),
                "may_scan": runs and not signature.signed_at,
                "scan": f"/reform/minutes/{meeting.id}/scan/{signature.id}"
                if signature.scan_id
                else "",
            }
            for signature in self.sorted(lambda each: (each.rank, each.id))
        ]
