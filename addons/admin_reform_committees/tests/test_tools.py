import doctest

from odoo.tests import BaseCase, tagged

from .. import docx, due, tools
from ..models import reform_vote
from ..tools import Seat, is_in_room, quorum, quorum_required

HERE, AWAY, ASIDE = Seat(True), Seat(False), Seat(True, recused=True)


@tagged("post_install", "-at_install")
class TestQuorum(BaseCase):
    def test_number_required(self):
        table = [
            # rule, voting seats, fixed, required
            ("majority", 0, 0, 1),
            ("majority", 1, 0, 1),
            ("majority", 2, 0, 2),
            ("majority", 5, 0, 3),
            ("majority", 6, 0, 4),
            ("majority", 7, 0, 4),
            ("majority", 8, 0, 5),
            ("two_thirds", 0, 0, 1),
            ("two_thirds", 3, 0, 2),
            ("two_thirds", 4, 0, 3),
            ("two_thirds", 5, 0, 4),
            ("two_thirds", 6, 0, 4),
            ("two_thirds", 7, 0, 5),
            ("two_thirds", 9, 0, 6),
            ("two_thirds", 10, 0, 7),
            ("fixed", 7, 3, 3),
            ("fixed", 2, 3, 3),
            ("fixed", 7, 0, 1),
            ("none", 7, 0, 0),
        ]
        for rule, seats, fixed, required in table:
            with self.subTest(rule=rule, seats=seats, fixed=fixed):
                self.assertEqual(quorum_required(rule, seats, fixed), required)

    def test_examples_in_the_code_are_true(self):
        for module in (docx, due, reform_vote, tools):
            self.assertEqual(doctest.testmod(module).failed, 0, module.__name__)

    def test_unknown_rule_is_refused(self):
        with self.assertRaises(ValueError):
            quorum_required("three_quarters", 7)

    def test_presence(self):
        table = [
            # case, rule, seats, fixed, (required, present, spare, met)
            ("all here", "majority", [HERE] * 7, 0, (4, 7, 3, True)),
            ("just enough", "majority", [HERE] * 4 + [AWAY] * 3, 0, (4, 4, 0, True)),
            ("half of even", "majority", [HERE] * 4 + [AWAY] * 4, 0, (5, 4, -1, False)),
            ("two thirds", "two_thirds", [HERE] * 5 + [AWAY] * 2, 0, (5, 5, 0, True)),
            ("one short", "two_thirds", [HERE] * 4 + [AWAY] * 3, 0, (5, 4, -1, False)),
            ("fixed", "fixed", [HERE] * 3 + [AWAY] * 6, 3, (3, 3, 0, True)),
            ("recused", "majority", [HERE] * 3 + [ASIDE] * 2, 0, (3, 3, 0, True)),
            ("recusal costs it", "majority", [HERE, HERE, ASIDE, AWAY, AWAY], 0,
             (3, 2, -1, False)),
            ("recused and away", "majority", [HERE] * 3 + [Seat(False, True)], 0,
             (3, 3, 0, True)),
            ("nobody needed", "none", [AWAY] * 3, 0, (0, 0, 0, True)),
            ("no voters", "majority", [], 0, (1, 0, -1, False)),
        ]  # fmt: skip
        for case, rule, seats, fixed, expected in table:
            with self.subTest(case):
                result = quorum(rule, seats, fixed)
                got = (result.required, result.present, result.spare, result.is_met)
                self.assertEqual(got, expected)

    def test_leaving_early_loses_the_quorum(self):
        # (arrived, left) of five voters; minutes from the beginning
        times = [(0, None), (0, None), (14, None), (0, 40), (0, 40)]
        for moment, present in ((0, 4), (13, 4), (14, 5), (39, 5), (40, 3), (90, 3)):
            seats = [Seat(is_in_room("present", *time, moment)) for time in times]
            with self.subTest(moment=moment):
                self.assertEqual(quorum("two_thirds", seats).present, present)
                self.assertEqual(quorum("two_thirds", seats).is_met, moment < 40)

    def test_a_substitute_holds_the_seat(self):
        self.assertTrue(is_in_room("substituted", None, None))
        for status in ("invited", "accepted", "declined", "excused", "absent"):
            self.assertFalse(is_in_room(status, None, None), status)
