from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

STATES = [
    ("open", "Open"),
    ("reported", "Reported"),
    ("considered", "Considered"),
    ("withdrawn", "Withdrawn"),
]
# What the minutes say of a referral.
AGREED = {"item_id", "committee_id", "due_on"}


class ReformReferral(models.Model):
    """An item that a body gave to another one to prepare, until a day.

    It comes onto the other body's next agenda by itself; what that body makes of it is
    the report, which comes back onto the agenda of the first. A late report comes back
    as well: as a reminder that it is missing.
    """

    _name = "reform.referral"
    _description = "Referral to Another Body"
    _inherit = ["agency.state.mixin", "agency.derived.mixin"]
    _order = "due_on, id"
    _rec_name = "name"
    _check_company_auto = True
    _state_transitions = {
        "open": {"reported", "withdrawn"},
        "reported": {"considered", "open"},
        "considered": set(),
        "withdrawn": {"open"},
    }
    _state_stamps = frozenset(
        {"report", "report_file_ids", "reported_at", "reported_by_id"}
    )

    item_id = fields.Many2one(
        "reform.agenda.item",
        "Agenda Item",
        required=True,
        index=True,
        ondelete="restrict",
    )
    name = fields.Char(related="item_id.name", store=True)
    company_id = fields.Many2one(related="item_id.company_id", store=True, index=True)
    from_committee_id = fields.Many2one(
        related="item_id.meeting_id.committee_id", store=True, string="Referred by"
    )
    committee_id = fields.Many2one(
        "reform.committee",
        "Referred to",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    due_on = fields.Date("Report Until", required=True)
    state = fields.Selection(
        STATES, required=True, readonly=True, copy=False, default="open", index=True
    )
    report = fields.Text(readonly=True, copy=False)
    reported_at = fields.Datetime(readonly=True, copy=False)
    reported_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict"
    )
    is_overdue = fields.Boolean(
        "Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )
    agenda_ids = fields.One2many("reform.agenda.item", "referral_id")

    _body_uniq = models.UniqueIndex(
        "(item_id, committee_id) WHERE state != 'withdrawn'",
        "This item is referred to that body already.",
    )
    _report_is_written = models.Constraint(
        "CHECK (state NOT IN ('reported', 'considered') OR report IS NOT NULL)",
        "A report says something.",
    )

    @api.depends("due_on", "state")
    def _compute_is_overdue(self):
        today = self.env["reform.term.mixin"]._today()
        for referral in self:
            is_late = bool(referral.due_on) and referral.due_on < today
            referral.is_overdue = is_late and referral.state == "open"

    def _search_is_overdue(self, operator, value):
        # The ORM rewrites every condition on a boolean to `in [True]`.
        if operator != "in":
            return NotImplemented
        today = self.env["reform.term.mixin"]._today()
        return Domain("state", "=", "open") & Domain("due_on", "<", today)

    @api.constrains("committee_id", "item_id", "due_on")
    def _check_referral(self):
        for referral in self:
            if referral.committee_id == referral.from_committee_id:
                raise ValidationError(
                    self.env._("A body does not refer an item to itself.")
                )
            if referral.due_on < referral.item_id.meeting_id.meeting_date:
                raise ValidationError(
                    self.env._("The report cannot be due before the meeting.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        referrals = super().create(vals_list)
        if not self.env.su:
            referrals.item_id.check_access("write")
        referrals.item_id.meeting_id._check_open()
        return referrals

    def write(self, vals):
        if AGREED.isdisjoint(vals):
            return super().write(vals)
        if "item_id" in vals:
            raise UserError(self.env._("A referral stays with its item."))
        # who reports does not choose until when; what was approved says it
        self.item_id.meeting_id._check_open()
        if not self.env.su:
            self.item_id.check_access("write")
        return super().write(vals)

    def _transition_stamp(self, target):
        if target == "reported":
            return {
                "reported_at": fields.Datetime.now(),
                "reported_by_id": self.env.uid,
            }
        if target == "open":
            return {"report": False, "reported_at": False, "reported_by_id": False}
        return {}

    def _check_transition(self, target):
        super()._check_transition(target)
        if self.env.su:
            return
        for referral in self:
            body = (
                referral.committee_id
                if target == "reported"
                else referral.from_committee_id
            )
            office = self.env.user.has_group(
                "admin_reform_committees.group_reform_office"
            )
            if not (body.user_runs or office):
                raise AccessError(
                    self.env._("Only those who run the body act for it in a referral.")
                )


class ReformAgendaReferral(models.Model):
    """Items that were referred: the one that went, and those that came of it."""

    _inherit = "reform.agenda.item"

    referral_ids = fields.One2many("reform.referral", "item_id", "Referrals")
    referral_id = fields.Many2one(
        "reform.referral",
        "From Referral",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    report = fields.Text(related="referral_id.report")
    attachment_ids = fields.Many2many(
        "ir.attachment", "reform_agenda_item_file_rel", string="Files", copy=False
    )
    source = fields.Selection(
        selection_add=[
            ("referred", "Referred here"),
            ("report_back", "Report on a referral"),
        ],
        ondelete={"referred": "set default", "report_back": "set default"},
    )

    @api.model_create_multi
    def create(self, vals_list):
        items = super().create(vals_list)
        items._keep_files()
        return items

    def write(self, vals):
        result = super().write(vals)
        if "attachment_ids" in vals:
            self._keep_files()
        return result

    def _take_report_files(self):
        """Let the files of a report come onto the agenda with it."""
        for item in self.sudo():  # sudo: as the report itself
            referral = item.referral_id
            files = referral.report_file_ids
            if item.source == "referred":
                files = referral.item_id.attachment_ids
            if files:
                item.attachment_ids = referral._copies(files, item)

    def _keep_files(self):
        """Let the files belong to their item: who sees it sees them."""
        for item in self.filtered("attachment_ids"):
            loose = item.attachment_ids.filtered(
                lambda file, item=item: (
                    file.res_model != item._name or file.res_id != item.id
                )
            )
            if not self.env.su and loose.filtered(
                lambda file: file.res_id and file.create_uid != self.env.user
            ):
                raise AccessError(
                    self.env._("Only files of your own can be added to an item.")
                )
            loose._become_evidence_of(item)
