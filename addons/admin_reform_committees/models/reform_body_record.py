from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.agency_base.tools.context import without_defaults

from ..year_rules import quarter_of

# Its conversation goes on, whatever becomes of a record.
TALK = ("message_", "activity_", "my_activity_", "website_message_")
# Whose it is.
OWNERS = {"committee_id", "department_id"}


class ReformBodyRecord(models.AbstractModel):
    """What a body makes in a Jalali year: who sees it, who keeps it, and until when.

    A model says in which states whom it concerns. The record rules ask `user_sees` and
    `user_edits`; so do those of its lines, through their link to it.
    """

    _name = "reform.body.record"
    _description = "Record of a Body"
    _inherit = ["agency.derived.mixin", "agency.state.mixin"]

    # States in which members of the body, its approver, and everybody (observers and
    # the members of the body above) see it. Who runs the body sees it always.
    _states_for_members = ()
    _states_for_approver = ()
    _states_published = ()
    # States in which its content may change, and what may change after them.
    _states_open = ("draft",)
    _living_fields = frozenset()
    # What becomes of it when it is given back; that needs a reason.
    _states_returned = ()

    committee_id = fields.Many2one(
        "reform.committee",
        "Body",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('user_keeps', '=', True)]",
        default=lambda self: self._default_committee(),
    )
    company_id = fields.Many2one(
        related="committee_id.company_id", store=True, index=True, precompute=True
    )
    jalali_year = fields.Integer(
        "Year",
        required=True,
        index=True,
        aggregator=None,
        default=lambda self: self._this_quarter()[0],
        help="A Jalali year, like 1405.",
    )
    reason = fields.Text(
        "Reason for the Return", readonly=True, copy=False, help="Why it came back."
    )
    user_sees = fields.Boolean(
        "I See It", compute="_compute_user_rights", search="_search_user_sees"
    )
    user_edits = fields.Boolean(
        "I Keep It", compute="_compute_user_rights", search="_search_user_edits"
    )
    user_decides = fields.Boolean("I Decide on It", compute="_compute_user_rights")
    is_open = fields.Boolean("May Change", compute="_compute_is_open")

    @api.depends("state")
    def _compute_is_open(self):
        for record in self:
            record.is_open = record.state in self._states_open

    @api.constrains("jalali_year")
    def _check_jalali_year(self):
        # Read from the table of the inheriting model, which has no constraint of ours.
        for record in self:
            if not 1300 <= record.jalali_year <= 1600:
                raise UserError(
                    self.env._("Years are Jalali, like 1405: %s.", record.jalali_year)
                )

    # === Who sees, who keeps ===

    @api.depends("state", "committee_id")
    @api.depends_context("uid")
    def _compute_user_rights(self):
        ids = self._origin.ids
        # sudo: asks what the rules ask, and nothing more is shown
        records_sudo = self.sudo()
        seen = records_sudo.search(Domain("id", "in", ids) & self._seen())
        edited = records_sudo.search(Domain("id", "in", ids) & self._edited())
        for record in self:
            is_new = not record._origin
            record.user_sees = is_new or record._origin in seen
            record.user_edits = is_new or record._origin in edited
            record.user_decides = record._may_decide()

    def _search_user_sees(self, operator, value):
        # The ORM rewrites every condition on a boolean to `in [True]`.
        return self._seen() if operator == "in" else NotImplemented

    def _search_user_edits(self, operator, value):
        return self._edited() if operator == "in" else NotImplemented

    @api.model
    def _seen(self):
        """Return the domain of what the user may see."""
        if self._has_role("reform_office"):
            return Domain.TRUE
        published = Domain("state", "in", self._states_published)
        seen = self._edited()
        if self._has_role("observer"):
            seen |= published
        if self._has_role("member"):
            seen |= Domain("committee_id.user_is_member", "=", True) & Domain(
                "state", "in", self._states_for_members
            )
            seen |= published & Domain(
                "committee_id.parent_id.user_is_member", "=", True
            )
        if self._has_role("approver"):
            seen |= Domain("committee_id.user_approves", "=", True) & Domain(
                "state", "in", self._states_for_approver
            )
        return seen

    @api.model
    def _edited(self):
        """Return the domain of what the user may change while it is open."""
        if self._has_role("reform_office"):
            return Domain.TRUE
        if self._has_role("secretary") or self._has_role("chair"):
            return Domain("committee_id.user_runs", "=", True)
        return Domain.FALSE

    def _may_decide(self):
        """Tell whether the user decides on what was submitted to him."""
        self.ensure_one()
        return (
            self.env.su
            or self._has_role("reform_office")
            or (self._has_role("approver") and self.committee_id.user_approves)
        )

    @api.model
    def _has_role(self, role):
        # Not for the superuser: rules are searched as one, for whoever asked.
        return self.env.user.has_group(f"admin_reform_committees.group_{role}")

    @api.model
    def _this_quarter(self):
        """Return the Jalali year and quarter of today."""
        return quarter_of(self.env["reform.term.mixin"]._today())

    @api.model
    def _default_committee(self):
        """Return the body the user runs, if it is the only one."""
        bodies = self.env["reform.committee"].search([("user_runs", "=", True)])
        return bodies if len(bodies) == 1 else bodies.browse()

    # === Guards ===

    @api.model_create_multi
    def create(self, vals_list):
        if not self._is_importing() and any("reason" in vals for vals in vals_list):
            raise UserError(self._no_return())
        guarded = without_defaults(self, {"reason"})
        records = super(ReformBodyRecord, guarded).create(vals_list)
        return records.with_env(self.env)

    def write(self, vals):
        names = {name for name in vals if not name.startswith(TALK)}
        if "reason" in names:
            self._check_returns(vals.get("state"))
        # Seals have a guard of their own.
        names -= {"reason", "seal_id", "seal_amends_id"}
        if names:
            self.check_access("write")
            self._check_keeper(decides=names == {"state"})
        if names - {"state", *self._living_fields}:
            self._check_open()
        result = super().write(vals)
        if OWNERS & names:
            self._check_keeper()
        return result

    def _check_returns(self, state):
        """Refuse a reason that does not come with giving something back."""
        returning = state in self._states_returned
        if not returning or any(record.state == state for record in self):
            raise UserError(self._no_return())

    def _no_return(self):
        return self.env._("A reason belongs to giving something back.")

    def _check_keeper(self, decides=False):
        """Refuse whoever sees a record but does not keep it, or ``decides`` on it.

        A secretary of one body may be a member of another.
        """
        if self.env.su:
            return
        for record in self:
            if not (record.user_edits or (decides and record.user_decides)):
                raise AccessError(
                    self.env._(
                        "%(record)s is kept by those who run the body, and by the "
                        "reform office.",
                        record=record.display_name,
                    )
                )

    def _check_open(self):
        """Refuse to change anything that belongs to a record that is closed."""
        for record in self:
            if record.state not in self._states_open:
                raise UserError(
                    self.env._(
                        "%(record)s is “%(state)s”: nothing in it can change now.",
                        record=record.display_name,
                        state=self._state_label(record.state),
                    )
                )

    def _check_transition(self, state):
        super()._check_transition(state)
        if state not in self._states_returned:
            return
        for record in self:
            if (
                record.state != self._first_state()
                and not (record.reason or "").strip()
            ):
                raise UserError(
                    self.env._(
                        "Say why %(record)s is given back: the reason stays on record.",
                        record=record.display_name,
                    )
                )

    def _enter(self, state):
        result = super()._enter(state)
        if state in self._states_returned:
            for record in self:
                record._tell_return()
        return result

    def _tell_return(self):
        """Keep the reason in the course: handed in anew, the record forgets it."""
        # sudo: who gave it back need not keep it
        self.sudo().with_context(mail_notify_force_send=False).message_post(
            body=self.env._("It came back: %s", self.reason),
            subtype_xmlid="mail.mt_comment",
        )

    def _ask_reason(self, state):
        """Open the dialog that gives a record back, or rejects it, with a reason."""
        self.ensure_one()
        return self._ask_reason_for(self, state)

    @api.model
    def _ask_reason_for(self, record, state):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "admin_reform_committees.reform_return_action"
        )
        if state == "rejected":
            action["name"] = self.env._("Reject with a Reason")
        return action | {
            "context": {
                "default_res_model": record._name,
                "default_res_id": record.id,
                "default_state": state,
            }
        }
