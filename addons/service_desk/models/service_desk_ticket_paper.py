from odoo import models

from .. import texts
from ..tools import qr_data


class ServiceDeskTicket(models.Model):
    """The number in the client's hand, where the reception gives it."""

    _inherit = "service.desk.ticket"

    def _number_values(self):
        """Return what is printed of a number: no name, and the way to follow it."""
        self.ensure_one()
        env = self.env
        ahead = self._ahead() if self.state == "waiting" else 0
        # sudo: the link to one's own turn is for who holds the paper
        token = self.sudo().token
        return {
            "company": self.company_id.name,
            "desk": self.desk_id.name,
            "number": texts.number_text(env, self.number),
            "is_priority": self.is_priority,
            "ahead": ahead
            and texts.counted(
                env,
                ahead,
                env._("1 person before you"),
                env._("%s people before you"),
            ),
            "qr": qr_data(f"{self.get_base_url()}/desk/turn/{token}"),
            "moment": texts.moment_text(env, self.drawn_at, self.company_id),
        }
