from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..texts import day_text, listed
from .reform_desk import SHOWN

# How long before a meeting its invitations are on the desk, beyond the body's notice.
AHEAD = timedelta(days=10)


class ReformDeskBody(models.AbstractModel):
    """What those who run bodies have to keep going, over all of them in one list."""

    _inherit = "reform.desk"

    @api.model
    def _desk_entries(self):
        entries = super()._desk_entries()
        runs = any(
            self.env.user.has_group(f"admin_reform_committees.group_{role}")
            for role in ("secretary", "chair")
        )
        # their names in the list are long: asked for only where there is a body to run
        bodies = runs and self.env["reform.committee"].search(
            [("user_runs", "=", True)]
        )
        if bodies:
            entries += [
                *self._meetings_to_run(bodies),
                *self._to_communicate(bodies),
                *self._to_screen(bodies),
                *self._to_report_back(bodies),
            ]
        return entries

    def _meetings_to_run(self, bodies):
        """Return meetings to invite to, to open, and whose minutes are to be sent."""
        now = fields.Datetime.now()
        notice = timedelta(days=max(bodies.mapped("notice_days"), default=0))
        meetings = self.env["reform.meeting"].search(
            Domain("committee_id", "in", bodies.ids)
            & (
                Domain("state", "in", ("in_session", "held"))
                | (
                    Domain("state", "=", "convened")
                    & Domain("start_at", "<=", fields.Datetime.add(now, days=1))
                )
                | (
                    Domain("state", "=", "draft")
                    & Domain("start_at", "<=", now + notice + AHEAD)
                )
            ),
            order="start_at",
            limit=SHOWN,
        )
        return [self._meeting_entry(meeting) for meeting in meetings]

    def _meeting_entry(self, meeting):
        name, day = meeting.display_name, meeting.meeting_date
        if meeting.state == "draft":
            title = self.env._("Invite to %s", name)
            day -= timedelta(days=meeting.committee_id.notice_days)
        elif meeting.state == "convened":
            title = self.env._("Open %s", name)
        elif meeting.is_amending:
            title = self.env._("Amend the minutes of %s", name)
        else:
            title = self.env._("Finish and send the minutes of %s", name)
        return self._entry(
            "meeting", meeting, title, meeting.committee_id, day, [meeting.reason]
        )

    def _to_communicate(self, bodies):
        """Return what was adopted and is not communicated, or came back.

        What was recommended upward comes here with its answer.
        """
        resolutions = self.env["reform.resolution"].search(
            Domain("committee_id", "in", bodies.ids)
            & Domain("state", "in", ("adopted", "returned"))
            & (Domain("kind", "!=", "referral_up") | Domain("answer", "!=", False)),
            order="due_on, id",
            limit=SHOWN,
        )
        return [
            self._resolution(
                "communicate", each, [each.return_reason or each._answer_line()]
            )
            for each in resolutions
        ]

    def _to_screen(self, bodies):
        proposals = self.env["reform.agenda.proposal"].search(
            Domain("committee_id", "in", bodies.ids)
            & Domain("state", "=", "submitted"),
            limit=SHOWN,
        )
        return [
            self._entry(
                "screen",
                proposal,
                proposal.name,
                proposal.committee_id,
                self._day_of(proposal.submitted_at, proposal.company_id),
                # sudo: who screens it sees who proposed it
                [proposal.sudo().proposer_id.name],
            )
            for proposal in proposals
        ]

    def _to_report_back(self, bodies):
        # the rules show them once the minutes that referred them are approved
        referrals = self.env["reform.referral"].search(
            Domain("committee_id", "in", bodies.ids) & Domain("state", "=", "open"),
            limit=SHOWN,
        )
        return [
            self._entry(
                "referral",
                referral,
                referral.name,
                referral.committee_id,
                referral.due_on,
                # sudo: who must report sees to whom
                [referral.sudo().from_committee_id.name],
            )
            for referral in referrals
        ]

    @api.model
    def _opened(self):
        """Return what is opened to act on it, by kind of entry."""
        return {
            "meeting": "reform.meeting",
            "screen": "reform.agenda.proposal",
            "referral": "reform.referral",
        }

    @api.model
    def desk_detail(self, kind, record_id):
        opened = self._opened()
        if kind not in opened:
            return super().desk_detail(kind, record_id)
        record = self.env[opened[kind]].browse(record_id)
        record.check_access("read")
        return {
            "text": record.display_name,
            "opens": {"model": record._name, "id": record.id},
            "facts": getattr(self, f"_facts_{kind}")(record),
        }

    def _facts_meeting(self, meeting):
        return [
            [self.env._("When"), meeting._minutes_where(meeting.sudo())],
            [self.env._("Agenda"), listed(self.env, meeting.item_ids.mapped("name"))],
            [self.env._("Mind"), meeting.time_note or ""],
            [self.env._("Reason"), meeting.reason or ""],
        ]

    def _facts_screen(self, proposal):
        # sudo: who screens it sees who proposed it
        return [
            [self.env._("Proposed by"), proposal.sudo().proposer_id.name],
            [self.env._("Why"), proposal.explanation or ""],
        ]

    def _facts_referral(self, referral):
        return [
            # sudo: who must report sees to whom
            [self.env._("Referred by"), referral.sudo().from_committee_id.name],
            [self.env._("Report until"), day_text(self.env, referral.due_on)],
        ]
