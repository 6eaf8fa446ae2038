from odoo import models, tools


class AuditChecklistVersion(models.Model):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.checklist.version"

    @tools.ormcache("self.id", "self.env.lang", "self.content_hash")
    def _frozen_design(self):
        """Return the design of a published version, which never changes any more.

        Whoever gets it must not change it either: it is shared.
        """
        self.ensure_one()
        return self._design()
