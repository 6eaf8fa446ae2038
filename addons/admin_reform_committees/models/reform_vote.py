from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.agency_base.tools import localize_digits
from odoo.addons.agency_base.tools.context import without_defaults

OPTIONS = [("yes", "In Favour"), ("no", "Against"), ("abstain", "Abstains")]
# Set from the rule of the body and who is in the room, never by hand.
OUTCOME = {"present", "required", "is_quorate", "result", "voted_at"}


class ReformVoteEvent(models.Model):
    """One vote of a meeting: on an item, or on one resolution under it.

    Counted by show of hands, by name, or adopted by consensus. How many voters were
    in the room and did not stand aside is kept with it: the list may change later.
    """

    _name = "reform.vote.event"
    _description = "Vote"
    _inherit = ["agency.derived.mixin"]
    _order = "item_id, id"

    item_id = fields.Many2one(
        "reform.agenda.item", required=True, index=True, ondelete="cascade"
    )
    meeting_id = fields.Many2one(related="item_id.meeting_id", store=True, index=True)
    company_id = fields.Many2one(related="item_id.company_id", store=True)
    resolution_id = fields.Many2one(
        "reform.resolution", index="btree_not_null", ondelete="cascade"
    )
    mode = fields.Selection(
        [("consensus", "Consensus"), ("count", "By Count"), ("name", "By Name")],
        required=True,
        default="count",
    )
    vote_ids = fields.One2many("reform.vote", "event_id", "Votes")
    yes_count = fields.Integer("In Favour")
    no_count = fields.Integer("Against")
    abstain_count = fields.Integer("Abstentions")
    present = fields.Integer("Voters Present", readonly=True)
    required = fields.Integer("Quorum", readonly=True)
    is_quorate = fields.Boolean("With Quorum", readonly=True)
    result = fields.Selection(
        [("adopted", "Adopted"), ("rejected", "Rejected"), ("void", "Without Quorum")],
        readonly=True,
    )
    voted_at = fields.Datetime(readonly=True)

    _counts_are_natural = models.Constraint(
        "CHECK (LEAST(yes_count, no_count, abstain_count, 0) = 0)",
        "Votes are counted from zero upwards.",
    )
    _one_vote = models.UniqueIndex(
        "(item_id, COALESCE(resolution_id, 0))",
        "There is one vote on each item and each resolution.",
    )

    @api.depends("result", "mode", "yes_count", "no_count", "abstain_count")
    @api.depends_context("lang")
    def _compute_display_name(self):
        modes = dict(self._fields["mode"]._description_selection(self.env))
        results = dict(self._fields["result"]._description_selection(self.env))
        for event in self:
            result = results.get(event.result, "")
            event.display_name = f"{result}: {modes[event.mode]}"

    @api.constrains("resolution_id", "item_id")
    def _check_resolution(self):
        for event in self.filtered("resolution_id"):
            if event.resolution_id.item_id != event.item_id:
                raise ValidationError(
                    self.env._("A resolution is voted on under its own item.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_outcome(vals)
        vals_list = self._with_owner("item_id", vals_list)
        items = self.env["reform.agenda.item"].browse(
            vals["item_id"] for vals in vals_list if vals.get("item_id")
        )
        items.meeting_id._check_open()
        self._check_session(items.meeting_id)
        counted = without_defaults(self, OUTCOME)
        events = super(ReformVoteEvent, counted).create(vals_list)
        events._count()
        return events

    def write(self, vals):
        self.meeting_id._check_open()
        self._refuse_outcome(vals)
        if not {"item_id", "resolution_id"}.isdisjoint(vals):
            raise UserError(self.env._("A vote stays with what was voted on."))
        result = super().write(vals)
        if vals:
            self._count()
        return result

    # pylint: disable=no-raise-unlink
    def unlink(self):
        self.meeting_id._check_open()
        return super().unlink()

    @api.model
    def _refuse_outcome(self, vals):
        if not OUTCOME.isdisjoint(vals):
            raise AccessError(
                self.env._("What a vote came to is counted by the system.")
            )

    @api.model
    def _check_session(self, meetings):
        for meeting in meetings:
            if meeting.state not in ("in_session", "held"):
                raise UserError(
                    self.env._("One votes once the meeting is open, not before.")
                )

    def _count(self):
        """Count by the rule of the body, with those in the room now."""
        for event in self:
            meeting = event.meeting_id
            if meeting.state == "in_session" or not event.voted_at:
                quorum = meeting._quorum(event.item_id)
            else:
                # counted again after the meeting: the room is that of the vote
                quorum = None
            vals = event._counts(quorum.present if quorum else event.present)
            if quorum:
                vals |= {
                    "present": quorum.present,
                    "required": quorum.required,
                    "is_quorate": quorum.is_met,
                    "voted_at": fields.Datetime.now(),
                }
            vals["result"] = event._result(event.present or 0, vals)
            event._stamp(vals)

    # pylint: disable=super-method-mismatch
    def _stamp(self, vals):
        """Write what only the system writes, past the guard of `write`."""
        return super().write(vals)

    def _counts(self, present):
        if self.mode == "consensus":
            return {"yes_count": present, "no_count": 0, "abstain_count": 0}
        if self.mode == "name":
            options = self.vote_ids.mapped("option")
            return {
                f"{option}_count": options.count(option) for option, _label in OPTIONS
            }
        counts = {
            name: self[name] for name in ("yes_count", "no_count", "abstain_count")
        }
        if sum(counts.values()) > present:
            raise ValidationError(
                self.env._(
                    "%(votes)s votes were counted, but only %(present)s voters are in "
                    "the room.",
                    votes=localize_digits(sum(counts.values()), self.env.lang),
                    present=localize_digits(present, self.env.lang),
                )
            )
        return counts

    def _result(self, present, vals):
        present = vals.get("present", present)
        if not vals.get("is_quorate", self.is_quorate):
            return "void"
        meeting = self.meeting_id
        adopted = adopted_by(
            meeting.committee_id.vote_rule,
            yes=vals["yes_count"],
            no=vals["no_count"],
            present=present,
            seats=meeting.voter_count,
            chair_says_yes=self._chair_says_yes(),
        )
        return "adopted" if adopted else "rejected"

    def _chair_says_yes(self):
        """Tell whether the chair's vote decides a tie, and decided it with yes."""
        meeting = self.meeting_id
        if not meeting.committee_id.chair_decides_ties or self.mode != "name":
            return False
        chair = self.vote_ids.filtered(
            lambda vote: vote.attendance_id.partner_id == meeting.presided_by_id
        )
        return chair.option == "yes"


def adopted_by(rule, *, yes, no, present, seats, chair_says_yes=False):
    """Tell whether votes adopt a motion under the rule of a body.

    >>> adopted_by("majority_present", yes=3, no=2, present=6, seats=9)
    False
    >>> adopted_by("majority_present", yes=3, no=3, present=6, seats=9,
    ...            chair_says_yes=True)
    True
    >>> adopted_by("majority_members", yes=4, no=0, present=6, seats=7)
    True
    >>> adopted_by("two_thirds_present", yes=4, no=1, present=6, seats=9)
    True
    >>> adopted_by("consensus", yes=5, no=0, present=6, seats=9)
    True
    """
    if rule == "consensus":
        return yes > 0 and no == 0
    if rule == "two_thirds_present":
        return 3 * yes >= 2 * present and yes > 0
    base = seats if rule == "majority_members" else present
    return 2 * yes > base or (yes > 0 and 2 * yes == base and chair_says_yes)


class ReformVote(models.Model):
    """How one voter voted, where votes are taken by name."""

    _name = "reform.vote"
    _description = "Vote by Name"
    _inherit = ["agency.derived.mixin"]
    _order = "event_id, id"

    event_id = fields.Many2one(
        "reform.vote.event", required=True, index=True, ondelete="cascade"
    )
    meeting_id = fields.Many2one(related="event_id.meeting_id", store=True)
    company_id = fields.Many2one(related="event_id.company_id", store=True)
    attendance_id = fields.Many2one(
        "reform.attendance", "Voter", required=True, ondelete="restrict"
    )
    option = fields.Selection(OPTIONS, required=True)

    _voter_uniq = models.UniqueIndex(
        "(event_id, attendance_id)", "Everybody votes once."
    )

    @api.constrains("attendance_id", "event_id")
    def _check_voter(self):
        for vote in self:
            voter, item = vote.attendance_id, vote.event_id.item_id
            if (
                voter.meeting_id != vote.meeting_id
                or not voter.is_voting
                or not (voter.is_here or vote.meeting_id.state != "in_session")
                or voter.status not in ("present", "substituted")
                or item in voter.recused_item_ids
            ):
                raise ValidationError(
                    self.env._(
                        "%(person)s cannot vote on this: only voting members who are "
                        "in the room and do not stand aside do.",
                        person=voter.partner_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = self._with_owner("event_id", vals_list)
        events = self.env["reform.vote.event"].browse(
            vals["event_id"] for vals in vals_list if vals.get("event_id")
        )
        events.meeting_id._check_open()
        votes = super().create(vals_list)
        votes.event_id._count()
        return votes

    def write(self, vals):
        self.meeting_id._check_open()
        if not {"event_id", "attendance_id"}.isdisjoint(vals):
            raise UserError(self.env._("A vote stays with what was voted on."))
        result = super().write(vals)
        self.event_id._count()
        return result

    # pylint: disable=no-raise-unlink
    def unlink(self):
        self.meeting_id._check_open()
        events = self.event_id
        result = super().unlink()
        events.exists()._count()
        return result
