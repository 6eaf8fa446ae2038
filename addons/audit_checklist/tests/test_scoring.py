import json

from odoo.tests import BaseCase, tagged
from odoo.tools.misc import file_open

from ..tools.scoring import score

PLAIN = (
    "score",
    "uncapped",
    "grade",
    "is_provisional",
    "critical_failed",
    "missing",
    "failed",
    "relevant_count",
    "answered_count",
    "na_share",
    "is_na_excessive",
)
# The browser's test demands as many: neither side can lose cases unnoticed.
CASES_AT_LEAST = 90


def flat(result):
    """Return the part of a result that the cases tell, in their form."""
    return {key: result[key] for key in PLAIN} | {
        "sections": [
            [section[key] for key in ("code", "score", "points", "maximum")]
            for section in result["sections"]
        ],
        "states": {code: item["state"] for code, item in result["items"].items()},
    }


@tagged("post_install", "-at_install")
class TestScoring(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with file_open("audit_checklist/static/tests/scoring_cases.json") as file:
            cls.fixture = json.load(file)

    def test_every_case_scores_to_the_last_bit(self):
        cases = self.fixture["cases"]
        self.assertGreaterEqual(len(cases), CASES_AT_LEAST)
        for case in cases:
            checklist = self.fixture["checklists"][case["checklist"]]
            with self.subTest(case["name"]):
                if case.get("error"):
                    with self.assertRaises(ValueError):
                        score(checklist, case["answers"], case["context"])
                    continue
                result = score(checklist, case["answers"], case["context"])
                self.assertEqual(flat(result), case["expected"])

    def test_numbers_that_are_none(self):
        checklist = self.fixture["checklists"]["numbers"]
        for number in (float("nan"), float("inf"), None, True, [5]):
            with self.subTest(number=number):
                result = score(checklist, {"F1": {"number": number}})
                self.assertEqual(result["items"]["F1"]["state"], "open")
