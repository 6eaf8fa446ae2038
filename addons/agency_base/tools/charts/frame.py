"""The frame that the charts have in common."""

from markupsafe import Markup

from ..digits import to_persian_digits
from ..lists import listed
from .scale import format_value, ticks

_GRID, _AXIS, _INK = "#d5d9dc", "#6b7378", "#1f2528"
SIZE, SMALL = 11, 9.5
# Room above the plot for a figure, below for the categories, beside for the scale.
_TOP, _CAPTION, _SCALE, _EDGE = 16, 24, 48, 8
_LETTER = 0.56  # the width of a letter, on the average, in letter heights
_FIGURE = "margin:0 0 12px;max-width:100%;width:{}px;break-inside:avoid"
_LEGEND = "font-size:11px;line-height:18px;margin-bottom:2px"
_ANCHORS = {
    "middle": "left:{left:.2f}%;width:40%;text-align:center",
    "left": "left:{x:.2f}%;text-align:left",
    "right": "right:{rest:.2f}%;text-align:right",
}


class Chart:
    """Scale, grid, captions and legend of one chart.

    Shapes are SVG, words are HTML laid over them: engines that print set the letters
    of an SVG one by one, which Persian does not survive.
    """

    def __init__(self, categories, series, options):
        self.categories = [str(name) for name in categories]
        self.series = [(str(label), list(values)) for label, values in series]
        for label, values in self.series:
            if len(values) != len(self.categories):
                raise ValueError(f"{label}: one value for each category is needed")
        self.lang = options.get("lang") or "fa_IR"
        self.rtl = options.get("rtl", self.lang.startswith(("fa", "ar")))
        self.width, self.height = options.get("size") or (520, 200)
        self.title = options.get("title") or ""
        self.unit = options.get("unit") or ""
        self.shows_values = options.get("values", True)
        self.top = _TOP + (12 if self.unit else 0)
        self.bottom = self.height - _CAPTION
        # The scale stands where reading begins.
        self.start = _EDGE if self.rtl else _SCALE
        self.end = self.width - (_SCALE if self.rtl else _EDGE)
        self.shapes, self.words = [], []

    def number(self, value):
        return format_value(value, self.lang)

    def draw(self, shape, *values):
        """Add a shape, an SVG text with places for values."""
        self.shapes.append(Markup(shape).format(*values) if values else shape)

    def text(self, x, y, words, anchor="middle", size=SIZE, ink=_INK):
        """Write words whose baseline is at ``y``."""
        share = 100 * x / self.width
        place = _ANCHORS[anchor].format(x=share, left=share - 20, rest=100 - share)
        top = 100 * (y - size * 1.15) / self.height
        self.words.append(
            Markup(
                '<span style="position:absolute;white-space:nowrap;{};top:{:.2f}%;'
                'font-size:{}px;line-height:1.5;color:{}">{}</span>'
            ).format(place, top, size, ink, words)
        )

    def line(self, y, ink=_GRID, width=0.7):
        self.draw(
            '<path d="M{:.1f} {:.1f}H{:.1f}" stroke="{}" stroke-width="{}"/>',
            self.start,
            y,
            self.end,
            ink,
            width,
        )

    def scale(self, values):
        """Draw the grid for ``values`` and remember how to place one of them."""
        known = [value for value in values if value is not None]
        steps = ticks(min([0, *known]), max([0, *known]))
        self._low, self._span = steps[0], steps[-1] - steps[0]
        anchor = "left" if self.rtl else "right"
        side = self.end + 6 if self.rtl else self.start - 6
        for step in steps:
            y = self.place(step)
            self.line(y, *((_AXIS, 1) if step == 0 else ()))
            self.text(side, y + 3.5, self.number(step), anchor, SMALL, _AXIS)
        if self.unit:
            anchor, edge = ("right", self.width) if self.rtl else ("left", 0)
            self.text(edge, 10, self.unit, anchor, SMALL, _AXIS)

    def place(self, value):
        """Return the height of a value on the paper."""
        return self.bottom - (value - self._low) / self._span * (self.bottom - self.top)

    def column(self, index):
        """Return where category ``index`` begins and how wide it is."""
        step = (self.end - self.start) / max(len(self.categories), 1)
        place = len(self.categories) - 1 - index if self.rtl else index
        return self.start + place * step, step

    def middle(self, index):
        begin, width = self.column(index)
        return begin + width / 2

    def captions(self):
        """Write the categories: long ones are cut, of many only some are written."""
        if not self.categories:
            return
        step = self.column(0)[1]
        longest = max(map(len, self.categories))
        letters = max(int((step - 8) / (SIZE * _LETTER)), 1)
        every = 1 if letters >= 6 else -(-longest // letters)
        for index, name in enumerate(self.categories):
            if index % every == 0:
                short = len(name) > letters and every == 1
                text = f"{name[: letters - 1].rstrip()}…" if short else name
                self.text(self.middle(index), self.bottom + 15, self.digits(text))

    def digits(self, text):
        return to_persian_digits(text) if self.lang.startswith("fa") else text

    def summary(self):
        """Return the figures as text, for who does not see the picture."""
        lines = []
        for label, values in self.series:
            pairs = zip(self.categories, values, strict=True)
            figures = [
                f"{name} {self.number(value)}"
                for name, value in pairs
                if value is not None
            ]
            lines.append(f"{label}: {listed(figures, self.lang)}")
        return self.digits("; ".join([self.title, *lines] if self.title else lines))

    def html(self, draw_key):
        """Return the figure; ``draw_key(index)`` draws the key of a series."""
        picture = Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" '
            'width="{w}" height="{h}" style="display:block;width:100%;height:auto">'
            "{shapes}</svg>"
        ).format(w=self.width, h=self.height, shapes=Markup("").join(self.shapes))
        return Markup(
            '<div class="agency-chart" role="img" aria-label="{label}" dir="{way}" '
            'style="{style}">{legend}<div style="position:relative">{picture}{words}'
            "</div></div>"
        ).format(
            label=self.summary(),
            way="rtl" if self.rtl else "ltr",
            style=_FIGURE.format(self.width),
            legend=self._legend(draw_key),
            picture=picture,
            words=Markup("").join(self.words),
        )

    def _legend(self, draw_key):
        if len(self.series) < 2:
            return ""
        keys = [
            Markup(
                '<span style="display:inline-block;margin-inline-end:14px">'
                '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10" '
                'width="20" height="10" style="vertical-align:middle">{}</svg> '
                "{}</span>"
            ).format(draw_key(index), label)
            for index, (label, _values) in enumerate(self.series)
        ]
        return Markup('<div style="{}">{}</div>').format(_LEGEND, Markup("").join(keys))
