"""How agencies are reminded: the same for answers, actions and declarations."""

# Days before a deadline when the first reminder goes out, and between two of them.
REMIND_BEFORE = 3
REMIND_EVERY = 7
# From this reminder on the officer hears of it too.
ESCALATE_AT = 2
