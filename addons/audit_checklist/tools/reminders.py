"""How agencies are reminded: the same for answers, actions and declarations."""

from datetime import timedelta

from odoo.fields import Domain

# Days before a deadline when the first reminder goes out, and between two of them.
REMIND_BEFORE = 3
REMIND_EVERY = 7
# From this reminder on the officer hears of it too.
ESCALATE_AT = 2


def is_reminded(deadline, today):
    """Return the domain of what is reminded of on a day, by its field ``deadline``."""
    return Domain(deadline, "<=", today + timedelta(days=REMIND_BEFORE)) & (
        Domain("reminded_on", "=", False)
        | Domain("reminded_on", "<=", today - timedelta(days=REMIND_EVERY))
    )
