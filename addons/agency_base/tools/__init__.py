"""Plain functions that need no database."""

from .counting import counted
from .digits import (
    localize_digits,
    only_digits,
    to_latin_digits,
    to_persian_digits,
)
from .identifiers import (
    is_foreigner_id,
    is_legal_id,
    is_national_code,
    mask_identifier,
    normalize_identifier,
    normalize_postal_code,
)
from .lists import listed
from .phones import normalize_landline, normalize_mobile
from .text import normalize_persian, search_key
