from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.agency_base.tools import localize_digits

REFERRALS = 500


class ReformAgendaUpward(models.Model):
    """Items that came from a body below, and go back to it with an answer."""

    _inherit = "reform.agenda.item"

    source = fields.Selection(
        selection_add=[("from_below", "From a Body Below")],
        ondelete={"from_below": "set default"},
    )
    resolution_id = fields.Many2one(
        "reform.resolution",
        "Recommendation",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Of a body below, put to this one.",
    )


class ReformMeetingUpward(models.Model):
    """Recommendations come up, and answers go back by themselves."""

    _inherit = "reform.meeting"

    def _prepare_items(self):
        result = super()._prepare_items()
        self._take_referrals()
        return result

    def _take_referrals(self, resolutions=None):
        """Put here what bodies below recommend."""
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
                "explanation": self.env._(
                    "Recommendation %(number)s of %(body)s",
                    number=localize_digits(resolution.number, self.env.lang),
                    # sudo: who is asked sees who asks
                    body=resolution.sudo().committee_id.name,
                ),
                "notes": False,
            }
            for resolution in resolutions
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
        number = localize_digits(self.number, self.env.lang)
        for item in self.item_ids:
            text = "\n".join(filter(None, (outcomes[item.outcome], item.notes, number)))
            if item.resolution_id:
                item.resolution_id._set_stamps({"answer": text})
                item.resolution_id._course("answer", note=text)


class ReformResolutionUpward(models.Model):
    """A recommendation and the answer to it."""

    _inherit = "reform.resolution"

    upward_item_ids = fields.One2many("reform.agenda.item", "resolution_id", "Put to")
    answer = fields.Text("Answer of the Superior Body", readonly=True, copy=False)

    def _answer_line(self):
        self.ensure_one()
        said = (self.answer or "").replace("\n", " – ")
        return self.env._("Answered: %s", said) if said else ""
