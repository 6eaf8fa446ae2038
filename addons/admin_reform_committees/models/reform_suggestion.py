import secrets

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.agency_base.tools import localize_digits, to_latin_digits

from ..year_rules import QUARTERS, quarter_of

STATES = [
    ("submitted", "Submitted"),
    ("in_review", "In Review"),
    ("on_agenda", "On the Agenda"),
    ("accepted", "Accepted"),
    ("rejected", "Rejected"),
    ("done", "Carried Out"),
]
# Letters and digits that are not mistaken for one another on paper.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 12


class ReformSuggestion(models.Model):
    """A suggestion to the agency, from its submission until it is carried out.

    Anonymous means that nothing in the database tells who wrote it: there is no author,
    the table keeps neither the user nor the hour of any writing (``_log_access``),
    there is no chatter, and the files are kept as the system's own. The author follows
    it by a code that only he was shown.
    """

    _name = "reform.suggestion"
    _description = "Suggestion"
    _inherit = ["agency.derived.mixin", "agency.state.mixin", "agency.form.mixin"]
    _log_access = False
    _order = "submitted_on desc, id desc"
    _rec_names_search = ["number", "name"]
    _check_company_auto = True

    _state_transitions = {
        "submitted": {"in_review", "on_agenda", "rejected"},
        "in_review": {"on_agenda"},
        "on_agenda": {"accepted", "rejected", "in_review"},
        "accepted": {"done"},
        "rejected": {"in_review"},
        "done": set(),
    }
    _state_stamps = frozenset(
        {"number", "code", "submitted_on", "decided_on", "meeting_id", "done_on"}
    )

    # === What is suggested ===
    number = fields.Char(readonly=True, copy=False)
    name = fields.Char("Subject", required=True)
    problem = fields.Text("How It Is Today", required=True)
    proposal = fields.Text("What Is Suggested", required=True)
    benefit = fields.Text("What It Brings")
    attachment_ids = fields.Many2many("ir.attachment", string="Files")
    submitted_on = fields.Date("Submitted", readonly=True, copy=False)
    jalali_year = fields.Integer(
        "Year", compute="_compute_period", store=True, aggregator=None
    )
    quarter = fields.Selection(QUARTERS, compute="_compute_period", store=True)

    # === By whom ===
    is_anonymous = fields.Boolean(
        "Anonymous",
        help="Your name is kept nowhere. You follow the suggestion by its code; files "
        "may still name you inside, so look at them first.",
    )
    author_id = fields.Many2one(
        "res.partner",
        ondelete="restrict",
        help="Of a suggestion on paper, whoever signed it.",
    )
    code = fields.Char(
        readonly=True,
        copy=False,
        groups="base.group_system",
        help="Shown once, to the author.",
    )
    is_mine = fields.Boolean("Mine", compute="_compute_is_mine")

    # === Where it goes ===
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )
    committee_id = fields.Many2one(
        "reform.committee",
        "Decided by",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    department_id = fields.Many2one(
        "hr.department",
        "Unit",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="The unit it is about; whose idea it was is not said by it.",
    )
    programme_id = fields.Many2one("reform.programme", ondelete="restrict")
    state = fields.Selection(
        STATES,
        required=True,
        readonly=True,
        copy=False,
        index=True,
        default="submitted",
        group_expand=True,
    )
    user_keeps = fields.Boolean("I Keep It", compute="_compute_user_keeps")

    # === Review ===
    review_ids = fields.One2many("reform.suggestion.review", "suggestion_id", "Reviews")
    mean_score = fields.Float(
        compute="_compute_mean_score", store=True, digits=(16, 1), aggregator="avg"
    )

    # === What came of it ===
    item_ids = fields.One2many("reform.agenda.item", "suggestion_id", "Agenda Items")
    decided_on = fields.Date("Decided", readonly=True, copy=False)
    meeting_id = fields.Many2one(
        "reform.meeting",
        "Decided by the Meeting",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="Whose approved minutes decided on it; none when the secretariat set it "
        "aside before it was reviewed.",
    )
    answer = fields.Text("Answer to the Author")
    responsible_id = fields.Many2one(
        "res.partner", ondelete="restrict", domain="[('is_company', '=', False)]"
    )
    due_on = fields.Date("Deadline")
    reward = fields.Char(help="What the author is given for it.")
    result = fields.Text("What Was Done")
    done_on = fields.Date("Carried Out on", readonly=True, copy=False)

    _anonymous_has_no_author = models.Constraint(
        "CHECK (is_anonymous IS NOT TRUE OR author_id IS NULL)",
        "An anonymous suggestion has no author.",
    )
    _code_uniq = models.UniqueIndex("(code)")
    _number_uniq = models.UniqueIndex("(company_id, number)")
    _state_idx = models.Index("(company_id, state)")

    @api.depends("number", "name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for suggestion in self:
            number = localize_digits(suggestion.number or "", self.env.lang)
            parts = filter(None, (number, suggestion.name))
            suggestion.display_name = " – ".join(parts)

    @api.depends("submitted_on")
    def _compute_period(self):
        for suggestion in self:
            day = suggestion.submitted_on
            year, quarter = quarter_of(day) if day else (0, False)
            suggestion.jalali_year = year
            suggestion.quarter = quarter and str(quarter)

    @api.depends_context("uid")
    @api.depends("author_id")
    def _compute_is_mine(self):
        for suggestion in self:
            suggestion.is_mine = suggestion.author_id == self.env.user.partner_id

    @api.depends_context("uid")
    @api.depends("committee_id")
    def _compute_user_keeps(self):
        for suggestion in self:
            suggestion.user_keeps = suggestion._may_keep()

    def _may_keep(self):
        """Tell whether the user works on it: the office, or who runs the body."""
        user = self.env.user
        group = "admin_reform_committees.group_"
        return (
            self.env.su
            or user.has_group(f"{group}reform_office")
            or (
                (user.has_group(f"{group}secretary") or user.has_group(f"{group}chair"))
                and self.committee_id.user_runs
            )
        )

    @api.depends("review_ids.state", "review_ids.total")
    def _compute_mean_score(self):
        for suggestion in self:
            given = suggestion.review_ids.filtered(
                lambda review: review.state == "given"
            )
            totals = given.mapped("total")
            suggestion.mean_score = sum(totals) / len(totals) if totals else 0.0

    # === Submitting ===

    @api.model
    def _submit(self, vals, uploads=()):
        """Take in a suggestion of the current user and return it, as superuser.

        ``vals`` are its texts, its unit, whether it is anonymous and the key of its
        form; ``uploads`` are ``(name, bytes)``. Called by the page where everybody
        suggests.
        """
        key = vals.get("form_key")
        if key and self._made_of(key, self.env.company):
            raise UserError(self.env._("This form was handed in already."))
        files = self.env["ir.attachment"]
        checked = [(files._check_upload(*upload), upload[1]) for upload in uploads]
        anonymous = bool(vals.get("is_anonymous"))
        vals = vals | {
            "company_id": self.env.company.id,
            "author_id": False if anonymous else self.env.user.partner_id.id,
        }
        # Written by the system: rows remember who wrote them, and a name that is kept
        # anywhere is no secret.
        system = self.with_user(SUPERUSER_ID).with_company(self.env.company)
        suggestion_sudo = system._make_once(vals)
        kept = system.env["ir.attachment"].create(
            [
                {
                    "name": upload.name,
                    "raw": content,
                    "mimetype": upload.mimetype,
                    "res_model": self._name,
                    "res_id": suggestion_sudo.id,
                }
                for upload, content in checked
            ]
        )
        suggestion_sudo._set_stamps({"attachment_ids": kept.ids})
        if anonymous:
            suggestion_sudo._forget_hour()
        return suggestion_sudo

    def _forget_hour(self):
        """Keep of an anonymous suggestion the day alone.

        The hour at which its files came and its number was drawn tells who was at work.
        """
        drawn = [("scope", "=", "S"), ("kind", "=", "suggestion")]
        drawn.append(("company_id", "=", self.company_id.id))
        self.env.flush_all()
        for records in (self.attachment_ids, self.env["agency.counter"].search(drawn)):
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET create_date = LEAST(create_date, %s),"
                    " write_date = LEAST(write_date, %s) WHERE id = ANY(%s)",
                    SQL.identifier(records._table),
                    self.submitted_on,
                    self.submitted_on,
                    records.ids,
                )
            )
            records.invalidate_recordset(["create_date", "write_date"], flush=False)

    @api.model
    def _creation_stamps(self, vals_list):
        today = self.env["reform.term.mixin"]._today()
        year = self.env["reform.body.record"]._this_quarter()[0]
        stamps = []
        for vals in vals_list:
            company = self.env["res.company"].browse(vals.get("company_id"))
            counter = self.env["agency.counter"].with_company(
                company or self.env.company
            )
            number = counter._next("S", today, "suggestion")
            code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
            stamps.append(
                {
                    "number": f"S/{year}/{number:03d}",
                    "code": code,
                    "submitted_on": today,
                }
            )
        return stamps

    @api.model
    def _by_code(self, code):
        """Return the suggestion that a code belongs to, as superuser, or none."""
        code = to_latin_digits(code or "").upper().replace("-", "").replace(" ", "")
        if len(code) != CODE_LENGTH or not set(code) <= set(CODE_ALPHABET):
            return self.sudo().browse()
        # sudo: who knows the code may follow it
        return self.sudo().search([("code", "=", code)])
