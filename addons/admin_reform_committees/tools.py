"""Rules of meetings that need no database."""

import math
from collections import namedtuple

# One seat of a body as the quorum sees it. ``held`` tells that its holder, or a
# substitute for him, is in the room; ``recused``, that he stands aside for the item.
Seat = namedtuple("Seat", ["held", "recused"], defaults=(False,))

# ``spare`` is how many voters may leave before the quorum is lost; negative, how many
# are missing.
Quorum = namedtuple("Quorum", ["required", "present", "seats", "spare", "is_met"])


def quorum_required(rule, seats, fixed=0):
    """Return how many voters make a meeting of a body with ``seats`` voting seats.

    A body without voting members cannot meet, unless its rule asks for nobody.

    >>> quorum_required("majority", 7), quorum_required("majority", 8)
    (4, 5)
    >>> quorum_required("two_thirds", 7), quorum_required("two_thirds", 9)
    (5, 6)
    >>> quorum_required("fixed", 7, fixed=3), quorum_required("none", 7)
    (3, 0)
    """
    if rule == "none":
        return 0
    if rule == "fixed":
        return max(fixed, 1)
    if rule == "two_thirds":
        return max(math.ceil(2 * seats / 3), 1)
    if rule == "majority":
        return seats // 2 + 1
    raise ValueError(f"there is no quorum rule {rule!r}")


def quorum(rule, seats, fixed=0):
    """Return the `Quorum` of the voting ``seats`` under ``rule``.

    Who stands aside for an item is not counted as present for it, while the number
    required stays that of the whole body.

    >>> quorum("majority", [Seat(True), Seat(True), Seat(True, recused=True)])
    Quorum(required=2, present=2, seats=3, spare=0, is_met=True)
    """
    required = quorum_required(rule, len(seats), fixed)
    present = sum(seat.held and not seat.recused for seat in seats)
    spare = present - required
    return Quorum(required, present, len(seats), spare, spare >= 0)


def is_in_room(status, arrived_at, left_at, moment=None):
    """Tell whether somebody is in the room at ``moment``, or at last known.

    Without times he counts as present from beginning to end.

    >>> is_in_room("present", 9, None), is_in_room("present", 9, 10)
    (True, False)
    >>> is_in_room("present", 9, 10, moment=9.5), is_in_room("present", 9, 10, 8)
    (True, False)
    >>> is_in_room("excused", None, None)
    False
    """
    if status not in ("present", "substituted"):
        return False
    if moment is None:
        return not left_at
    return (not arrived_at or arrived_at <= moment) and (
        not left_at or moment < left_at
    )
