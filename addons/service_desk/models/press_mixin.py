from odoo import models
from odoo.exceptions import UserError

from .. import texts


class ServiceDeskPressMixin(models.AbstractModel):
    """One step, pressed by two people: the second is told by whom it was done."""

    _name = "service.desk.press.mixin"
    _inherit = ["agency.at.once.mixin"]
    _description = "One Step, Pressed Twice"

    def _press(self, state):
        """Write ``state``; tell who comes too late that it is done, and by whom."""
        late = self.filtered(lambda record: record.state == state)
        if self and late == self:
            raise UserError(late[0]._pressed_before(state))
        self.write({"state": state})

    def _pressed_before(self, state):
        """Return the sentence for who comes too late."""
        user, moment = self._who_was_last()
        if not moment:
            return self.env._(
                "%(record)s is “%(state)s” already.",
                record=self.display_name,
                state=self._state_label(state),
            )
        return self.env._(
            "%(record)s is “%(state)s” already: %(person)s, %(moment)s.",
            record=self.display_name,
            state=self._state_label(state),
            # sudo: the name of a colleague
            person=user.sudo().name or "",
            moment=texts.moment_text(self.env, moment, self.company_id),
        )

    def _who_was_last(self):
        """Return who brought the record where it is, and when, as far as is known."""
        return self.env["res.users"], None
