from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import request

from odoo.addons.agency_base.tools.download import (
    document_later,
    no_document,
    send_file,
)

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
            raise no_document() from None
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
            raise no_document()
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
                raise no_document()
            resolution._send_excerpt_later()
            return document_later()
        return send_file(file_sudo.name, file_sudo.raw, PDF)
