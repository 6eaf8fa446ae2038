from odoo import fields, models
from odoo.fields import Domain

REFERRALS = 500


class ReformAgendaReferral(models.Model):
    """Items that came from another body, and go back to it with an answer."""

    _inherit = "reform.agenda.item"

    source = fields.Selection(
        selection_add=[
            ("from_below", "From a Body Below"),
            ("referred", "Referred Down"),
        ],
        ondelete={"from_below": "set default", "referred": "set default"},
    )
    resolution_id = fields.Many2one(
        "reform.resolution",
        "Recommendation",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Of a body below, put to this one.",
    )
    referred_to_id = fields.Many2one(
        "reform.committee", "Referred to", ondelete="restrict", check_company=True
    )
    report_due_on = fields.Date("Report Due")
    referred_from_id = fields.Many2one(
        "reform.agenda.item",
        "Referred from",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    report = fields.Text(
        "Report of the Committee",
        readonly=True,
        help="What came of it in the body it was referred to.",
    )

    _referred_once = models.UniqueIndex(
        "(referred_from_id, meeting_id) WHERE referred_from_id IS NOT NULL"
    )


class ReformMeetingReferral(models.Model):
    """Recommendations come up, matters go down, and answers come back by themselves."""

    _inherit = "reform.meeting"

    def _prepare_items(self):
        result = super()._prepare_items()
        # sudo: what bodies below put to this one is on its agenda whoever prepares it
        self.sudo()._take_referrals()
        return result

    def _take_referrals(self, resolutions=None):
        """Put here what bodies below recommend, and what was referred to this one."""
        self.ensure_one()
        if resolutions is None:
            resolutions = self.env["reform.resolution"].search(
                Domain("committee_id.parent_id", "=", self.committee_id.id)
                & Domain("kind", "=", "referral_up")
                & Domain("state", "in", ("adopted", "communicated", "in_progress"))
                & Domain("upward_item_ids", "=", False),
                limit=REFERRALS,
            )
        vals_list = [
            {
                "meeting_id": self.id,
                "name": resolution.text.split("\n")[0][:200],
                "source": "from_below",
                "sequence": 20,
                "resolution_id": resolution.id,
                "notes": False,
            }
            for resolution in resolutions
        ]
        waiting = self.env["reform.agenda.item"].search(
            Domain("referred_to_id", "=", self.committee_id.id)
            & Domain("outcome", "=", "referred")
            & Domain("meeting_id.state", "=", "approved")
            & Domain("referred_down_ids", "=", False),
            limit=REFERRALS,
        )
        vals_list += [
            {
                "meeting_id": self.id,
                "name": item.name,
                "source": "referred",
                "sequence": 25,
                "referred_from_id": item.id,
                "report_due_on": item.report_due_on,
                "programme_id": item.programme_id.id,
            }
            for item in waiting
        ]
        self.env["reform.agenda.item"].create(vals_list)
        for resolution in resolutions:
            resolution._course("upward", note=self.display_name)

    def _after_transition(self, before):
        result = super()._after_transition(before)
        if self.state == "approved":
            self._answer_referrals()
        return result

    def _answer_referrals(self):
        """Send the answer of this body back to where each matter came from."""
        outcomes = dict(
            self.env["reform.agenda.item"]
            ._fields["outcome"]
            ._description_selection(self.env)
        )
        for item in self.item_ids:
            text = "\n".join(
                filter(None, (outcomes[item.outcome], item.notes, self.number))
            )
            if item.resolution_id:
                item.resolution_id._set_stamps({"answer": text})
                item.resolution_id._course("answer", note=text)
            if item.referred_from_id:
                self._report_back(item, text)

    def _report_back(self, item, text):
        """Put the report of this body on the next agenda of the one that asked."""
        origin = item.referred_from_id
        meeting = self.search(
            Domain("committee_id", "=", origin.meeting_id.committee_id.id)
            & Domain("state", "in", ("draft", "convened")),
            order="start_at",
            limit=1,
        )
        if meeting:
            self.env["reform.agenda.item"].create(
                {
                    "meeting_id": meeting.id,
                    "name": origin.name,
                    "source": "carry_over",
                    "sequence": 15,
                    "report": text,
                    "programme_id": origin.programme_id.id,
                }
            )


class ReformAgendaReferralBack(models.Model):
    """Where a matter went."""

    _inherit = "reform.agenda.item"

    referred_down_ids = fields.One2many("reform.agenda.item", "referred_from_id")


class ReformResolutionUpward(models.Model):
    """A recommendation and the answer to it."""

    _inherit = "reform.resolution"

    upward_item_ids = fields.One2many("reform.agenda.item", "resolution_id", "Put to")
    answer = fields.Text("Answer of the Superior Body", readonly=True, copy=False)
