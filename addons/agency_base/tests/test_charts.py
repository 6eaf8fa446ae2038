import doctest

from lxml import etree, html

from odoo.tests import BaseCase, tagged

from odoo.addons.agency_base.tests.documents import Document
from odoo.addons.agency_base.tools import charts, pdf

MONTHS = ["فروردین", "اردیبهشت", "خرداد"]
SVG = "{http://www.w3.org/2000/svg}"


def texts_of(chart):
    """Return ``{text: share of the width at which it is centred or begins}``."""
    found = {}
    for span in html.fromstring(chart).iter("span"):
        style = dict(part.split(":") for part in span.get("style").split(";"))
        if style.get("position") == "absolute":
            found[span.text] = float(style.get("left", "0%")[:-1])
    return found


def shapes_of(chart, kind):
    start = chart.index("<svg", chart.index("position:relative"))
    picture = etree.fromstring(chart[start : chart.index("</svg>", start) + 6])
    return picture.findall(f"{SVG}{kind}")


@tagged("post_install", "-at_install")
class TestCharts(BaseCase):
    def test_the_examples_hold(self):
        for module in (charts.bars, charts.lines, charts.scale):
            self.assertEqual(doctest.testmod(module).failed, 0, module.__name__)

    def test_persian_begins_at_the_right(self):
        persian = texts_of(charts.bar_chart(MONTHS, [("جلسه", [1, 2, 3])]))
        english = texts_of(
            charts.bar_chart(["a", "b", "c"], [("x", [1, 2, 3])], lang="en_US")
        )
        self.assertGreater(persian["فروردین"], persian["خرداد"])
        self.assertLess(english["a"], english["c"])

    def test_numbers_are_written_as_the_language_does(self):
        values = [("x", [1250.5, -3])]
        self.assertIn("۱٬۲۵۰٫۵", texts_of(charts.bar_chart(MONTHS[:2], values)))
        english = charts.bar_chart(["a", "b"], values, lang="en_US")
        self.assertIn("1,250.5", texts_of(english))

    def test_a_bar_is_as_long_as_its_value(self):
        series = [("x", [10, 5, 0])]
        bars = shapes_of(charts.bar_chart(MONTHS, series, values=False), "path")
        heights = [
            float(bar.get("d").split("v")[1].split("h")[0])
            for bar in bars
            if bar.get("fill") not in (None, "none")
        ]
        self.assertAlmostEqual(heights[0], 2 * heights[1], delta=0.2)
        self.assertEqual(heights[2], 0)

    def test_a_stack_carries_its_sum(self):
        parts = [("a", [1, 2, None]), ("b", [3, 4, 5])]
        texts = texts_of(charts.bar_chart(MONTHS, parts, stacked=True))
        self.assertLessEqual({"۴", "۶", "۵"}, set(texts))
        with self.assertRaises(ValueError):
            charts.bar_chart(MONTHS, [("a", [1, -2, 3])], stacked=True)

    def test_a_gap_interrupts_a_line(self):
        whole = charts.line_chart(MONTHS * 2, [("a", [1, 2, 3, 4, 5, 6])])
        broken = charts.line_chart(MONTHS * 2, [("a", [1, 2, None, 4, 5, 6])])
        self.assertEqual(len(shapes_of(whole, "polyline")), 1)
        self.assertEqual(len(shapes_of(broken, "polyline")), 2)
        self.assertEqual(len(shapes_of(broken, "circle")), 5)

    def test_series_differ_by_more_than_colour(self):
        series = [(name, [1, 2, 3]) for name in "abc"]
        dashes = {
            line.get("stroke-dasharray")
            for line in shapes_of(charts.line_chart(MONTHS, series), "polyline")
        }
        self.assertEqual(len(dashes), 3)

    def test_who_does_not_see_it_is_told_the_figures(self):
        chart = html.fromstring(
            charts.bar_chart(MONTHS, [("جلسه", [1, None, 3])], title="جلسه‌ها")
        )
        label = chart.get("aria-label")
        self.assertEqual(label, "جلسه‌ها; جلسه: فروردین ۱، خرداد ۳")
        self.assertEqual(chart.get("role"), "img")

    def test_nothing_to_show_is_shown_as_nothing(self):
        for chart in (charts.bar_chart, charts.line_chart):
            for categories, series in (
                ([], []),
                (MONTHS, []),
                (MONTHS, [("a", [None] * 3)]),
                (MONTHS, [("a", [0, 0, 0])]),
            ):
                self.assertIn("<svg", chart(categories, series))
        self.assertIn("<svg", charts.bar_chart([], [], stacked=True))
        self.assertIn("<svg", charts.sparkline([]))
        self.assertIn("<svg", charts.sparkline([5, 5]))

    def test_names_are_text_not_markup(self):
        nasty = "<script>&"
        chart = charts.line_chart([nasty], [(nasty, [1]), ("b", [2])], title=nasty)
        self.assertNotIn("<script", chart)
        self.assertNotIn("<script", charts.sparkline([1], title=nasty))

    def test_values_and_categories_must_match(self):
        with self.assertRaises(ValueError):
            charts.bar_chart(MONTHS, [("a", [1])])

    def test_paper_shows_persian_words_whole(self):
        chart = charts.line_chart(MONTHS, [("جلسه", [1, 2, 3]), ("مصوبه", [2, 3, 4])])
        paper = Document(
            pdf.render(
                '<!DOCTYPE html><html lang="fa" dir="rtl"><head><title>t</title>'
                f"</head><body>{chart}</body></html>"
            )
        )
        for word in (*MONTHS, "جلسه", "مصوبه"):
            self.assertIn(word, paper.text(0))
