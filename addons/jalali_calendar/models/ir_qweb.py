import re

from markupsafe import Markup

from odoo import models

from ..tools import to_persian_digits

#: Babel writes the digits of dates and times; it has no part in these.
NUMBER_WIDGETS = (
    "duration",
    "float",
    "float_time",
    "integer",
    "monetary",
    "relative",
)
_TAG_OR_DIGITS = re.compile(r"<[^>]*>|&#?\w+;|(\d+)", re.ASCII)


class IrQweb(models.AbstractModel):
    """Write the numbers of pages and documents in the digits of their language."""

    _inherit = "ir.qweb"

    def _get_field(
        self,
        record,
        field_name,
        expression,
        tagName,  # noqa: N803 (Odoo's name)
        field_options,
        values,
    ):
        attributes, content, force_display = super()._get_field(
            record, field_name, expression, tagName, field_options, values
        )
        return attributes, self._in_reader_digits(content, field_options), force_display

    def _get_widget(
        self,
        value,
        expression,
        tagName,  # noqa: N803 (Odoo's name)
        field_options,
        values,
    ):
        attributes, content, force_display = super()._get_widget(
            value, expression, tagName, field_options, values
        )
        return attributes, self._in_reader_digits(content, field_options), force_display

    def _in_reader_digits(self, content, field_options):
        """Return the content of a number widget; tags keep their Latin digits."""
        if (
            not content
            or field_options["type"] not in NUMBER_WIDGETS
            or not self.env["res.lang"]._reads_persian_digits()
        ):
            return content
        text = _TAG_OR_DIGITS.sub(
            lambda match: to_persian_digits(match[1]) if match[1] else match[0],
            str(content),
        )
        return Markup(text) if isinstance(content, Markup) else text
