from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

ROLES = [
    ("chair", "Chair"),
    ("vice", "Vice Chair"),
    ("secretary", "Secretary"),
    ("member", "Member"),
    ("alternate", "Alternate Member"),
    ("observer", "Observer"),
    ("guest", "Invited Expert"),
]
RANK = {role: rank for rank, (role, _label) in enumerate(ROLES)}
VOTING = ("chair", "vice", "secretary", "member")


class ReformMembership(models.Model):
    """A seat in a body, held by one person for some time.

    Who was a member on a day is asked of the dates, so the list of ten years ago is
    still there. A role that changes is a new membership.
    """

    _name = "reform.membership"
    _description = "Membership"
    _inherit = ["reform.term.mixin"]
    _order = "committee_id, rank, begins_on, id"
    _check_company_auto = True
    _identity = frozenset({"committee_id", "partner_id", "role", "begins_on"})

    # === Seat ===
    committee_id = fields.Many2one(
        "reform.committee",
        "Body",
        required=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(related="committee_id.company_id", store=True)
    partner_id = fields.Many2one(
        "res.partner",
        "Person",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('is_company', '=', False)]",
    )
    role = fields.Selection(ROLES, required=True, default="member")
    rank = fields.Integer(compute="_compute_rank", store=True)
    is_voting = fields.Boolean(
        "Votes",
        compute="_compute_is_voting",
        store=True,
        readonly=False,
        precompute=True,
        help="Counts for the quorum and votes. An alternate votes when he stands in.",
    )
    post = fields.Char(help="The post in the agency that the seat belongs to.")
    department_id = fields.Many2one(
        "hr.department", "Unit", ondelete="set null", check_company=True
    )
    alternate_for_id = fields.Many2one(
        "reform.membership",
        "Stands in for",
        ondelete="restrict",
        domain="[('committee_id', '=', committee_id), ('is_voting', '=', True)]",
    )

    _ends_after_begin = models.Constraint(
        "CHECK (ends_on >= begins_on)",
        "A membership cannot end before it begins.",
    )
    # Ranges of one number compare bodies: with them an exclusion constraint needs no
    # btree_gist, an extension that not every agency's PostgreSQL lets Odoo create.
    _one_chair = models.Constraint(
        "EXCLUDE USING gist (int4range(committee_id, committee_id, '[]') WITH &&, "
        "daterange(begins_on, ends_on, '[]') WITH &&) WHERE (role = 'chair') "
        "DEFERRABLE INITIALLY DEFERRED",
        "A body has one chair at a time: end the term of the other one first.",
    )
    _one_seat = models.Constraint(
        "EXCLUDE USING gist (int4range(committee_id, committee_id, '[]') WITH &&, "
        "int4range(partner_id, partner_id, '[]') WITH &&, "
        "daterange(begins_on, ends_on, '[]') WITH &&) DEFERRABLE INITIALLY DEFERRED",
        "Nobody holds two seats of one body at a time.",
    )

    @api.depends("role")
    def _compute_rank(self):
        for membership in self:
            membership.rank = RANK.get(membership.role, len(RANK))

    @api.depends("role")
    def _compute_is_voting(self):
        for membership in self:
            membership.is_voting = membership.role in VOTING

    @api.depends("partner_id.name", "role")
    def _compute_display_name(self):
        roles = dict(self._fields["role"]._description_selection(self.env))
        for membership in self:
            membership.display_name = self.env._(
                "%(person)s (%(role)s)",
                person=membership.partner_id.name or "",
                role=roles.get(membership.role, ""),
            )

    @api.constrains("partner_id")
    def _check_person(self):
        for membership in self:
            if membership.partner_id.is_company:
                raise ValidationError(
                    self.env._(
                        "%(name)s is an organisation: enter the person who sits for "
                        "it.",
                        name=membership.partner_id.name,
                    )
                )

    @api.constrains("committee_id", "partner_id", "role", "begins_on", "ends_on")
    def _check_overlap(self):
        """Say who is in the way; the constraints above would not know the name."""
        for membership in self:
            others = membership.committee_id.membership_ids.filtered(
                membership._overlaps
            )
            membership._refuse_same_person(others)
            if membership.role == "chair":
                membership._refuse_second_chair(others)
        self._exclude_now()

    def _used_by(self):
        return Domain("attendance_ids.membership_id", "=", self.id)

    def _overlaps(self, other):
        """Tell whether another membership has a day in common with this one."""
        return (
            other != self
            and (not self.ends_on or other.begins_on <= self.ends_on)
            and (not other.ends_on or self.begins_on <= other.ends_on)
        )

    def _refuse_same_person(self, others):
        if others.filtered(lambda other: other.partner_id == self.partner_id):
            raise ValidationError(
                self.env._(
                    "%(person)s already holds a seat of %(body)s in these days. End "
                    "that membership before the new one begins.",
                    person=self.partner_id.name,
                    body=self.committee_id.name,
                )
            )

    def _refuse_second_chair(self, others):
        if chairs := others.filtered(lambda other: other.role == "chair"):
            raise ValidationError(
                self.env._(
                    "%(chair)s is the chair of %(body)s in these days. End that "
                    "membership before the new one begins.",
                    chair=chairs[0].partner_id.name,
                    body=self.committee_id.name,
                )
            )

    @api.constrains("alternate_for_id", "role")
    def _check_alternate(self):
        for membership in self.filtered("alternate_for_id"):
            regular = membership.alternate_for_id
            if membership.role != "alternate" or (
                regular.committee_id != membership.committee_id
            ):
                raise ValidationError(
                    self.env._(
                        "Only an alternate stands in, and only for a member of the "
                        "same body."
                    )
                )
