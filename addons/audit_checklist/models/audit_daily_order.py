from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

FIXED = {
    "report_id",
    "line",
    "subject",
    "kind",
    "text",
    "owner",
    "owner_user_id",
    "owner_unit_id",
    "date_due",
}


class AuditDailyOrder(models.Model):
    """What the governor says on a line of a report: a comment, or an order.

    An order has somebody who is responsible and a deadline; the officer answers it, and
    every report until then prints it with its answer, or says that it is overdue.
    """

    _name = "audit.daily.order"
    _description = "Order on a Report"
    _inherit = ["agency.derived.mixin", "agency.state.mixin"]
    _order = "id"
    _rec_name = "subject"
    _check_company_auto = True
    _state_transitions = {
        "open": {"answered"},
        "answered": {"open", "done"},
        "done": set(),
    }
    _state_stamps = frozenset({"answered_at", "answered_by_id", "done_at"})
    _state_deletable = ()

    report_id = fields.Many2one(
        "audit.daily.report",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    phase_id = fields.Many2one(related="report_id.phase_id", store=True, index=True)
    company_id = fields.Many2one(related="report_id.company_id", store=True, index=True)
    line = fields.Char(
        required=True, default="general", help="Which line of the report it is on."
    )
    subject = fields.Char("On", required=True)
    kind = fields.Selection(
        [("comment", "Comment"), ("order", "Order")], required=True, default="order"
    )
    text = fields.Text("Said", required=True)
    owner = fields.Char("Responsible", help="As it was said.")
    owner_user_id = fields.Many2one(
        "res.users",
        "Responsible Person",
        index="btree_not_null",
        ondelete="restrict",
        help="Of those who read the reports; hears of the order.",
    )
    owner_unit_id = fields.Many2one(
        "audit.unit",
        "Responsible Unit",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    date_due = fields.Date("Deadline")
    state = fields.Selection(
        [("open", "Awaits an Answer"), ("answered", "Answered"), ("done", "Done")],
        required=True,
        readonly=True,
        default="open",
        copy=False,
        index=True,
        group_expand=True,
    )
    answer = fields.Text(help="What was done about it; the next report prints it.")
    answered_at = fields.Datetime(readonly=True, copy=False)
    answered_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict"
    )
    done_at = fields.Datetime(readonly=True, copy=False)
    is_overdue = fields.Boolean("Overdue", compute="_compute_is_overdue")

    _order_is_addressed = models.Constraint(
        "CHECK (kind != 'order' OR (COALESCE(owner, '') != ''"
        " AND date_due IS NOT NULL))",
        "An order says who is responsible and until when.",
    )

    @api.depends("state", "date_due")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for order in self:
            due = order.date_due
            order.is_overdue = order.state == "open" and bool(due) and due < today

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        for report in orders.report_id:
            mine = orders.filtered(lambda o, report=report: o.report_id == report)
            report._tell_of_orders(mine)
        return orders

    def write(self, vals):
        if FIXED & vals.keys():
            raise UserError(self.env._("What was said on a report stays as it is."))
        if "answer" in vals:
            self._check_officer()
            if any(order.state != "open" for order in self):
                raise UserError(self.env._("This order was answered already."))
        return super().write(vals)

    def _check_officer(self):
        if not self.env.user.has_group("audit_checklist.group_programme_officer"):
            raise AccessError(self.env._("A programme officer answers orders."))

    def _check_transition(self, state):
        for order in self:
            if order.kind != "order":
                raise UserError(self.env._("A comment needs no answer."))
            if state == "answered":
                order._check_officer()
                if not (order.answer or "").strip():
                    raise UserError(self.env._("Write the answer first."))
            elif order.answered_by_id == self.env.user:
                raise AccessError(
                    self.env._("Who answered an order does not settle it.")
                )

    def _transition_stamp(self, state):
        now = fields.Datetime.now()
        stamps = {
            "answered": {"answered_at": now, "answered_by_id": self.env.uid},
            "done": {"done_at": now},
        }
        return stamps.get(state, {})

    def action_answer(self):
        """Answer orders; the answer is entered before."""
        self.write({"state": "answered"})

    def action_done(self):
        """Be content with the answer."""
        self.write({"state": "done"})

    def action_ask_again(self):
        """Ask for another answer."""
        self.write({"state": "open"})

    def _say_to_whom(self):
        """Return who is responsible and until when, as a mail says it."""
        if self.kind != "order":
            return ""
        # In the calendar of whoever speaks, as on the page.
        day = self.env["ir.qweb.field.date"].value_to_html(self.date_due, {})
        return Markup("<br/>{}").format(
            self.env._(
                "Responsible: %(owner)s, until %(day)s.", owner=self.owner, day=day
            )
        )

    @api.model
    def _until(self, phase, day, kind="daily"):
        """Return the orders a report of ``day`` answers, fit for JSON.

        Those not settled yet, and those settled since the report before. The report of
        the whole phase answers what was ordered on its last day as well.
        """
        before = self.env["audit.daily.report"].search(
            [("phase_id", "=", phase.id), ("date", "<", day)], limit=1
        )
        orders = self.search(
            [
                ("phase_id", "=", phase.id),
                ("report_id.date", "<=" if kind == "final" else "<", day),
                ("kind", "=", "order"),
                "|",
                ("state", "!=", "done"),
                ("done_at", ">=", before.frozen_at),
            ]
        )
        return [
            {
                "id": order.id,
                "subject": order.subject,
                "text": order.text,
                "owner": order.owner,
                "due": order.date_due.isoformat(),
                "answer": order.answer or "",
                "status": order._status(day),
            }
            for order in orders
        ]

    def _status(self, day):
        if self.state != "open":
            return "answered"
        return "overdue" if self.date_due < day else "open"
