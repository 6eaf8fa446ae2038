from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.agency_base.tools import listed, localize_digits

UNDER_WAY = ("in_progress", "submitted", "returned")
# So many visits are named in a sentence.
NAMED = 5


class AuditPhase(models.Model):
    """How a phase ends without losing what a phone has not sent yet.

    A visit made without a network is still planned here. While the phase closes all of
    it is taken, whatever the clock of the phone says; after that it stays on the phone
    (``field/base.py``) until the phase is opened for it again.
    """

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.phase"

    course_reason = fields.Char(
        "Reason",
        copy=False,
        help="Why the phase is closed although visits are missing, or opened again. "
        "Moves to the log with the step.",
    )

    def action_reopen(self):
        """Take once more what phones bring; the reason is entered before."""
        self.write({"state": "closing"})

    def _enter(self, state):
        for phase in self.filtered("course_reason"):
            phase.message_post(body=phase.course_reason)
        return super()._enter(state)

    def _transition_stamp(self, state):
        return super()._transition_stamp(state) | {"course_reason": False}

    def _check_can_close(self):
        self.ensure_one()
        waiting = self.visit_ids.filtered(lambda visit: visit.state in UNDER_WAY)
        if waiting:
            raise UserError(
                self.env._(
                    "%(visit)s is still under way. Accept or cancel it first.",
                    visit=waiting[0].display_name,
                )
            )
        planned = self.visit_ids.filtered(lambda visit: visit.state == "planned")
        if planned and not self.course_reason:
            names = [visit.display_name for visit in planned[:NAMED]]
            lang = self.env.lang
            raise UserError(
                self.env._(
                    "No phone has reported what is planned yet, %(count)s in all: "
                    "%(visits)s. What a phone still holds could not arrive any more. "
                    "Have it sent or take them off the plan; or write the reason and "
                    "close all the same.",
                    count=localize_digits(len(planned), lang),
                    visits=listed(names + ["…"] * (len(planned) > NAMED), lang),
                )
            )

    def _check_can_reopen(self):
        self.ensure_one()
        if self.programme_id.state != "running":
            raise UserError(
                self.env._(
                    "%(programme)s is not running any more.",
                    programme=self.programme_id.name,
                )
            )
        if not self.course_reason:
            raise UserError(
                self.env._("Write the reason first: it is kept with the phase.")
            )
