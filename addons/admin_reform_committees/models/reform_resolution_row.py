from odoo import fields, models

from ..texts import day_text, hour_text, listed


class ReformResolutionRow(models.Model):
    """A resolution as one row of the minutes screen."""

    _inherit = "reform.resolution"

    def _minutes_row(self, vote):
        self.ensure_one()
        today = self.env["reform.term.mixin"]._today()
        return {
            "id": self.id,
            "key": self.client_key or "",
            "number": self.number or "",
            "text": self.text,
            "kind": self.kind,
            "responsible": self.responsible_id.id,
            "responsible_name": self.responsible_id.name or "",
            "unit": self.department_id.name or self.responsible_id.function or "",
            # as one text: two lists of the same people would not be equal there
            "partners": ",".join(map(str, sorted(self.co_responsible_ids.ids))),
            "partners_text": listed(self.env, self.co_responsible_ids.mapped("name")),
            "due": fields.Date.to_string(self.due_on) or "",
            "due_text": day_text(self.env, self.due_on),
            "late_days": max((today - self.due_on).days, 0)
            if self.due_on and self.is_overdue
            else 0,
            "programme": self.programme_id.id,
            "percent": self.percent,
            "state": self.state,
            "vote": vote._minutes_vote() if vote else 0,
        }


class ReformVoteRow(models.Model):
    """A vote as the minutes screen shows it."""

    _inherit = "reform.vote.event"

    def _minutes_vote(self):
        self.ensure_one()
        zone = self.company_id.agency_tz
        return {
            "id": self.id,
            "mode": self.mode,
            "yes": self.yes_count,
            "no": self.no_count,
            "abstain": self.abstain_count,
            "present": self.present,
            "result": self.result,
            "at": hour_text(self.env, self.voted_at, zone),
            "votes": {
                str(vote.attendance_id.id): vote.option for vote in self.vote_ids
            },
        }
