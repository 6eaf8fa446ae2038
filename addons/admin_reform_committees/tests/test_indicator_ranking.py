from freezegun import freeze_time

from odoo.tests import tagged

from .year_common import TODAY, IndicatorCase


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestRankingPeriod(IndicatorCase):
    """The quarter of a row, as charts write and sort it."""

    def _rows(self, lang):
        self.env.invalidate_all()
        ranking = self.env["reform.indicator.ranking"].with_context(lang=lang)
        return ranking._read_group(
            [("committee_id", "=", self.body.id)],
            ["period"],
            ["self_score:sum"],
            order="period",
        )

    def test_it_is_written_in_the_language_of_its_reader_and_sorts_by_time(self):
        before = self._indicator(
            "1-1", committee_id=self.body.id, jalali_year=self.year - 1
        )
        self._score(quarter="2", actual=45).action_declare()
        self._score(quarter="1", actual=30).action_declare()
        self._score(before, quarter="4", actual=60).action_declare()
        self.env.flush_all()
        self.assertEqual(
            self._rows("en_US"),
            [("1404 / 4 Winter", 20), ("1405 / 1 Spring", 10), ("1405 / 2 Summer", 15)],
        )
        self.assertEqual(
            [period for period, _score in self._rows("fa_IR")],
            ["۱۴۰۴ / ۴ زمستان", "۱۴۰۵ / ۱ بهار", "۱۴۰۵ / ۲ تابستان"],
        )
