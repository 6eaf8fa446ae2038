from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from .. import clock

OPEN_REFERRALS = ("sent", "accepted")


class ServiceDeskReferral(models.Model):
    """A file sent to a unit, on the unit's own clock, or a person sent inside.

    The desk stays the owner of the request. Sending the client himself is the
    exception the law allows only after coordination with the unit: with whom, when
    and why are recorded, and counted.
    """

    _name = "service.desk.referral"
    _description = "Referral to a Unit"
    _inherit = [
        "agency.state.mixin",
        "service.desk.press.mixin",
        "service.desk.replay.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "id desc"
    _check_company_auto = True

    # === What and where ===
    request_id = fields.Many2one(
        "service.desk.request", ondelete="restrict", index=True, check_company=True
    )
    visit_id = fields.Many2one(
        "service.desk.visit",
        ondelete="restrict",
        index="btree_not_null",
        readonly=True,
        help="Where no request was made: the visit in which the person was sent.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    kind = fields.Selection(
        [("file", "File"), ("person", "Person")], required=True, default="file"
    )
    department_id = fields.Many2one(
        "hr.department",
        "Unit",
        required=True,
        ondelete="restrict",
        index=True,
        check_company=True,
    )
    round = fields.Integer(readonly=True, help="Referrals sent together share a round.")
    note = fields.Text("What the Unit Should Do")
    letter_number = fields.Char(help="Number in the office automation.")
    letter_date = fields.Date()

    # === The exception: a person ===
    coordinated_with = fields.Char(help="Who in the unit agreed to receive the client.")
    coordinated_at = fields.Datetime()
    reason = fields.Char(help="Why the client himself had to go.")

    # === Clock ===
    days = fields.Integer(
        "Working Days", help="Allowed to the unit, on its own calendar."
    )
    date_sent = fields.Datetime("Sent On", readonly=True, copy=False)
    date_due = fields.Datetime("Due On", readonly=True, copy=False)
    date_accepted = fields.Datetime("Accepted On", readonly=True, copy=False)
    date_done = fields.Datetime("Done On", readonly=True, copy=False)
    done_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    is_overdue = fields.Boolean(compute="_compute_overdue", search="_search_is_overdue")

    # === Answer ===
    outcome = fields.Selection(
        [
            ("done", "Done"),
            ("refused", "Cannot Be Granted"),
            ("incomplete", "Documents Are Missing"),
        ],
        copy=False,
    )
    answer = fields.Text(copy=False)
    return_reason = fields.Char(copy=False)
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Files", copy=False, help="What the unit sends back."
    )

    # === What a liaison sees of the request ===
    service_id = fields.Many2one(related="request_id.service_id", string="Service")
    client_name = fields.Char(related="request_id.client_name")
    tracking_code = fields.Char(related="request_id.tracking_code")
    date_promised = fields.Date(related="request_id.date_promised")

    _has_subject = models.Constraint(
        "CHECK (request_id IS NOT NULL OR (kind = 'person' AND visit_id IS NOT NULL))",
        "A referral belongs to a request.",
    )
    # A CHECK passes on NULL, hence the COALESCE.
    _person_is_coordinated = models.Constraint(
        "CHECK (kind != 'person' OR (COALESCE(coordinated_with, '') != '' "
        "AND coordinated_at IS NOT NULL AND COALESCE(reason, '') != ''))",
        "A client is sent inside only after coordination with the unit: write with "
        "whom, when and why.",
    )
    _days_are_not_negative = models.Constraint(
        "CHECK (days >= 0)", "A duration cannot be negative."
    )
    _one_file_in_a_unit = models.UniqueIndex(
        "(request_id, department_id) "
        "WHERE kind = 'file' AND state IN ('sent', 'accepted')",
        "The file is with this unit already.",
    )
    _open_unit_idx = models.Index(
        "(department_id, date_due) WHERE state IN ('sent', 'accepted')"
    )

    @api.depends("department_id", "request_id")
    def _compute_display_name(self):
        for referral in self:
            referral.display_name = self.env._(
                "%(request)s to %(unit)s",
                request=referral.request_id.display_name or "",
                unit=referral.department_id.name,
            )

    @api.depends("date_due", "state")
    def _compute_overdue(self):
        now = clock.now()
        for referral in self:
            running = referral.state in OPEN_REFERRALS and referral.date_due
            referral.is_overdue = bool(running) and referral.date_due < now

    def _search_is_overdue(self, operator, value):
        # The ORM rewrites every condition on a boolean to `in [True]`.
        if operator != "in":
            return NotImplemented
        return Domain("state", "in", OPEN_REFERRALS) & Domain(
            "date_due", "<", clock.now()
        )

    @api.constrains("department_id", "request_id", "visit_id")
    def _check_other_unit(self):
        for referral in self:
            desk = referral.request_id.desk_id or referral.visit_id.desk_id
            own = desk.department_id
            if own and referral.department_id == own:
                raise ValidationError(
                    self.env._(
                        "“%s” is the desk's own unit; choose the unit that decides.",
                        own.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("request_id"):
                request = self.env["service.desk.request"].browse(vals["request_id"])
                vals["company_id"] = request.company_id.id
        # The history of a request is its own; a referral only reminds people.
        quiet = self.with_context(mail_create_nosubscribe=True, mail_create_nolog=True)
        referrals = super(ServiceDeskReferral, quiet).create(vals_list)
        referrals = referrals.with_env(self.env)
        referrals._send()
        return referrals

    # RPC can switch @api.ondelete off; nothing may switch this off.
    # pylint: disable=method-required-super,no-raise-unlink
    def unlink(self):
        raise UserError(self.env._("A referral is not deleted; recall it instead."))
