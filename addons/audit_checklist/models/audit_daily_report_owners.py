from collections import Counter

from markupsafe import Markup

from odoo import models

from odoo.addons.agency_base.tools import normalize_persian

from ..tools.readers import people_of

READERS = ("group_observer", "group_programme_officer")


class AuditDailyReport(models.Model):
    """Whom an order is given to, and who hears of it."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.daily.report"

    def _owners(self):
        """Return ``{name: record}`` of the people and units that can be chosen.

        People who read the reports, and the units of the phase. A name that two of
        them share says nothing and is left out.
        """
        self.ensure_one()
        people = people_of(self.company_id, *READERS).with_env(self.env)
        owners = [*people.sorted("name"), *self.phase_id.unit_ids.sorted("name")]
        count = Counter(owner.name for owner in owners)
        return {owner.name: owner for owner in owners if count[owner.name] == 1}

    def _find_owner(self, name):
        """Return the values that tie an order to a person or unit of that name."""
        wanted = normalize_persian(name or "")
        for known, owner in self._owners().items() if wanted else ():
            if normalize_persian(known) == wanted:
                kind = "user" if owner._name == "res.users" else "unit"
                return {"owner": known, f"owner_{kind}_id": owner.id}
        return {}

    def _tell_of_orders(self, orders):
        """Tell the officer of the programme, and whom it is given to, what was said."""
        self.ensure_one()
        lines = Markup("").join(
            Markup("<li>{}: {}{}</li>").format(
                order.subject, order.text, order._say_to_whom()
            )
            for order in orders
        )
        people = self.programme_id.user_id | orders.owner_user_id
        # sudo: whoever comments need not be able to notify others
        self.sudo().with_context(mail_notify_force_send=False).message_notify(
            subject=self.env._("The report was commented on"),
            body=Markup("<ul>{}</ul>").format(lines),
            partner_ids=people.partner_id.ids,
        )
