from odoo import models

from odoo.addons.agency_base.tools.keys import keyed_digest


class ReformMinutesRedaction(models.Model):
    """Removing people from minutes that are sealed."""

    _inherit = "reform.minutes"

    def _seal_redacted(self, places):
        """Keep no digest from which a removed name could be found by trying.

        Whoever has the server's key can still prove what was signed.
        """
        if self.digest and any(place.startswith("content/") for place in places):
            for kept in (self, *self.signature_ids.filtered("digest")):
                kept.write({"digest": keyed_digest("redacted minutes", kept.digest)})
        return super()._seal_redacted(places)
