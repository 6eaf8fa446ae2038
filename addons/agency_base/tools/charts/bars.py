"""Bars, side by side or one upon the other."""

from .frame import SMALL, Chart
from .marks import bar

_GAP = 0.28  # of a category's width between its bars and the next


def bar_chart(categories, series, stacked=False, **options):
    """Return bars, side by side or one upon the other.

    ``options``: ``lang`` and ``rtl``, ``size`` (width, height in CSS pixels),
    ``title`` (for screen readers), ``unit``, ``values`` (whether bars carry figures).

    >>> "۱۲" in bar_chart(["بهار"], [("جلسه", [12])])
    True
    """
    chart = Chart(categories, series, options)
    if stacked:
        _draw_stacks(chart)
    else:
        chart.scale([value for _label, values in chart.series for value in values])
        _draw_bars(chart)
    chart.captions()
    return chart.html(lambda index: bar(index, 0, 0, 20, 10))


def _draw_bars(chart):
    zero = chart.place(0)
    for place in range(len(chart.categories)):
        begin, step = chart.column(place)
        width = step * (1 - _GAP) / max(len(chart.series), 1)
        for index, (_label, values) in enumerate(chart.series):
            value = values[place]
            if value is None:
                continue
            order = len(chart.series) - 1 - index if chart.rtl else index
            x = begin + step * _GAP / 2 + order * width
            y = chart.place(value)
            chart.draw(bar(index, x, min(y, zero), width * 0.92, abs(zero - y)))
            if chart.shows_values and len(chart.number(value)) * 6 <= width + 8:
                above = y - 4 if value >= 0 else y + 11
                chart.text(x + width * 0.46, above, chart.number(value), size=SMALL)


def _draw_stacks(chart):
    columns = list(zip(*(values for _label, values in chart.series), strict=True))
    if any(part and part < 0 for column in columns for part in column):
        raise ValueError("A stack is made of parts, none less than nothing")
    totals = [sum(filter(None, column)) for column in columns]
    chart.scale(totals)
    for place, column in enumerate(columns):
        begin, step = chart.column(place)
        x, width, base = begin + step * _GAP / 2, step * (1 - _GAP), 0
        for index, part in enumerate(column):
            if part:
                y, foot = chart.place(base + part), chart.place(base)
                chart.draw(bar(index, x, y, width, foot - y))
                base += part
        if chart.shows_values:
            total = chart.number(totals[place])
            chart.text(x + width / 2, chart.place(base) - 4, total, size=SMALL)
