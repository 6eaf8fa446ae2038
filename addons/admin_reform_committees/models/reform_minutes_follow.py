import re

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.agency_base.tools import to_latin_digits

_PERCENT = re.compile(r"(?:[٪%]\s*(\d{1,3})|(\d{1,3})\s*[٪%])\s*(.*)", re.DOTALL)
_LATER = re.compile(r"(\+\s*\d{1,3})\s*(.*)", re.DOTALL)


class ReformMinutesFollow(models.Model):
    """What is said of a resolution under review, in one line of the minutes screen."""

    _inherit = "reform.meeting"

    def minutes_follow(self, item_id, resolution_id, text):
        """Take down progress (“٪85 …”), a plea for more time (“+30 …”) or a note.

        Return the rows under review. Who may report is asked by the resolution.
        """
        item = self._minutes_own("reform.agenda.item", item_id)
        resolution = item.sudo().review_resolution_ids.filtered(
            lambda each: each.id == resolution_id
        )
        if not resolution:
            raise UserError(self.env._("This resolution is not under review here."))
        resolution = resolution.with_env(self.env)
        resolution.check_access("read")
        said = to_latin_digits((text or "").strip())
        if later := _LATER.fullmatch(said):
            reason = later[2] or self.env._("Asked in the meeting")
            resolution.ask_extension(later[1], reason)
        elif share := _PERCENT.fullmatch(said):
            resolution.report(share[3], int(share[1] or share[2]))
        else:
            resolution.report(text)
        return self._minutes_review(item.sudo())
