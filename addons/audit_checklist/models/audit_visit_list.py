from odoo import api, fields, models
from odoo.fields import Domain


class AuditVisit(models.Model):
    """Where the list of visits opens."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.visit"

    @api.model
    def _list_action(self):
        """Return the list of visits, opened where its reader has something to do.

        A programme of weeks has most of its visits behind it: from today on is what
        inspectors and officers look for. A programme that has no day ahead is shown
        whole, and so is what there is when none runs; nobody begins with an empty list.
        """
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "audit_checklist.audit_visit_action"
        )
        running = Domain("programme_id.state", "=", "running")
        today = fields.Date.context_today(self)
        chosen = []
        if self.search_count(running, limit=1):
            chosen.append("running")
            if self.search_count(running & Domain("planned_on", ">=", today), limit=1):
                chosen.append("ahead")
        return action | {"context": {f"search_default_{name}": 1 for name in chosen}}
