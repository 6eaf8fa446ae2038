import json
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.agency_base.tools import localize_digits
from odoo.addons.agency_base.tools.canonical import canonical, sha256

# How long after its last day a phase is still reported on: phones come late.
LATE = timedelta(days=7)
# What tells one order from another.
WORDS = ("line", "kind", "text")
# What may still be written on a report once its figures are frozen.
BOOKKEEPING = {"attachment_id", "sent_at", "note", "sheet_id"}


class AuditDailyReport(models.Model):
    """The figures of a phase as they were on one evening, and what was ordered on them.

    Made by a job each evening while a phase runs, and once more at its end. The figures
    never change afterwards; what the governor orders on a line is answered in the next
    report.
    """

    _name = "audit.daily.report"
    _description = "Daily Report"
    _inherit = ["agency.at.once.mixin", "mail.thread"]
    _order = "date desc, id desc"
    _check_company_auto = True
    _mail_post_access = "read"

    phase_id = fields.Many2one(
        "audit.phase",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    programme_id = fields.Many2one(
        related="phase_id.programme_id", store=True, index=True
    )
    company_id = fields.Many2one(related="phase_id.company_id", store=True, index=True)
    kind = fields.Selection(
        [("daily", "Of a day"), ("final", "Of the whole phase")],
        required=True,
        readonly=True,
        default="daily",
    )
    date = fields.Date(required=True, readonly=True, index=True)
    number = fields.Integer("Day of the Phase", readonly=True)
    frozen_at = fields.Datetime(required=True, readonly=True)
    frozen_figures = fields.Text(required=True, readonly=True)
    digest = fields.Char(
        required=True, readonly=True, help="SHA-256 of the frozen figures."
    )
    attachment_id = fields.Many2one("ir.attachment", "PDF", readonly=True)
    sheet_id = fields.Many2one("ir.attachment", "Tables", readonly=True)
    sent_at = fields.Datetime("Sent", readonly=True)
    note = fields.Text("Remark", help="What the officer adds; printed on the report.")
    order_ids = fields.One2many("audit.daily.order", "report_id", "Orders")
    open_order_count = fields.Integer(
        "Open Orders", compute="_compute_open_order_count"
    )
    done_today = fields.Integer(compute="_compute_headline")
    done_to_date = fields.Integer(compute="_compute_headline")
    mean_score = fields.Float(compute="_compute_headline", digits=(5, 1))
    critical_count = fields.Integer("Critical Failures", compute="_compute_headline")

    _once_a_day = models.UniqueIndex(
        "(phase_id, date, kind)", "There is a report of this day already."
    )

    @api.depends("phase_id", "date", "kind")
    def _compute_display_name(self):
        for report in self:
            day = self.env["ir.qweb.field.date"].value_to_html(report.date, {})
            report.display_name = f"{report.phase_id.name or ''} · {day}"

    @api.depends("order_ids.state")
    def _compute_open_order_count(self):
        for report in self:
            report.open_order_count = len(
                report.order_ids.filtered(lambda order: order.state == "open")
            )

    @api.depends("frozen_figures")
    def _compute_headline(self):
        for report in self:
            figures = report._read_figures()
            report.done_today = figures["totals"]["today"]["done"]
            report.done_to_date = figures["totals"]["to_date"]["done"]
            report.mean_score = figures["scores"]["mean"] or 0
            report.critical_count = len(figures["critical"])

    def _read_figures(self):
        """Return the figures as they were frozen."""
        self.ensure_one()
        return json.loads(self.frozen_figures)

    def _is_genuine(self):
        """Tell whether the figures are still those that were frozen."""
        self.ensure_one()
        return sha256(self.frozen_figures.encode()) == self.digest

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise UserError(self.env._("Reports are made from the figures of a phase."))
        return super().create(vals_list)

    def write(self, vals):
        names = {n for n in vals if not n.startswith(("message_", "activity_"))}
        if names - BOOKKEEPING:
            raise UserError(self.env._("The figures of a report are frozen."))
        return super().write(vals)

    # pylint: disable-next=method-required-super
    def unlink(self):
        raise UserError(  # pylint: disable=no-raise-unlink
            self.env._("Reports to the governor are kept.")
        )

    def _lines(self):
        """Return ``{key: what it is called}`` of the lines that can be ordered upon."""
        figures = self._read_figures()
        lines = {"general": self.env._("The whole report")}
        # Reports frozen earlier do not tell where nobody was let in.
        shut = figures.get("shut", [])
        for row in (*figures["best"], *figures["worst"], *figures["critical"], *shut):
            lines[f"unit:{row['unit']}"] = row["name"]
        for row in figures["failed"]:
            lines[f"item:{row['code']}"] = f"{row['label']} {row['name']}"
        for row in figures["gap"]:
            lines[f"section:{row['code']}"] = f"{row['label']} {row['name']}"
        for row in figures["teams"]:
            number = localize_digits(row["number"], self.env.lang)
            lines[f"team:{row['number']}"] = self.env._(
                "Team %(number)s", number=number
            )
        return lines

    def _say(self, values):
        """Say something on a line, in words the caller can show when it is refused.

        A form that arrives twice says it once.
        """
        self.ensure_one()
        self._hold()
        if not values["text"]:
            raise UserError(self.env._("Say something first."))
        if values["kind"] == "order" and not (values["owner"] and values["date_due"]):
            raise UserError(
                self.env._("An order says who is responsible and until when.")
            )
        said = self.order_ids.filtered(
            lambda order: (
                order.create_uid == self.env.user
                and order.state == "open"
                and all(order[name] == values[name] for name in WORDS)
            )
        )
        if said:
            return said
        return self.env["audit.daily.order"].create(
            values | self._find_owner(values["owner"])
        )

    # === Making ===
    @api.model
    def _freeze(self, phase, day, kind="daily"):
        """Return the report of a day, made now unless it is there already."""
        known = self.search(
            [("phase_id", "=", phase.id), ("date", "=", day), ("kind", "=", kind)]
        )
        if known:
            return known
        lang = self.env["agency.seal"]._seal_lang(phase.company_id)
        phase = phase.with_context(lang=lang)
        figures = phase.env["audit.daily.figures"]._figures(phase, day)
        if kind == "final":
            figures["tables"] = phase.env["audit.daily.figures"]._tables(phase, day)
        figures["orders"] = phase.env["audit.daily.order"]._until(phase, day, kind)
        text = canonical(json.loads(json.dumps(figures)))
        number = len({row["day"] for row in figures["days"]})
        # sudo: nobody has the right to make reports by hand
        report_sudo = self.sudo().create(
            {
                "phase_id": phase.id,
                "kind": kind,
                "date": day,
                "number": number,
                "frozen_at": fields.Datetime.now(),
                "frozen_figures": text,
                "digest": sha256(text.encode()),
            }
        )
        return report_sudo.with_env(self.env)

    @api.model
    def _cron_evening(self):
        """Queue the reports of the running phases whose evening has come."""
        phases = self.env["audit.phase"].search(
            [("state", "in", ("open", "closing")), ("source", "=", "visit")]
        )
        for phase in phases:
            now = fields.Datetime.context_timestamp(
                phase.with_context(tz=phase.company_id.agency_tz),
                fields.Datetime.now(),
            )
            hour = phase.programme_id.report_hour
            late = phase.date_end + LATE
            if now.hour < hour or not phase.date_start <= now.date() <= late:
                continue
            phase._enqueue_report(now.date())

    def action_open_page(self):
        """Open the page on which the report is read and ordered upon."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/audit/report/{self.id}",
            "target": "new",
        }

    def action_print(self):
        """Print the report."""
        self.ensure_one()
        return self.env.ref("audit_checklist.audit_daily_report_report").report_action(
            self
        )
