from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.orm.domains import NEGATIVE_CONDITION_OPERATORS
from odoo.orm.models import NO_ACCESS
from odoo.tools import SQL

from ..tools.digits import localize_digits, only_digits, to_latin_digits
from ..tools.identifiers import (
    is_foreigner_id,
    is_legal_id,
    is_national_code,
    mask_identifier,
    normalize_identifier,
)
from ..tools.keys import keyed_digest
from .agency_identifier_lookup import VIEWER


def _typed(text):
    """Return ``text`` in Latin digits, without the mark of masked numbers."""
    return to_latin_digits(text or "").strip(" \u200e")


class AgencyIdentifierMixin(models.AbstractModel):
    """The number by which the state knows a person or a body.

    ``national_id`` is a window on a column nobody but the superuser can read: whoever
    may not see identifiers gets them masked, wherever the value is read. It is found
    in any digits by its exact value, through a digest made with a key that is not in
    the database, and can be neither grouped by nor guessed digit by digit. Whoever sees
    it masked finds one number at a time, and few that look alike
    (``agency.identifier.lookup``).

    Code that needs the value itself reads ``identifier_clear`` with ``sudo()``.
    """

    _name = "agency.identifier.mixin"
    _description = "National Identifier"

    identifier_kind = fields.Selection(
        [
            ("national", "National Code"),
            ("legal", "Legal Entity Id"),
            ("foreigner", "Foreigner Id"),
        ],
        copy=False,
        help="Found out from the number itself unless it is a foreigner's.",
    )
    national_id = fields.Char(
        "National Identifier",
        compute="_compute_national_id",
        inverse="_inverse_national_id",
        search="_search_national_id",
        copy=False,
        help="National code of a person, id of a legal entity or of a foreigner.",
    )
    identifier_clear = fields.Char(groups=NO_ACCESS, copy=False)
    identifier_digest = fields.Char(
        groups=NO_ACCESS, copy=False, index="btree_not_null"
    )

    @api.depends("identifier_clear")
    @api.depends_context("uid", "lang")
    def _compute_national_id(self):
        # Asked of the user, not of his superuser mode: what is rendered with sudo()
        # for a clerk is still read by the clerk.
        clear = self.env.user.has_group(VIEWER)
        show = localize_digits if clear else mask_identifier
        for record in self:
            # sudo: the only way to a NO_ACCESS column
            value = record.sudo().identifier_clear
            record.national_id = value and show(value, self.env.lang)

    def _prepare_create_values(self, vals_list):
        # The columns go into the INSERT: an UPDATE per record would follow otherwise.
        prepared = super()._prepare_create_values(vals_list)
        for vals in prepared:
            if text := _typed(vals.pop("national_id", False)):
                kind = vals.get("identifier_kind")
                vals.update(self._identifier_columns(text, kind))
        return prepared

    def _inverse_national_id(self):
        for record in self:
            text = _typed(record.national_id)
            record_sudo = record.sudo()
            masked = mask_identifier(record_sudo.identifier_clear)
            if text and text == _typed(masked):
                # A masked value that was read, or exported, comes back unchanged.
                record.invalidate_recordset(["national_id"])
                continue
            vals = {"identifier_clear": False, "identifier_digest": False}
            if text:
                vals = self._identifier_columns(text, record.identifier_kind)
            record_sudo.write(vals)
            record.invalidate_recordset(["national_id"])

    @api.model
    def _identifier_columns(self, text, kind):
        """Return what is kept of an identifier as it was typed."""
        kind = kind or self._guess_identifier_kind(text)
        digits = normalize_identifier(text, kind)
        if not digits:
            raise ValidationError(self._invalid_identifier(kind))
        return {
            "identifier_clear": digits,
            "identifier_digest": self._identifier_digest(digits),
            "identifier_kind": kind,
        }

    @api.model
    def _guess_identifier_kind(self, text):
        """Return the kind that ``text`` fits, a national code in case of doubt."""
        if is_legal_id(text):
            return "legal"
        # Every number of 8 to 12 digits might be a foreigner's, mistyped ones too.
        return "national"

    @api.model
    def _identifier_digest(self, text):
        """Return the digest under which an identifier typed in any form is found."""
        return keyed_digest("identifier", only_digits(text))

    def _search_national_id(self, operator, value):
        negated = operator in NEGATIVE_CONDITION_OPERATORS
        positive = NEGATIVE_CONDITION_OPERATORS.get(operator, operator)
        if positive in ("ilike", "like", "=ilike", "=like"):
            value = [value]
        elif positive != "in":
            return NotImplemented
        # Only a whole number is looked up: parts would give it away bit by bit.
        whole = {only_digits(text) for text in value if self._is_identifier(text)}
        lookups = self.env["agency.identifier.lookup"]
        if (len(whole) > 1 or (negated and whole)) and not lookups._is_free():
            raise UserError(
                self.env._(
                    "Identifiers are found by one whole number at a time. To search "
                    "for several, or to leave some out, ask an administrator for the "
                    "right “Sees identifiers unmasked”."
                )
            )
        if negated:
            # The ORM takes the positive operator and turns it round.
            return NotImplemented
        empty = operator == "in" and any(not text for text in value)

        def to_sql(model, alias, query):
            # Here, where it is certain that somebody is going to read the answer.
            lookups._ask(whole, is_search=True)
            # sudo: the ORM flushes the column, which the user may not name
            column = model.sudo()._field_to_sql(alias, "identifier_digest", query)
            digests = tuple(self._identifier_digest(number) for number in whole)
            terms = [SQL("%s IN %s", column, digests)] if digests else []
            if empty:
                terms.append(SQL("%s IS NULL", column))
            return SQL("(%s)", SQL(" OR ").join(terms)) if terms else SQL("FALSE")

        return Domain.custom(to_sql=to_sql)

    @api.model
    def _is_identifier(self, text):
        return bool(text) and (
            is_national_code(text) or is_legal_id(text) or is_foreigner_id(text)
        )

    @api.model
    def _identified_by(self, text):
        """Return a domain for code that looks somebody up for its own ends.

        It asks nothing in the user's name, so that nothing is counted: the caller shows
        nobody whether there was such a record, or counts the attempts himself. It needs
        ``sudo()``.
        """
        return Domain("identifier_digest", "=", self._identifier_digest(text))

    @api.constrains("identifier_kind")
    def _check_identifier_kind(self):
        for record_sudo in self.sudo():
            clear = record_sudo.identifier_clear
            kind = record_sudo.identifier_kind
            if clear and not (kind and normalize_identifier(clear, kind)):
                raise ValidationError(self._invalid_identifier(kind or "national"))

    def _invalid_identifier(self, kind):
        """Return what is wrong, without the number: errors are logged."""
        return {
            "national": self.env._(
                "This is no national code: it has ten digits, the last of which checks "
                "the others. Compare it with the card. A foreigner's number needs the "
                "kind “Foreigner Id”."
            ),
            "legal": self.env._(
                "This is no legal entity id: it has eleven digits, the last of which "
                "checks the others."
            ),
            "foreigner": self.env._(
                "This is no foreigner id: it has eight to twelve digits."
            ),
        }[kind]
