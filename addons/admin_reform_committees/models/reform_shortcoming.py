from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.agency_base.tools import localize_digits

STATES = [
    ("identified", "Identified"),
    ("mending", "Being Mended"),
    ("reflected", "Reflected Upward"),
    ("answered", "Answered"),
    ("closed", "Closed"),
]
OURS = "own"


class ReformShortcoming(models.Model):
    """A shortcoming found in an office, told apart by what causes it.

    What is ours is mended inside; what laws, structure or others cause is reflected
    upward by letter and followed until the answer.
    """

    _name = "reform.shortcoming"
    _description = "Shortcoming"
    _inherit = ["reform.body.record", "mail.thread", "mail.activity.mixin"]
    _order = "found_on desc, id desc"
    _rec_names_search = ["number", "name"]
    _check_company_auto = True
    _official_registers = frozenset({"admin_reform_committees.shortcoming_register"})

    _state_transitions = {
        "identified": {"mending", "reflected"},
        "mending": {"closed", "reflected"},
        "reflected": {"answered", "closed"},
        "answered": {"closed", "mending", "reflected"},
        "closed": {"mending", "reflected"},
    }
    _state_stamps = frozenset({"number", "closed_on"})
    _states_open = ("identified", "mending", "reflected", "answered")
    _states_for_members = tuple(state for state, _label in STATES)
    _states_for_approver = _states_for_members
    _states_published = ("closed",)

    # === Identity ===
    number = fields.Char(readonly=True, copy=False)
    name = fields.Char("Shortcoming", required=True)
    description = fields.Text()
    found_on = fields.Date(
        "Found",
        required=True,
        default=lambda self: self.env["reform.term.mixin"]._today(),
    )
    department_id = fields.Many2one(
        "hr.department", "Office", ondelete="restrict", check_company=True
    )
    state = fields.Selection(
        STATES,
        required=True,
        readonly=True,
        copy=False,
        index=True,
        default="identified",
        group_expand=True,
    )
    cause = fields.Selection(
        [
            (OURS, "Ours"),
            ("law", "Law or Regulation"),
            ("structure", "Structure and Organisation"),
            ("other", "Another Body"),
        ],
        required=True,
        index=True,
    )

    # === What is done about it ===
    measure = fields.Text("What Is Done")
    responsible_id = fields.Many2one(
        "res.partner", ondelete="restrict", domain="[('is_company', '=', False)]"
    )
    due_on = fields.Date("Deadline")
    recipient = fields.Char("Reflected to", help="The body that can change it.")
    letter_no = fields.Char("Letter Number")
    letter_on = fields.Date("Letter Date")
    answer = fields.Text()
    answer_on = fields.Date("Answer of")
    outcome = fields.Text()
    closed_on = fields.Date("Closed on", readonly=True, copy=False)

    _reflected_has_letter = models.Constraint(
        "CHECK (state NOT IN ('reflected', 'answered') "
        "OR (COALESCE(recipient, '') != '' "
        "AND COALESCE(letter_no, '') != '' AND letter_on IS NOT NULL))",
        "What is reflected upward has a recipient and a letter with number and date.",
    )
    _number_uniq = models.UniqueIndex("(company_id, number)")

    @api.depends("number", "name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for shortcoming in self:
            number = localize_digits(shortcoming.number or "", self.env.lang)
            parts = filter(None, (number, shortcoming.name))
            shortcoming.display_name = " – ".join(parts)

    @api.model
    def _creation_stamps(self, vals_list):
        """Draw the numbers of new shortcomings, gap-free per body and year."""
        stamps = []
        for vals in vals_list:
            body = self.env["reform.committee"].browse(
                vals.get("committee_id") or self._default_committee().id
            )
            if not body:
                stamps.append({})
                continue
            counter = self.env["agency.counter"].with_company(body.company_id)
            year = self._this_quarter()[0]
            number = counter._next(body.code, fields.Datetime.now(), "shortcoming")
            stamps.append({"number": f"{body.code}/{year}/N{number:02d}"})
        return stamps

    def write(self, vals):
        if "committee_id" in vals and any(
            shortcoming.committee_id.id != vals["committee_id"] for shortcoming in self
        ):
            raise UserError(
                self.env._(
                    "A shortcoming has the number of its body and stays in its "
                    "register."
                )
            )
        return super().write(vals)

    def _check_transition(self, state):
        for shortcoming in self:
            if state == "mending" and not (shortcoming.measure or "").strip():
                raise UserError(self.env._("Write what is done about it first."))
            if state == "reflected":
                shortcoming._check_letter()
            if state == "answered" and not shortcoming._is_answered():
                raise UserError(self.env._("Write the answer that came, and its date."))
            if state == "closed" and not (shortcoming.outcome or "").strip():
                raise UserError(self.env._("Write what came of it before closing."))
        return super()._check_transition(state)

    def _is_answered(self):
        return bool((self.answer or "").strip() and self.answer_on)

    def _check_letter(self):
        if self.cause == OURS:
            raise UserError(
                self.env._(
                    "“%s” is our own: it is mended inside. Change its cause if others "
                    "have to change something.",
                    self.name,
                )
            )
        if not (self.recipient and self.letter_no and self.letter_on):
            raise UserError(
                self.env._(
                    "What is reflected upward has a recipient and a letter with number "
                    "and date."
                )
            )

    def _transition_stamp(self, state):
        today = self.env["reform.term.mixin"]._today()
        return {"closed_on": today if state == "closed" else False}

    def action_mend(self):
        """Mend it inside."""
        return self.write({"state": "mending"})

    def action_reflect(self):
        """Reflect it upward by the letter entered."""
        return self.write({"state": "reflected"})

    def action_answered(self):
        """Record that the answer came."""
        return self.write({"state": "answered"})

    def action_close(self):
        """Close it with what came of it."""
        return self.write({"state": "closed"})
