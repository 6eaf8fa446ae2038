"""Lines, and the small ones in the middle of a text."""

from markupsafe import Markup

from .frame import SMALL, Chart
from .marks import PALETTE, line, mark
from .scale import format_value


def line_chart(categories, series, **options):
    """Return lines; a None interrupts its line. For the options see `bar_chart`.

    >>> line_chart(["1", "2"], [("a", [1, None])], lang="en_US").count("<circle")
    1
    """
    chart = Chart(categories, series, options)
    chart.scale([value for _label, values in chart.series for value in values])
    for index, (_label, values) in enumerate(chart.series):
        _draw_line(chart, index, values)
    chart.captions()
    return chart.html(_key)


def sparkline(values, **options):
    """Return a line the height of a word, its last point marked.

    >>> sparkline([3, 4, 2], title="روند").count("<circle")
    1
    """
    width, height = options.get("size") or (90, 20)
    lang = options.get("lang") or "fa_IR"
    rtl = options.get("rtl", lang.startswith(("fa", "ar")))
    known = [value for value in values if value is not None]
    low, span = (min(known), (max(known) - min(known)) or 1) if known else (0, 1)
    step = (width - 8) / max(len(values) - 1, 1)
    points = []
    for place, value in enumerate(values):
        if value is not None:
            x = 4 + place * step
            y = height - 4 - (value - low) / span * (height - 8)
            points.append((width - x if rtl else x, y))
    shapes = [line(0, points)] if len(points) > 1 else []
    if points:
        shapes.append(
            Markup('<circle cx="{:.1f}" cy="{:.1f}" r="2.4" fill="{}"/>').format(
                *points[-1], PALETTE[0]
            )
        )
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="agency-sparkline" role="img" '
        'viewBox="0 0 {w} {h}" width="{w}" height="{h}" aria-label="{title}" '
        'style="vertical-align:middle">{shapes}</svg>'
    ).format(
        w=width,
        h=height,
        title=options.get("title") or ", ".join(format_value(v, lang) for v in known),
        shapes=Markup("").join(shapes),
    )


def _draw_line(chart, index, values):
    run = []
    for place, value in [*enumerate(values), (None, None)]:
        if value is not None:
            run.append((chart.middle(place), chart.place(value)))
            if chart.shows_values and len(chart.series) == 1:
                x, y = run[-1]
                chart.text(x, y - 7, chart.number(value), size=SMALL)
            continue
        if len(run) > 1:
            chart.draw(line(index, run))
        for x, y in run:
            chart.draw(mark(index, x, y))
        run = []


def _key(index):
    return line(index, [(0, 5), (20, 5)]) + mark(index, 10, 5)
