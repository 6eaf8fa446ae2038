import json
import secrets

from markupsafe import Markup

from odoo import api, models
from odoo.tools.translate import code_translations


class AuditField(models.AbstractModel):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.field"

    @api.model
    def _page_values(self):
        """Return what the template of the page needs.

        The Persian of the page comes with it: it must be there without a network.
        """
        lang = self.env.lang or "en_US"
        terms = code_translations.get_web_translations("audit_checklist", lang)
        language = self.env["res.lang"]._get_data(code=lang)
        session = {
            "uid": self.env.uid,
            "name": self.env.user.name,
            "user_context": {"lang": lang, "tz": self.env.user.tz or "Asia/Tehran"},
            "user_settings": {},
            "user_companies": False,
        }
        setup = {
            "user": {"id": self.env.uid, "name": self.env.user.name},
            "lang": lang,
            "tz": self.env.company.agency_tz,
            "calendar": language.calendar or "gregorian",
            "reasons": self.env["audit.answer.op"]._reasons(),
            "terms": {
                entry["id"]: entry["string"] for entry in terms.get("messages", [])
            },
        }
        links = self.env["ir.qweb"]._get_asset_links("audit_checklist.assets_field")
        return {
            # Written out by the page itself: Odoo's tags carry inline handlers, which
            # the page's policy does not allow.
            "styles": [link for link in links if link.endswith(".css")],
            "scripts": [link for link in links if link.endswith(".js")],
            "language": lang.replace("_", "-"),
            "direction": language.direction or "ltr",
            "nonce": secrets.token_urlsafe(16),
            "session": _in_script(session),
            "setup": _in_script(setup),
        }


def _in_script(data):
    """Return JSON that cannot end the script it stands in."""
    # Markup: JSON has no tags left, and quotes must stay quotes.
    return Markup(json.dumps(data).replace("<", "\\u003c"))
