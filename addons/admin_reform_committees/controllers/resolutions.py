from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import request

from odoo.addons.agency_base.tools.download import send_file

PDF = "application/pdf"


class ReformResolutions(http.Controller):
    """Evidence and excerpts of the resolutions that the user may read."""

    def _resolution(self, resolution_id):
        resolution = request.env["reform.resolution"].browse(resolution_id)
        try:
            resolution.check_access("read")
            # what is not there and what is not his look the same
            resolution.sudo().state  # noqa: B018
        except (AccessError, MissingError):
            raise request.not_found() from None
        return resolution

    @http.route(
        "/reform/evidence/<int:resolution_id>/<int:attachment_id>",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def evidence(self, resolution_id, attachment_id):
        """Hand a piece of evidence over and note who opened it.

        The files that were before the meeting are handed over as well.
        """
        resolution = self._resolution(resolution_id)
        file_sudo = resolution._see(attachment_id) or resolution._papers().filtered(
            lambda file: file.id == attachment_id
        )
        if not file_sudo:
            raise request.not_found()
        return send_file(file_sudo.name, file_sudo.raw, file_sudo.mimetype)

    @http.route(
        "/reform/resolution/<int:resolution_id>/excerpt.pdf",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def excerpt(self, resolution_id):
        """Give the excerpt that was communicated, or say that it is being made."""
        resolution = self._resolution(resolution_id)
        # sudo: an excerpt is for whoever reads the resolution
        file_sudo = resolution.sudo().excerpt_id
        if not file_sudo:
            if not resolution.communicated_at:
                raise request.not_found()
            resolution._send_excerpt_later()
            return request.make_response(
                request.env._("The PDF is being made. Ask again in a minute."),
                headers=[
                    ("Content-Type", "text/plain; charset=utf-8"),
                    ("Retry-After", "30"),
                ],
                status=503,
            )
        return send_file(file_sudo.name, file_sudo.raw, PDF)
