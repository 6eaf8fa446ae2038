from odoo import fields, models

from odoo.addons.agency_base.tools.jobs import job_method


class AuditPhase(models.Model):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.phase"

    report_ids = fields.One2many("audit.daily.report", "phase_id", "Reports")
    report_count = fields.Integer(compute="_compute_report_count")

    def _compute_report_count(self):
        counts = dict(
            self.env["audit.daily.report"]._read_group(
                [("phase_id", "in", self.ids)], ["phase_id"], ["__count"]
            )
        )
        for phase in self:
            phase.report_count = counts.get(phase, 0)

    def _enqueue_report(self, day, kind="daily"):
        """Queue the report of a day for the officer of the programme."""
        self.ensure_one()
        officer = self.programme_id.user_id
        known = self.env["audit.daily.report"].search_count(
            [
                ("phase_id", "=", self.id),
                ("date", "=", day),
                ("kind", "=", kind),
                ("attachment_id", "!=", False),
            ]
        )
        if known:
            return self.env["agency.job"]
        # in his language: in the evening it is the system that asks
        phase = self.with_user(officer).with_context(lang=officer.lang)
        jobs = phase.env["agency.job"].with_company(self.company_id)
        return jobs._enqueue(
            phase,
            "_job_report",
            phase.env._("Report of %(phase)s", phase=phase.display_name),
            arguments={"day": day.isoformat(), "kind": kind},
            key=f"audit report {self.id} {day} {kind}",
        )

    def _freeze_reports(self, days):
        """Make up for evenings that were missed: freeze, without printing or mail."""
        self.ensure_one()
        for day in days:
            self.env["audit.daily.report"]._freeze(self, fields.Date.to_date(day))

    @job_method
    def _job_report(self, job, day, kind):
        """Freeze, print and send the report of a day; what is done is not repeated."""
        report = self.env["audit.daily.report"]._freeze(
            self, fields.Date.to_date(day), kind
        )
        job._checkpoint(0)
        report._print()
        report._send()
        return {"report_id": report.id}

    def action_report_now(self):
        """Make today's report now instead of in the evening."""
        self.ensure_one()
        self.check_access("write")
        today = fields.Date.context_today(
            self.with_context(tz=self.company_id.agency_tz)
        )
        self._enqueue_report(today)
        return self.action_reports()

    def action_reports(self):
        """Show the reports of the phase."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "audit_checklist.audit_daily_report_action"
        )
        return action | {"domain": [("phase_id", "=", self.id)], "context": {}}

    def action_close(self):
        result = super().action_close()
        for phase in self.filtered(lambda record: record.source == "visit"):
            phase._enqueue_report(fields.Date.context_today(phase), "final")
        return result
