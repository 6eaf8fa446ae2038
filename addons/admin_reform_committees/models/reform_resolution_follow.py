from collections import Counter
from datetime import date

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain

from odoo.addons.agency_base.tools import to_latin_digits

from ..due import parse_due
from .reform_resolution import OPEN_STATES

WORK_STATES = ("communicated", "in_progress")


class ReformResolutionFollow(models.Model):
    """A resolution after the meeting: approved, communicated, done, verified.

    Every act is a method that asks who may do it, moves the state and writes a line
    into the course. Nothing of it can be written by hand: who approved, claimed or
    verified is stamped by the act.
    """

    _inherit = "reform.resolution"

    needs_approval = fields.Boolean(
        help="The manager approves it before it is communicated."
    )
    consequence = fields.Text(help="What follows from it, as money or rules.")
    user_answers = fields.Boolean(
        "I Am Responsible",
        compute="_compute_user_answers",
        search="_search_user_answers",
    )
    user_decides = fields.Boolean("I Approve It", compute="_compute_user_decides")
    user_verifies = fields.Boolean("I Verify It", compute="_compute_user_verifies")

    user_follows = fields.Boolean("I Report on It", compute="_compute_user_follows")

    # === Approval by the manager ===
    approved_at = fields.Datetime(readonly=True, copy=False)
    approved_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict"
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
    evidence_count = fields.Integer("Evidence", compute="_compute_evidence_count")
    extension_is_asked = fields.Boolean(compute="_compute_extension_is_asked")

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

    @api.depends("update_ids")
    def _compute_evidence_count(self):
        proofs = self.env["reform.resolution.update"].search_fetch(
            Domain("resolution_id", "in", self.ids)
            & Domain("attachment_ids", "!=", False),
            ["resolution_id", "attachment_ids"],
        )
        counts = Counter()
        for proof in proofs:
            counts[proof.resolution_id.id] += len(proof.attachment_ids)
        for resolution in self:
            resolution.evidence_count = counts[resolution._origin.id]

    @api.depends("extension_ids.state")
    def _compute_extension_is_asked(self):
        for resolution in self:
            states = resolution.extension_ids.mapped("state")
            resolution.extension_is_asked = "asked" in states

    # === Who may ===

    @api.depends("committee_id.user_runs", "responsible_id")
    @api.depends_context("uid")
    def _compute_user_follows(self):
        for resolution in self:
            resolution.user_follows = resolution._may_follow()

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

    # === Approval ===

    def action_approve(self):
        """Approve as they stand, and communicate them."""
        return self.approve()

    def approve(self, directive="", part=""):
        """Approve, with a directive or in part, and communicate."""
        now = fields.Datetime.now()
        for resolution in self:
            resolution._refuse_unless(
                resolution.user_decides,
                self.env._("Only the manager named by the body approves this."),
            )
            approver = resolution.committee_id.resolution_approver_id
            behalf = approver.partner_id if approver != self.env.user else False
            stamp = {
                "approved_at": now,
                "approved_by_id": self.env.uid,
                "approved_for_id": behalf and behalf.id,
                "directive": directive.strip() or False,
                "approved_text": part.strip() or False,
                "return_reason": False,
                "communicated_at": now,
            }
            note = "\n".join(filter(None, (part.strip(), directive.strip())))
            resolution._act("communicated", "approved", stamp, note=note or False)
            resolution._tell_responsible(directive)
        return True

    def action_return(self):
        """Return to the body, asking for the reason."""
        return self._ask("return")

    def give_back(self, reason):
        """Return to the body, with the reason."""
        for resolution in self:
            resolution._refuse_unless(
                resolution.user_decides,
                self.env._("Only the manager named by the body returns this."),
            )
            resolution._need(reason)
            resolution._act(
                "returned", "returned", {"return_reason": reason}, note=reason
            )
        return True

    def action_ask_approval(self):
        """Put a returned resolution before the manager again."""
        for resolution in self:
            resolution._refuse_unless(
                resolution.committee_id.user_runs,
                self.env._("Those who run the body ask for the approval."),
            )
            resolution._act("awaiting_approval", "asked")
        return True

    # === Communication ===

    def action_communicate(self):
        """Send the responsible his resolution, with an excerpt of the minutes."""
        for resolution in self:
            resolution._refuse_unless(
                resolution.committee_id.user_runs,
                self.env._("Those who run the body communicate its resolutions."),
            )
            if resolution.state == "adopted" and resolution.needs_approval:
                raise UserError(
                    self.env._("%s awaits its approval first.", resolution.number)
                )
            stamp = {"communicated_at": fields.Datetime.now()}
            resolution._act("communicated", "communicated", stamp)
            resolution._tell_responsible()
        return True

    def _tell_responsible(self, directive=""):
        user = self.responsible_id.user_ids.filtered(lambda each: not each.share)[:1]
        if not user:
            return
        # sudo: a task for somebody else; no mail is made in this transaction
        quiet_sudo = self.sudo().with_context(mail_activity_quick_update=True)
        quiet_sudo.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=self.due_on or None,
            summary=self.env._("Resolution %s", self.number),
            note=directive or self.text,
            user_id=user.id,
        )

    def action_receive(self):
        """Say that it has reached me."""
        for resolution in self:
            resolution._refuse_unless(
                resolution.user_answers,
                self.env._("Only who is responsible confirms the receipt."),
            )
            if resolution.state not in WORK_STATES or resolution.received_at:
                continue
            stamp = {
                "received_at": fields.Datetime.now(),
                "received_by_id": self.env.uid,
            }
            resolution._act(None, "received", stamp)
        return True

    # === Work ===

    def action_report(self):
        """Report, with files that prove it."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "admin_reform_committees.reform_resolution_report_action"
        )
        filled = {"default_resolution_id": self.id, "default_percent": self.percent}
        return action | {"context": filled}

    def report(self, note, percent=None, attachment_ids=()):
        """Add a report, with how much is done and what proves it."""
        self.ensure_one()
        self._refuse_unless(
            self._may_follow(),
            self.env._("Those responsible, and those who run the body, report on it."),
        )
        if self.state not in (*WORK_STATES, "claimed_done"):
            raise UserError(self.env._("%s is not under way.", self.number))
        if not (note or "").strip() and percent is None and not attachment_ids:
            raise UserError(self.env._("A report says something."))
        percent = self.percent if percent is None else int(percent)
        if not 0 <= percent <= 100:
            raise UserError(self.env._("Progress is between 0 and 100 percent."))
        today = self.env["reform.term.mixin"]._today()
        stamp = {"percent": percent, "reported_on": today}
        files = self._own_files(attachment_ids)
        target = "in_progress" if self.state == "communicated" else None
        return self._act(
            target,
            "progress",
            stamp,
            note=(note or "").strip() or False,
            percent=percent,
            attachment_ids=[Command.set(files.ids)],
        )

    def _own_files(self, attachment_ids):
        """Return the files the user uploaded for this; others are refused."""
        # sudo: they were uploaded by the user, for this record, or they are refused
        files_sudo = self.env["ir.attachment"].sudo().browse(attachment_ids).exists()
        for file in files_sudo:
            if (
                file.res_model != self._name
                or file.res_id != self.id
                or file.create_uid != self.env.user
            ):
                raise AccessError(self.env._("Evidence is uploaded with the report."))
        return files_sudo

    def action_claim_done(self):
        """Report as done: only what is proven can be."""
        for resolution in self:
            resolution._refuse_unless(
                resolution._may_follow(),
                self.env._("Those responsible report a resolution as done."),
            )
            if not resolution.sudo().evidence_count:
                raise UserError(
                    self.env._(
                        "%s has no evidence: add what proves that it is done.",
                        resolution.number,
                    )
                )
            stamp = {
                "claimed_at": fields.Datetime.now(),
                "claimed_by_id": self.env.uid,
                "percent": 100,
            }
            resolution._act("claimed_done", "claimed", stamp)
        return True

    def action_verify(self):
        """Confirm, as a second person, that it is done."""
        for resolution in self:
            resolution._refuse_unless(
                resolution._may_verify(),
                self.env._(
                    "A second person verifies: neither who reported it as done nor who "
                    "is responsible for it."
                ),
            )
            stamp = {
                "verified_at": fields.Datetime.now(),
                "verified_by_id": self.env.uid,
            }
            resolution._act("verified", "verified", stamp)
            # sudo: the task was the responsible person's
            resolution.sudo().activity_unlink(["mail.mail_activity_data_todo"])
        return True

    def action_reopen(self):
        """Send back to work, asking for the reason."""
        return self._ask("reopen")

    def reopen(self, reason):
        """Send back to work what is not done as it should be."""
        for resolution in self:
            resolution._refuse_unless(
                resolution._may_verify(),
                self.env._("Who verifies sends a resolution back to work."),
            )
            resolution._need(reason)
            stamp = {"claimed_at": False, "claimed_by_id": False}
            resolution._act("in_progress", "reopened", stamp, note=reason)
        return True

    # === Deadline ===

    def action_ask_extension(self):
        """Ask for a later deadline, in a dialog."""
        return self._ask("extend")

    def action_grant_extension(self):
        """Grant the later deadline that was asked for."""
        return self.decide_extension(True)

    def action_refuse_extension(self):
        """Refuse the later deadline, asking for the reason."""
        return self._ask("refuse")

    def ask_extension(self, due, reason):
        """Ask for a later deadline: a date, or what one types in the minutes."""
        self.ensure_one()
        self._refuse_unless(
            self._may_follow(), self.env._("Who is responsible asks for more time.")
        )
        self._need(reason)
        if self.state not in WORK_STATES or not self.due_on:
            raise UserError(self.env._("%s is not under way.", self.number))
        try:
            day = due if isinstance(due, date) else parse_due(due, self.due_on)
        except (ValueError, OverflowError):
            raise UserError(
                self.env._("“%s” is not a date.", to_latin_digits(due or ""))
            ) from None
        # sudo: extensions are written by their acts alone
        self.env["reform.extension"].sudo().create(
            {
                "resolution_id": self.id,
                "old_due_on": self.due_on,
                "new_due_on": day,
                "reason": reason,
                "asked_by_id": self.env.uid,
            }
        )
        return self._act(
            None, "extension", note=reason, old_due_on=self.due_on, new_due_on=day
        )

    def decide_extension(self, is_granted, answer=""):
        """Grant or refuse the later deadline; every old date is kept."""
        self.ensure_one()
        self._refuse_unless(
            self._may_verify(),
            self.env._("Those who run the body decide on its deadlines."),
        )
        asked_sudo = self.sudo().extension_ids.filtered(
            lambda each: each.state == "asked"
        )
        if not asked_sudo:
            raise UserError(self.env._("No extension was asked for."))
        if not is_granted:
            self._need(answer)
        asked_sudo.write(
            {
                "state": "granted" if is_granted else "refused",
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
                "answer": answer or False,
            }
        )
        dates = {"old_due_on": asked_sudo.old_due_on}
        if is_granted:
            dates["new_due_on"] = asked_sudo.new_due_on
        return self._act(
            None,
            "extended" if is_granted else "kept",
            {"due_on": asked_sudo.new_due_on, "reminded_on": False}
            if is_granted
            else None,
            note=answer or False,
            **dates,
        )

    # === Ends that are not its fulfilment ===

    def action_revoke(self):
        """Revoke, asking for the reason."""
        return self._ask("revoke")

    def revoke(self, reason):
        """Take a resolution back, with the reason."""
        for resolution in self:
            resolution._refuse_unless(
                resolution.committee_id.user_approves
                or resolution.user_decides
                or self.env.user.has_group(
                    "admin_reform_committees.group_reform_office"
                ),
                self.env._("Who approves for the body revokes its resolutions."),
            )
            resolution._need(reason)
            resolution._act(
                "revoked", "revoked", {"closed_reason": reason}, note=reason
            )
        return True

    def action_supersede(self):
        """Let another resolution take its place, asking which and why."""
        return self._ask("supersede")

    def supersede(self, other_id, reason):
        """Let another adopted resolution take the place of this one."""
        self.ensure_one()
        other = self.browse(other_id)
        other.check_access("read")
        self._refuse_unless(
            self.committee_id.user_runs,
            self.env._("Those who run the body replace its resolutions."),
        )
        self._need(reason)
        if other == self or other.state == "draft" or not other.number:
            raise UserError(
                self.env._("Another adopted resolution takes the place of this one.")
            )
        stamp = {"closed_reason": reason, "superseded_by_id": other.id}
        return self._act("superseded", "superseded", stamp, note=reason)

    def _need(self, reason):
        if not (reason or "").strip():
            raise UserError(
                self.env._("Say why: the reason stays on record with %s.", self.number)
            )

    def _ask(self, what):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "admin_reform_committees.reform_resolution_reason_action"
        )
        return action | {
            "context": {"default_resolution_id": self.id, "default_what": what}
        }

    # === Upward to the superior body, and its answer back ===

    def _put_upward(self):
        """Put a referral on the next agenda of the superior body."""
        superior = self.committee_id.parent_id
        if not superior:
            return
        meeting = (
            self.env["reform.meeting"]
            .sudo()
            .search(
                Domain("committee_id", "=", superior.id)
                & Domain("state", "in", ("draft", "convened")),
                order="start_at",
                limit=1,
            )
        )
        if meeting:
            meeting._take_referrals(self)

    def _is_open(self):
        return self.state in OPEN_STATES


class ReformCommitteeManager(models.Model):
    """Whose approval the resolutions of a body need."""

    _inherit = "reform.committee"

    resolution_approver_id = fields.Many2one(
        "res.users",
        "Resolutions Approved by",
        check_company=True,
        ondelete="restrict",
        tracking=True,
        help="If set, decisions are communicated only once this manager approved them.",
    )
    escalates_after = fields.Integer(
        "Escalation after", default=7, help="Days that a resolution may be overdue."
    )
    reminds_before = fields.Integer(
        "Reminder before", default=5, help="Days before the deadline."
    )

    user_decides = fields.Boolean(
        "I Approve Its Resolutions",
        compute="_compute_user_decides",
        search="_search_user_decides",
    )

    @api.depends("resolution_approver_id")
    @api.depends_context("uid")
    def _compute_user_decides(self):
        mine = self._decided_by(self.env.user)
        for body in self:
            body.user_decides = body._origin.id in mine._ids

    def _search_user_decides(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._decided_domain(self.env.user)

    @api.model
    def _decided_by(self, user):
        """Return the bodies whose resolutions ``user`` approves, or a deputy of his."""
        # sudo: which bodies name somebody is asked for whatever he may see
        return self.sudo().search(self._decided_domain(user))

    @api.model
    def _decided_domain(self, user):
        people = self._delegators_query(user)
        return Domain("resolution_approver_id", "=", user.id) | Domain(
            "resolution_approver_id.partner_id", "in", people
        )
