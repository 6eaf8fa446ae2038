from odoo import api, fields, models
from odoo.exceptions import AccessError, RedirectWarning, UserError

from odoo.addons.agency_base.tools import counted, localize_digits
from odoo.addons.jalali_calendar.tools import quarter_bounds

from ..texts import day_text

# In the context only code of this module can hold it: JSON makes no such object.
AMENDING = object()


class ReformQuarterReportCourse(models.Model):
    """A quarterly report on its way: submitted, accepted with its seal, amended."""

    _inherit = "reform.quarter.report"

    # === Its beginning ===

    @api.model_create_multi
    def create(self, vals_list):
        reports = super().create(vals_list)
        if self.env.context.get("reform_amending") is not AMENDING:
            reports._check_first()
        return reports.with_context(reform_amending=None)

    def _check_first(self):
        """Refuse another report of a quarter whose report was accepted; lead to it."""
        for report in self:
            accepted = self._accepted_of(
                report.committee_id, report.jalali_year, [report.quarter]
            )
            if accepted:
                number = localize_digits(accepted.number, self.env.lang)
                raise RedirectWarning(
                    self.env._(
                        "The report of this quarter, %s, was accepted already. Open it "
                        "and amend it.",
                        number,
                    ),
                    accepted._get_records_action(),
                    self.env._("Open the Accepted Report"),
                )

    def _seal_new_version(self):
        amending = self.with_context(reform_amending=AMENDING)
        return super(ReformQuarterReportCourse, amending)._seal_new_version()

    # === Guards ===

    def _may_decide(self):
        self.ensure_one()
        return self.env.su or self._has_role("reform_office")

    def _check_transition(self, state):
        for report in self:
            if report.state == "draft":
                report._check_complete()
                continue
            if not report._may_decide():
                raise AccessError(
                    self.env._("The reform office accepts or returns reports.")
                )
            if state == "accepted":
                report._check_acceptable()
        return super()._check_transition(state)

    def _check_complete(self):
        faults = self._faults()
        if faults:
            raise UserError(
                "\n".join([self.env._("Before the report is submitted:"), *faults])
            )

    def _check_acceptable(self):
        if self.submitted_by_id == self.env.user and not self.env.su:
            raise AccessError(
                self.env._("Who submitted the report cannot accept it as well.")
            )
        _begin, end = quarter_bounds(self.jalali_year, int(self.quarter))
        if fields.Date.context_today(self) < end:
            raise UserError(
                self.env._(
                    "The quarter runs until %s. What is accepted is sealed, and its "
                    "progress can be reported no more.",
                    day_text(self.env, end),
                )
            )
        waiting = self._scores().filtered(lambda score: score.state != "evaluated")
        if waiting:
            raise UserError(
                self.env._(
                    "%(indicators)s not evaluated yet: %(first)s",
                    indicators=counted(
                        self.env,
                        len(waiting),
                        self.env._("1 indicator of this quarter is"),
                        self.env._("%s indicators of this quarter are"),
                    ),
                    first=waiting[0].indicator_id.display_name,
                )
            )

    def _faults(self):
        """Return what keeps the report from being submitted, in sentences."""
        self.ensure_one()
        faults = []
        if not (self.summary or "").strip():
            faults.append(self.env._("• The summary is empty."))
        accepted = self._accepted_of(
            self.committee_id, self.jalali_year, [self.quarter]
        )
        if accepted and not self.seal_amends_id:
            number = localize_digits(accepted.number, self.env.lang)
            faults.append(self.env._("• %s was accepted already: amend it.", number))
        faults += [
            self.env._("• “%s” is not declared.", score.indicator_id.display_name)
            for score in self._scores()
            if score.state == "draft"
        ]
        return faults

    def _transition_stamp(self, state):
        now, user = fields.Datetime.now(), self.env.uid
        return {
            "submitted": {
                "submitted_at": now,
                "submitted_by_id": user,
                "reason": False,
            },
            "draft": {"submitted_at": False, "submitted_by_id": False},
            "accepted": {"accepted_at": now, "accepted_by_id": user},
        }[state]

    def _stamp_state(self, state):
        if state != "accepted":
            return super()._stamp_state(state)
        for report in self:
            # What the evaluator decided after the report was submitted.
            report._collect()
            stamp = {"state": state, "number": report._own_number()}
            report._set_stamps(report._transition_stamp(state) | stamp)
        # sudo: seals are nobody's to read; that the user may accept was checked
        return self.sudo()._seal()

    def _own_number(self):
        number = f"{self.committee_id.code}/{self.jalali_year}/Q{self.quarter}"
        # sudo: seals are nobody's to read
        amended_sudo = self.sudo().seal_amends_id
        version = amended_sudo.version + 1 if amended_sudo else 1
        return number if version == 1 else f"{number}-{version}"

    def _seal_prepare(self):
        """Write down the head of the chain that the report is added to."""
        for report in self:
            # sudo: the head is printed for whoever may read the report
            chain_sudo = (
                self.env["agency.seal.chain"]
                .sudo()
                .search([("company_id", "=", report.company_id.id)])
            )
            report._set_stamps(
                {
                    "chain_length": chain_sudo.length,
                    "chain_hash": chain_sudo.head_hash,
                }
            )
        return super()._seal_prepare()

    def action_submit(self):
        """Hand the report to the reform office."""
        return self.write({"state": "submitted"})

    def action_accept(self):
        """Accept the report: freeze it and seal it."""
        return self.write({"state": "accepted"})

    def action_return(self):
        """Give the report back, asking for the reason."""
        return self._ask_reason("draft")

    def action_amend(self):
        """Begin a new version of an accepted report."""
        self.ensure_one()
        if not self.user_edits or not self.seal_id or self.is_superseded:
            raise UserError(
                self.env._("Who runs the body amends the report that is in force.")
            )
        return self._seal_new_version()._get_records_action()
