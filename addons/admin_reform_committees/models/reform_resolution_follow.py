from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

WORK_STATES = ("communicated", "in_progress")


class ReformResolutionFollow(models.Model):
    """A resolution after the meeting: approved, communicated, done, verified.

    Every act is a method that asks who may do it, moves the state and writes a line
    into the course. Nothing of it can be written by hand: who approved, claimed or
    verified is stamped by the act.
    """

    _inherit = "reform.resolution"

    needs_approval = fields.Boolean(
        compute="_compute_needs_approval",
        store=True,
        precompute=True,
        help="The manager approves it before it is communicated.",
    )
    consequence = fields.Text(help="What follows from it, as money or rules.")
    user_answers = fields.Boolean(
        "I Am Responsible",
        compute="_compute_user_answers",
        search="_search_user_answers",
    )
    user_decides = fields.Boolean("I Approve It", compute="_compute_user_decides")
    user_verifies = fields.Boolean("I Verify It", compute="_compute_user_verifies")

    user_follows = fields.Boolean("I Answer for It", compute="_compute_user_follows")
    user_reports = fields.Boolean("I Report on It", compute="_compute_user_follows")
    user_receives = fields.Boolean(
        "I Confirm the Receipt", compute="_compute_user_follows"
    )

    # === Approval by the manager ===
    approved_at = fields.Datetime("Time of Approval", readonly=True, copy=False)
    approved_by_id = fields.Many2one(
        "res.users", "Approved by", readonly=True, copy=False, ondelete="restrict"
    )
    approved_for_id = fields.Many2one(
        "res.partner", "On Behalf of", readonly=True, copy=False, ondelete="restrict"
    )
    approved_text = fields.Text(
        "Approved Part", readonly=True, copy=False, help="Where not all was approved."
    )
    directive = fields.Text(readonly=True, copy=False)
    return_reason = fields.Text(readonly=True, copy=False)

    # === Carrying it out ===
    communicated_at = fields.Datetime(readonly=True, copy=False)
    received_at = fields.Datetime(readonly=True, copy=False)
    received_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict"
    )
    percent = fields.Integer(readonly=True, copy=False)
    reported_on = fields.Date("Last Report", readonly=True, copy=False)
    claimed_at = fields.Datetime(readonly=True, copy=False)
    claimed_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict"
    )
    verified_at = fields.Datetime(readonly=True, copy=False)
    verified_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict"
    )
    closed_reason = fields.Text(readonly=True, copy=False)
    superseded_by_id = fields.Many2one(
        "reform.resolution", readonly=True, copy=False, ondelete="restrict"
    )
    first_due_on = fields.Date("First Deadline", readonly=True, copy=False)
    reminded_on = fields.Date(readonly=True, copy=False)
    update_ids = fields.One2many(
        "reform.resolution.update", "resolution_id", "Course", readonly=True
    )
    extension_ids = fields.One2many(
        "reform.extension", "resolution_id", "Extensions", readonly=True
    )
    extension_is_asked = fields.Boolean(compute="_compute_extension_is_asked")
    user_grants = fields.Boolean(
        "I Decide on the Deadline", compute="_compute_extension_is_asked"
    )

    _verified_by_another = models.Constraint(
        "CHECK (verified_by_id IS NULL OR claimed_by_id IS NULL "
        "OR verified_by_id != claimed_by_id)",
        "Who reported a resolution as done cannot verify it as well.",
    )
    _claimed_is_signed = models.Constraint(
        "CHECK (state NOT IN ('claimed_done', 'verified') OR claimed_at IS NOT NULL)",
        "What is reported as done says by whom and when.",
    )
    _responsible_idx = models.Index(
        "(responsible_id, due_on) WHERE state IN ('communicated', 'in_progress')"
    )
    _waiting_idx = models.Index(
        "(committee_id) WHERE state IN ('awaiting_approval', 'claimed_done')"
    )

    @api.depends("extension_ids.state", "responsible_id", "claimed_by_id")
    @api.depends_context("uid")
    def _compute_extension_is_asked(self):
        for resolution in self:
            asked = resolution.extension_ids.filtered(lambda e: e.state == "asked")
            resolution.extension_is_asked = bool(asked)
            # sudo: only whether it was the user
            asker = asked.sudo().asked_by_id
            is_another = bool(asked) and asker != self.env.user
            resolution.user_grants = is_another and resolution._may_verify()

    @api.depends("kind")
    def _compute_needs_approval(self):
        for resolution in self:
            # sudo: who approves counts even where the body is not the user's
            body_sudo = resolution.item_id.sudo().meeting_id.committee_id
            is_decision = resolution.kind == "decision"
            resolution.needs_approval = is_decision and bool(
                body_sudo.resolution_approver_id
            )

    # === Who may ===

    @api.depends("committee_id.user_runs", "responsible_id", "co_responsible_ids")
    @api.depends_context("uid")
    def _compute_user_follows(self):
        for resolution in self:
            resolution.user_follows = resolution._may_follow()
            resolution.user_reports = resolution._may_report()
            resolution.user_receives = resolution._may_receive()

    @api.depends("responsible_id")
    @api.depends_context("uid")
    def _compute_user_answers(self):
        mine = self.env.user.partner_id
        for resolution in self:
            resolution.user_answers = resolution.responsible_id == mine

    def _search_user_answers(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("responsible_id", "=", self.env.user.partner_id.id)

    @api.depends("committee_id.resolution_approver_id")
    @api.depends_context("uid")
    def _compute_user_decides(self):
        bodies = self.env["reform.committee"]._decided_by(self.env.user)
        for resolution in self:
            resolution.user_decides = resolution.committee_id in bodies

    @api.depends("committee_id.user_runs", "claimed_by_id", "responsible_id")
    @api.depends_context("uid")
    def _compute_user_verifies(self):
        for resolution in self:
            resolution.user_verifies = resolution._may_verify()

    def _may_verify(self):
        user = self.env.user
        if user in self.claimed_by_id or user.partner_id in self.responsible_id:
            return False
        office = user.has_group("admin_reform_committees.group_reform_office")
        return office or self.committee_id.user_runs

    def _may_follow(self):
        """Tell whether the user reports for a resolution: who answers or keeps it."""
        return self.user_answers or self.committee_id.user_runs

    def _refuse_unless(self, allowed, message):
        if not (allowed or self.env.su):
            raise AccessError(message)

    # === Course ===

    def _course(self, kind, **vals):
        """Add a line to the course of each resolution."""
        return self.env["reform.resolution.update"]._append(
            [
                {
                    "resolution_id": resolution.id,
                    "company_id": resolution.company_id.id,
                    "kind": kind,
                    "percent": resolution.percent,
                    **vals,
                }
                for resolution in self
            ]
        )

    def _act(self, target, kind, stamp=None, **line):
        """Move on as the system, in the name of the user."""
        self.check_access("read")
        # sudo: who may act was asked; nobody writes states and stamps by hand
        acting_sudo = self.sudo()
        if target:
            acting_sudo._move(target, **(stamp or {}))
        elif stamp:
            acting_sudo._set_stamps(stamp)
        acting_sudo.with_user(self.env.user).sudo()._course(kind, **line)
        return True

    def _adopt(self, number):
        result = super()._adopt(number)
        self._set_stamps({"first_due_on": self.due_on})
        self._course("adopted")
        if self.needs_approval:
            self._move("awaiting_approval")
            self._course("asked")
        elif self.kind == "referral_up":
            self._put_upward()
        return result

    def _need(self, reason):
        if not (reason or "").strip():
            raise UserError(
                self.env._(
                    "Say why: the reason stays on record with %s.", self.display_name
                )
            )

    def _ask(self, what):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "admin_reform_committees.reform_resolution_reason_action"
        )
        filled = {"default_resolution_id": self.id, "default_what": what}
        if what == "part":
            filled["default_part"] = self.text
        return action | {"context": filled}
