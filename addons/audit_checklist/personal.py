"""Where sealed assessments name people: what redaction can remove of them."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# Where the facts of a visit name people.
PERSONAL_FACTS = {
    "host": _lt("Host"),
    "host_function": _lt("Function of the Host"),
    "host_note": _lt("Note of the Host"),
    "host_refusal": _lt("Why Not Signed"),
    "inspectors.*.name": _lt("Inspector"),
    # Where somebody was, and when.
    "start_place": _lt("Place of the Beginning"),
    "end_place": _lt("Place of the End"),
    "accepted_by": _lt("Accepted by"),
}
