from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import content_disposition, request

from odoo.addons.agency_base.tools.download import document_later, no_document

from .. import docx, odt

PDF = "application/pdf"
OFFICE = {"docx": docx.MIMETYPE, "odt": odt.MIMETYPE}


class Minutes(http.Controller):
    """The minutes as files, for those who may see the meeting."""

    def _meeting(self, meeting_id):
        meeting = request.env["reform.meeting"].browse(meeting_id)
        try:
            meeting.check_access("read")
            # what is not there and what is not his look the same
            meeting.sudo().state  # noqa: B018
        except (AccessError, MissingError):
            raise no_document() from None
        return meeting

    def _file(self, content, name, mimetype, inline=True):
        disposition = content_disposition(
            name, disposition_type="inline" if inline else "attachment"
        )
        return request.make_response(
            content,
            headers=[
                ("Content-Type", mimetype),
                ("Content-Disposition", disposition),
                ("X-Content-Type-Options", "nosniff"),
                ("Cache-Control", "no-store"),
            ],
        )

    @http.route("/reform/minutes/<int:meeting_id>/preview", type="http", auth="user")
    def preview(self, meeting_id, **kw):
        """Show the minutes as they would be printed now, marked as a draft."""
        meeting = self._meeting(meeting_id)
        if meeting.state == "approved" and meeting.minutes_ids:
            return request.redirect(
                f"/reform/minutes/{meeting_id}/{meeting.minutes_ids[0].version}.pdf"
            )
        # sudo: reports are the system's; whoever sees the meeting may print it
        content, _type = (
            request.env["ir.actions.report"]
            .sudo()
            ._render_qweb_pdf(
                "admin_reform_committees.report_minutes_draft", meeting.ids
            )
        )
        return self._file(content, "draft.pdf", PDF)

    @http.route(
        "/reform/minutes/<int:meeting_id>/<int:version>.pdf", type="http", auth="user"
    )
    def official(self, meeting_id, version, **kw):
        """Give the sealed PDF, or say that it is being made."""
        minutes = self._version(meeting_id, version)
        attachment_sudo = minutes._pdf()
        if not attachment_sudo:
            return document_later()
        return self._file(attachment_sudo.raw, attachment_sudo.name, PDF)

    @http.route(
        "/reform/minutes/<int:meeting_id>/<int:version>.<any(docx, odt):kind>",
        type="http",
        auth="user",
    )
    def office(self, meeting_id, version, kind, **kw):
        """Give the text for an office program."""
        minutes = self._version(meeting_id, version)
        name = f"{(minutes.number or 'draft').replace('/', '-')}.{kind}"
        content = minutes._office_file(kind)
        return self._file(content, name, OFFICE[kind], inline=False)

    @http.route(
        "/reform/minutes/<int:meeting_id>/scan/<int:signature_id>",
        type="http",
        auth="user",
    )
    def scan(self, meeting_id, signature_id, **kw):
        """Give the scan of a signature on paper to those who see the minutes."""
        # sudo: who sees the meeting sees its signatures and their scans
        meeting_sudo = self._meeting(meeting_id).sudo()
        signatures_sudo = meeting_sudo.minutes_ids.signature_ids
        scan_sudo = signatures_sudo.filtered(
            lambda signature: signature.id == signature_id
        ).scan_id
        if not scan_sudo:
            raise no_document()
        return self._file(
            scan_sudo.raw, scan_sudo.name, scan_sudo.mimetype, inline=False
        )

    def _version(self, meeting_id, version):
        meeting = self._meeting(meeting_id)
        minutes = meeting.minutes_ids.filtered(lambda each: each.version == version)
        if not minutes.content:
            raise no_document()
        return minutes
