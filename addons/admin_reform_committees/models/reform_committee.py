from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.agency_base.tools import to_latin_digits

KINDS = [
    ("council", "Council"),
    ("commission", "Commission"),
    ("committee", "Committee"),
    ("working_group", "Working Group"),
]
SCOPES = [
    ("province", "Province"),
    ("agency", "Agency"),
    ("county", "County"),
    ("office", "Office"),
]
QUORUM_RULES = [
    ("majority", "More than half of the voting members"),
    ("two_thirds", "Two thirds of the voting members"),
    ("fixed", "A fixed number"),
    ("none", "None"),
]
# A body stands under one of a higher kind.
RANK = {kind: rank for rank, (kind, _label) in enumerate(KINDS)}


class ReformCommittee(models.Model):
    """A council, commission, committee or working group of administrative reform.

    How many bodies there are, and their names, is data. Rules of quorum and vote that
    apply to a meeting are copied to it when it is convened: changing them here does
    not touch meetings that were held.
    """

    _name = "reform.committee"
    _description = "Reform Body"
    _inherit = ["mail.thread"]
    _order = "sequence, code, id"
    _rec_names_search = ["name", "code"]
    _parent_store = True
    _check_company_auto = True

    # === Identity ===
    name = fields.Char(required=True, index="trigram", tracking=True)
    code = fields.Char(
        required=True,
        help="Latin letters and digits; begins the numbers of meetings and "
        "resolutions, as C3 in C3/1405/07.",
    )
    kind = fields.Selection(KINDS, required=True, default="committee", index=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )

    # === Place in the agency ===
    parent_id = fields.Many2one(
        "reform.committee",
        "Under",
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("reform.committee", "parent_id", "Bodies under It")
    superior_body = fields.Char(
        "Superior Body Outside",
        help="A body outside the agency that this one reports to, such as the "
        "ministry's reform council.",
    )
    scope = fields.Selection(SCOPES, required=True, default="agency")

    # === Foundation ===
    mandate = fields.Text()
    legal_basis = fields.Text()
    founding_resolution = fields.Char(help="Number of the decision that founded it.")
    founded_on = fields.Date("Founded")
    secretary_post = fields.Char(
        "Secretary by Office", help="The post whose holder is the secretary."
    )
    programme_ids = fields.Many2many("reform.programme")

    # === Rules ===
    meetings_per_year = fields.Integer(default=6, tracking=True)
    quorum_rule = fields.Selection(
        QUORUM_RULES,
        "Quorum",
        required=True,
        default="majority",
        tracking=True,
    )
    quorum_fixed = fields.Integer("Members for a Quorum", tracking=True)
    vote_rule = fields.Selection(
        [
            ("majority_present", "More than half of those present"),
            ("majority_members", "More than half of all voting members"),
            ("two_thirds_present", "Two thirds of those present"),
            ("consensus", "Consensus"),
        ],
        "Decides by",
        required=True,
        default="majority_present",
        tracking=True,
    )
    chair_decides_ties = fields.Boolean(
        tracking=True, help="At equal votes the chair's counts."
    )
    notice_days = fields.Integer(
        default=3, help="Days between the invitation and the meeting."
    )
    comment_days = fields.Integer(
        default=3, help="Days the members have to comment on the minutes."
    )
    approver_id = fields.Many2one(
        "res.users",
        "Minutes Approved by",
        check_company=True,
        ondelete="restrict",
        tracking=True,
        help="If empty, whoever presides over the body approves its minutes.",
    )
    usual_place = fields.Char()
    usual_minutes = fields.Integer(
        "Usual Length", default=90, help="Of a meeting, in minutes."
    )
    standing_item_ids = fields.One2many(
        "reform.standing.item", "committee_id", "Standing Items", copy=True
    )

    _code_company_uniq = models.UniqueIndex(
        "(company_id, code) WHERE active",
        "Two active bodies of one company cannot share a code.",
    )
    _code_is_latin = models.Constraint(
        "CHECK (code ~ '^[A-Z][A-Z0-9]{0,7}$')",
        "A code is a Latin letter followed by at most seven letters or digits.",
    )
    _fixed_quorum_is_given = models.Constraint(
        "CHECK (quorum_rule != 'fixed' OR COALESCE(quorum_fixed, 0) > 0)",
        "A fixed quorum needs the number of members.",
    )
    _meetings_are_possible = models.Constraint(
        "CHECK (meetings_per_year BETWEEN 0 AND 366)",
        "A body meets between 0 and 366 times a year.",
    )
    _days_are_natural = models.Constraint(
        "CHECK (notice_days >= 0 AND comment_days >= 0 AND usual_minutes > 0)",
        "Days cannot be negative, and a meeting has a length.",
    )

    @api.constrains("parent_id", "kind")
    def _check_parent(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for body in self | self.child_ids:
            if body.parent_id and RANK[body.parent_id.kind] >= RANK[body.kind]:
                raise ValidationError(
                    self.env._(
                        "%(body)s is a %(kind)s and cannot stand under a "
                        "%(parent_kind)s.",
                        body=body.name,
                        kind=kinds[body.kind],
                        parent_kind=kinds[body.parent_id.kind],
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._clean_code(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._clean_code(vals))

    # pylint: disable=no-raise-unlink
    def unlink(self):
        # In `unlink` itself: a context sent by RPC skips `@api.ondelete`.
        used = self.membership_ids.committee_id | self.child_ids.parent_id
        if used:
            raise UserError(
                self.env._(
                    "%(body)s has members or bodies under it. Archive it instead: what "
                    "it did stays on record.",
                    body=used[0].name,
                )
            )
        return super().unlink()

    def copy_data(self, default=None):
        copies = super().copy_data(default)
        for body, vals in zip(self, copies, strict=True):
            if "name" not in (default or {}):
                vals["name"] = self.env._("%s (copy)", body.name)
            if "code" not in (default or {}):
                vals["code"] = f"{body.code[:7]}X"
        return copies

    @api.model
    def _clean_code(self, vals):
        if not vals.get("code"):
            return vals
        return vals | {"code": to_latin_digits(vals["code"]).strip().upper()}
