from markupsafe import Markup

from odoo import SUPERUSER_ID, http
from odoo.http import request

from odoo.addons.web.controllers.binary import Binary

CHARACTER = 13
# A Persian name is shaped by the browser, from right to left.
NAME = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 48" height="48">'
    '<text x="50%" y="50%" text-anchor="middle" dominant-baseline="central" '
    'font-family="Vazirmatn, Tahoma, sans-serif" font-size="22" font-weight="bold" '
    'fill="#4b5563">{name}</text></svg>'
)


class AgencyLogo(Binary):
    @http.route()
    def company_logo(self, dbname=None, **kw):
        """Show the emblem of the letterhead, or the name, of a body without a logo.

        Odoo would write “Your logo” above the log-in and on every public page.
        """
        company_sudo = self._without_logo(kw.get("company"))
        if not company_sudo:
            return super().company_logo(dbname=dbname, **kw)
        if company_sudo.official_emblem:
            images_sudo = company_sudo.env["ir.binary"]
            stream = images_sudo._get_image_stream_from(company_sudo, "official_emblem")
            return stream.get_response()
        name = company_sudo.name
        image = NAME.format(name=name, width=max(160, CHARACTER * len(name)))
        headers = [
            ("Content-Type", "image/svg+xml; charset=utf-8"),
            ("Content-Security-Policy", "default-src 'none'"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        return request.make_response(str(image), headers=headers)

    def _without_logo(self, asked):
        """Return the visitor's own body, unless it has a logo or another was asked."""
        if not request.db:
            return None
        # sudo: whoever has not logged in sees the logo too
        env_sudo = request.env(user=SUPERUSER_ID)
        user_sudo = env_sudo["res.users"].browse(request.session.uid or SUPERUSER_ID)
        company_sudo = user_sudo.exists().company_id
        if asked and asked != str(company_sudo.id):
            return None
        return company_sudo.uses_default_logo and company_sudo
