from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..tools.context import without_defaults
from ..tools.digits import localize_digits
from ..tools.upload import DOCUMENTS, KINDS, MAX_BYTES, MEGABYTE, UploadError
from ..tools.upload import check_upload as check_bytes

# The namespace of our advisory locks on bytes: any constant that nobody else uses.
LOCK = 0x66696C65


class IrAttachment(models.Model):
    """Take in files of people who are not trusted."""

    _inherit = "ir.attachment"

    @api.model
    def _take_in(self, record, name, content, kinds=DOCUMENTS, max_bytes=MAX_BYTES):
        """Keep an uploaded file with ``record``: private, under a checked type.

        Raise UserError in words for whoever sent it. The caller has checked that they
        may add to the record.
        """
        upload = self._check_upload(name, content, kinds, max_bytes)
        self._wait_for_same_bytes(content)
        return without_defaults(self).create(
            {
                "name": upload.name,
                "raw": content,
                "mimetype": upload.mimetype,
                "res_model": record._name,
                "res_id": record.id,
                "public": False,
            }
        )

    @api.model
    def _wait_for_same_bytes(self, content):
        """Wait until nobody else is writing the same bytes.

        Equal bytes are one file on the disk, whoever sent them: Odoo would compare
        ours with the half that another transaction has written, and refuse it.
        """
        digest = self._compute_checksum(content)
        place = int(digest[:8], 16) - 2**31
        self.env.cr.execute(SQL("SELECT pg_advisory_xact_lock(%s, %s)", LOCK, place))

    @api.model
    def _check_upload(self, name, content, kinds=DOCUMENTS, max_bytes=MAX_BYTES):
        """Return the `Upload` of a file, or raise UserError."""
        try:
            return check_bytes(name, content, kinds, max_bytes)
        except UploadError as error:
            text = self._explain_upload(error.reason, kinds, max_bytes)
            raise UserError(text) from error

    @api.model
    def _explain_upload(self, reason, kinds=DOCUMENTS, max_bytes=MAX_BYTES):
        """Return what to tell whoever sent a file that is refused."""
        comma = self.env._(", ")
        names = comma.join(dict.fromkeys(KINDS[kind].extensions[0] for kind in kinds))
        return {
            "empty": self.env._("The file is empty. Choose it again."),
            "large": self.env._(
                "The file is too large: at most %(size)s megabytes.",
                size=localize_digits(f"{max_bytes / MEGABYTE:.3g}", self.env.lang),
            ),
            "kind": self.env._(
                "This kind of file is not accepted. Accepted are: %(kinds)s.",
                kinds=names,
            ),
            "mismatch": self.env._(
                "The file is not what its name says. Save it again as one of: "
                "%(kinds)s.",
                kinds=names,
            ),
            "broken": self.env._("The file is damaged and cannot be opened."),
            "active": self.env._(
                "The file contains macros or embedded programs. Save it without them, "
                "or as PDF."
            ),
            "infected": self.env._("The virus scanner refuses this file."),
            "unscanned": self.env._(
                "Files cannot be checked for viruses at the moment. Try again later."
            ),
        }[reason]
