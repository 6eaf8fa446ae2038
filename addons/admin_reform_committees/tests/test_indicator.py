import base64

from freezegun import freeze_time
from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import BaseCase, tagged
from odoo.tools import mute_logger

from ..year_rules import indicator_score
from .year_common import PDF, TODAY, IndicatorCase

HEADINGS = [
    "کد",
    "محور",
    "شاخص",
    "واحد سنجش",
    "استاندارد",
    "سقف امتیاز",
    "جهت",
    "کمیته",
]


@tagged("post_install", "-at_install")
class TestFormula(BaseCase):
    def test_the_official_formula(self):
        table = [
            # direction, AP, S, W, score
            ("more", 0, 10, 50, 0),
            ("more", 5, 10, 50, 25),
            ("more", 10, 10, 50, 50),
            ("more", 11, 10, 50, 50),
            ("more", 1, 3, 10, 10 / 3),
            ("less", 10, 10, 50, 50),
            ("less", 20, 10, 50, 25),
            ("less", 5, 10, 50, 50),
            ("less", 0, 10, 50, 50),
            ("less", 0.1, 10, 50, 50),
        ]
        for direction, actual, standard, ceiling, expected in table:
            with self.subTest(direction=direction, actual=actual):
                score = indicator_score(actual, standard, ceiling, direction)
                self.assertAlmostEqual(score, expected)
                self.assertLessEqual(score, ceiling)

    def test_what_cannot_be_scored(self):
        for actual, standard, ceiling, direction in (
            (1, 0, 10, "more"),
            (1, -1, 10, "less"),
            (1, 10, 0, "more"),
            (-1, 10, 10, "more"),
            (1, 10, 10, "sideways"),
        ):
            with self.subTest(standard=standard), self.assertRaises(ValueError):
                indicator_score(actual, standard, ceiling, direction)


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestIndicator(IndicatorCase):
    @mute_logger("odoo.sql_db")
    def test_a_scale_that_cannot_be(self):
        for vals in ({"standard": 0}, {"standard": -1}, {"ceiling": 0}):
            with self.assertRaises(CheckViolation), self.env.cr.savepoint():
                self._indicator("9", **vals)
        with self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            self._indicator("1-1")
        self._indicator("1-1", level="provincial")
        self._indicator("1-1", jalali_year=1404)

    def test_what_was_scored_keeps_its_scale(self):
        score = self._score(actual=45)
        self.indicator.standard = 90
        self.assertEqual(score.self_score, 10)
        self._as("secretary", score).action_declare()
        with self.assertRaisesRegex(UserError, "scale"):
            self.indicator.ceiling = 30
        self.indicator.name = "Better words"

    def _import(self, *rows, **vals):
        self.env["reform.indicator.import"].create(
            {"jalali_year": 1404, "file": self._sheet(*rows)} | vals
        ).action_import()

    def _catalogue(self):
        return self.env["reform.indicator"].search([("jalali_year", "=", 1404)])

    def test_a_catalogue_comes_from_a_spreadsheet_and_is_renewed_by_it(self):
        rows = [
            ["۱-۱", "سلامت اداری", "رضایت", "درصد", "۸۵٫۵", 30, "", "C93"],
            ["1-2", "سلامت اداری", "شکایت", "فقره", 12, "۲۰", "کمتر بهتر", ""],
        ]
        self._import(HEADINGS, *rows)
        first, second = self._catalogue()
        self.assertEqual((first.standard, first.committee_id), (85.5, self.body))
        self.assertEqual((second.direction, second.ceiling), ("less", 20))
        rows[1][5] = 25
        self._import(HEADINGS, *rows)
        self.assertEqual(len(self._catalogue()), 2)
        self.assertEqual(second.ceiling, 25)

    def test_wrong_rows_are_named_and_nothing_is_saved(self):
        good = ["1", "a", "b", "c", 1, 1, "", ""]
        with self.assertRaises(UserError) as refusal:
            self._import(
                HEADINGS,
                good,
                ["2", "a", "b", "c", 0, 1, "", ""],
                ["3", "a", "b", "c", "صفر", 1, "", ""],
                ["4", "a", "b", "c", 1, 0, "", ""],
                ["5", "", "b", "c", 1, 1, "", ""],
                ["1", "a", "b", "c", 1, 1, "", ""],
                ["7", "a", "b", "c", 1, 1, "بالا", ""],
                ["8", "a", "b", "c", 1, 1, "", "C77"],
            )
        text = str(refusal.exception)
        for row in range(3, 10):
            self.assertIn(f"Row {row}:", text)
        self.assertNotIn("Row 2:", text)
        self.assertIn("must be above zero", text)
        self.assertFalse(self._catalogue())

    def test_a_refused_figure_is_named_in_the_digits_of_its_reader(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        importing = self.env["reform.indicator.import"].with_context(lang="fa_IR")
        sheet = self._sheet(HEADINGS, ["1", "a", "b", "c", -5, 1, "", ""])
        with self.assertRaises(UserError) as refusal:
            importing.create({"file": sheet}).action_import()
        said = str(refusal.exception)
        self.assertIn("-۵", said)
        self.assertNotRegex(said, "[0-9]")

    def test_opening_a_quarter_twice_makes_nothing_twice(self):
        self._indicator("2-1", is_for_offices=True)
        opening = self.env["reform.indicator"]._open_quarter
        scores = opening(self.company, self.year, "2")
        found = {(score.indicator_id.code, score.subject) for score in scores}
        self.assertEqual(found, {("1-1", "Body C93"), ("2-1", "Office A")})
        self.assertFalse(opening(self.company, self.year, "2"))


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestScore(IndicatorCase):
    def test_a_score_belongs_to_a_body_or_an_office(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self._score(committee_id=False)
        with self.assertRaisesRegex(ValidationError, "do not assess themselves"):
            self._score(department_id=self.offices[0].id)
        self._score()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self._score()

    def test_the_evaluator_has_the_last_word(self):
        score = self._score(actual=45)
        self.assertEqual((score.self_score, score.score), (15, 0))
        self._as("secretary", score).action_declare()
        self.assertEqual((score.accepted, score.score), (45, 15))
        with self.assertRaises(AccessError):
            self._as("secretary", score).write({"accepted": 60})
        with self.assertRaises(AccessError):
            self._as("secretary", score).action_evaluate()
        with self.assertRaises(UserError):
            self._as("secretary", score).write({"actual": 60})
        self._as("reform_office", score).accepted = 30
        self._as("reform_office", score).action_evaluate()
        self.assertEqual(
            (score.self_score, score.evaluator_score, score.score), (15, 10, 10)
        )
        with self.assertRaises(UserError):
            self._as("reform_office", score).accepted = 60

    def test_zero_is_the_best_where_less_is_better_and_wants_evidence(self):
        less = self._score(self._indicator("1-2", direction="less"))
        with self.assertRaisesRegex(UserError, "evidence that it is zero"):
            self._as("secretary", less).action_declare()
        self.env["reform.annex"].create(
            {"score_id": less.id, "filename": "a.pdf", "file": base64.b64encode(PDF)}
        )
        self._as("secretary", less).action_declare()
        self.assertEqual(less.score, less.ceiling)
        more = self._score()
        self._as("secretary", more).action_declare()
        self.assertEqual(more.score, 0)

    def test_who_declared_does_not_evaluate(self):
        score = self._score(actual=45)
        self._as("reform_office", score).action_declare()
        with self.assertRaisesRegex(AccessError, "as well"):
            self._as("reform_office", score).action_evaluate()

    def test_annexes_are_numbered_through_the_quarter(self):
        other = self._score(self._indicator("1-2"))
        score, next_quarter = self._score(), self._score(quarter="3")
        annexes = self.env["reform.annex"]
        meeting = self._approved()
        for owner, vals in (
            (score, {"kind": "meeting", "meeting_id": meeting.id}),
            (other, {"kind": "resolution",
                     "resolution_id": meeting.resolution_ids.id}),
            (score, {"filename": "a.pdf", "file": base64.b64encode(PDF)}),
            (next_quarter, {"filename": "b.pdf", "file": base64.b64encode(PDF)}),
        ):  # fmt: skip
            annexes |= annexes.create({"score_id": owner.id} | vals)
        self.assertEqual(annexes.mapped("number"), [1, 2, 3, 1])
        self.assertEqual(annexes[0].name, meeting.number)
        self.assertEqual(score.annex_numbers, "1, 3")
        self.assertEqual(score.with_context(lang="fa_IR").annex_numbers, "1، 3")
        with self.assertRaisesRegex(ValidationError, "already"):
            annexes[2].number = 2
        with self.assertRaisesRegex(ValidationError, "is empty"):
            annexes.create({"score_id": score.id, "kind": "activity", "name": "x"})
        with self.assertRaisesRegex(UserError, "not what its name says"):
            annexes.create(
                {"score_id": score.id, "filename": "a.pdf", "file": "PGh0bWw+"}
            )
        self._as("secretary", score).action_declare()
        for change in (
            lambda: annexes[0].unlink(),
            lambda: annexes[0].write({"name": "x"}),
            lambda: annexes.create(
                {"score_id": score.id, "filename": "c", "file": "Yw=="}
            ),
        ):
            with self.assertRaises(UserError):
                change()

    def test_offices_assess_themselves_and_are_ranked(self):
        self.offices[1].reform_liaison_ids = self.outsider
        indicator = self._indicator("2-1", is_for_offices=True, standard=10)
        scores = self.env["reform.indicator"]._open_quarter(
            self.company, self.year, "2"
        )
        scores = scores.filtered("department_id").sorted("subject")
        for score, user, figure in zip(
            scores, (self.liaison, self.outsider), (4, 8), strict=True
        ):
            mine = score.with_user(user)
            self.assertEqual(mine.search([]), score)
            mine.actual = figure
            mine.action_declare()
        with self.assertRaises(AccessError):
            scores[1].with_user(self.liaison).write({"strengths": "x"})
        with self.assertRaises(AccessError):
            scores[0].with_user(self.liaison).write({"accepted": 10})
        self._as("reform_office", scores).action_evaluate()
        self.env.flush_all()
        ranking = self.env["reform.indicator.ranking"]
        found = ranking.search([("kind", "=", "office"), ("quarter", "=", "2")])
        found = found.filtered(lambda row: row.department_id in self.offices)
        self.assertEqual(
            [(row.subject, row.place, round(row.percent)) for row in found],
            [("Office B", 1, 80), ("Office A", 2, 40)],
        )
        own = ranking.with_user(self.liaison).search([])
        self.assertEqual(own.department_id, self.offices[0])
        self.assertEqual(indicator.score_ids, scores)

    def test_who_sees_a_score(self):
        score = self._score(actual=1)
        everybody = {**self.users, "outsider": self.outsider, "liaison": self.liaison}

        def sees(role):
            return bool(
                score.with_user(everybody[role]).search([("id", "=", score.id)])
            )

        seeing = {role for role in everybody if sees(role)}
        self.assertEqual(
            seeing, {"secretary", "chair", "reform_office", "administrator"}
        )
        self._as("secretary", score).action_declare()
        self.assertTrue(sees("member") and sees("approver"))
        self.assertFalse(sees("observer") or sees("liaison") or sees("outsider"))
        self._as("reform_office", score).action_evaluate()
        self.assertTrue(sees("observer"))
        foreign = self._other_company_user("reform_office")
        self.assertFalse(score.with_user(foreign).search([]))
