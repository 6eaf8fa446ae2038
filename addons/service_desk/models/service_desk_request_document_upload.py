from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.agency_base.tools.upload import MEGABYTE, SCANS

from .. import clock

MAX_FILE_BYTES = 5 * MEGABYTE
FILES_PER_DOCUMENT = 5


class ServiceDeskRequestDocument(models.Model):
    """A document the client sent from home: a clerk looks at it and ticks it."""

    _inherit = "service.desk.request.document"

    uploaded_at = fields.Datetime("Sent Online", readonly=True, copy=False)
    upload_ids = fields.One2many(
        "ir.attachment",
        "res_id",
        "Files of the Client",
        domain=[("res_model", "=", "service.desk.request.document")],
        readonly=True,
    )

    def _take_upload(self, name, content):
        """Keep a file of the client, checked, and tell whether it is a new one.

        What is wrong with it raises UserError in words for him.

        sudo: the caller let him in; the file is read by who may read the document
        """
        self.ensure_one()
        document_sudo = self.sudo()
        document_sudo._check_open()
        digest = document_sudo.env["ir.attachment"]._compute_checksum(content)
        known = document_sudo.upload_ids
        if digest in known.mapped("checksum"):
            return False
        if len(known) >= FILES_PER_DOCUMENT:
            raise UserError(
                self.env._("There are enough files for this document; call the desk.")
            )
        document_sudo.env["ir.attachment"]._take_in(
            document_sudo, name, content, kinds=SCANS, max_bytes=MAX_FILE_BYTES
        )
        document_sudo.invalidate_recordset(["upload_ids"])
        document_sudo.uploaded_at = clock.now()
        return True

    def _take_applied(self, name, content):
        """Keep a file that came with others, and name its document if it is refused."""
        try:
            self._take_upload(name, content)
        except UserError as error:
            raise UserError(
                self.env._(
                    "“%(document)s”: %(problem)s", document=self.name, problem=error
                )
            ) from error


class ServiceDeskRequest(models.Model):
    _inherit = "service.desk.request"

    has_upload = fields.Boolean(
        "Documents to Check",
        compute="_compute_has_upload",
        search="_search_has_upload",
        help="The client sent documents online that nobody has ticked yet.",
    )

    def _compute_has_upload(self):
        waiting = self.search([("id", "in", self.ids), ("has_upload", "=", True)])
        for request in self:
            request.has_upload = request in waiting

    def _search_has_upload(self, operator, value):
        # The ORM rewrites every condition on a boolean to `in [True]`.
        if operator != "in":
            return NotImplemented
        return [
            ("state", "in", ("incomplete", "registered", "referred")),
            (
                "document_ids",
                "any",
                [("uploaded_at", "!=", False), ("is_received", "=", False)],
            ),
        ]
