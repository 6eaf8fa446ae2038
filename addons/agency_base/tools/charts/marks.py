"""What one series looks like: never by its colour alone."""

from markupsafe import Markup

# Told apart also in the usual kinds of colour blindness (after Okabe and Ito).
PALETTE = ("#0b5c6b", "#d98200", "#5b8c3a", "#9c3f73", "#4a6fb5", "#7a6a58")
_DASHES = ("none", "6 3", "2 3", "8 3 2 3", "1 3", "10 4")
_BAR = '<path d="M{x:.1f} {y:.1f}h{w:.1f}v{h:.1f}h-{w:.1f}z" fill="{ink}"/>'
_HATCH = '<path d="{}" stroke="#fff" stroke-width="0.8" fill="none"/>'
_MARKS = (
    '<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{ink}"/>',
    '<path d="M{x:.1f} {y:.1f}m-3 -3h6v6h-6z" fill="#fff" stroke="{ink}"'
    ' stroke-width="1.6"/>',
    '<path d="M{x:.1f} {y:.1f}m0 -4l4 7h-8z" fill="{ink}"/>',
)


def colour(index):
    """Return the colour of series ``index``."""
    return PALETTE[index % len(PALETTE)]


def dash(index):
    """Return the dashes of the line of series ``index``."""
    return _DASHES[index % len(_DASHES)]


def bar(index, x, y, width, height):
    """Return a bar; of two series of three it is hatched as well as coloured."""
    filled = Markup(_BAR).format(x=x, y=y, w=width, h=height, ink=colour(index))
    across = index % 3 == 1
    length, gap = (height, 5) if across else (width, 3.5)
    if index % 3 == 0 or length < gap:
        return filled
    places = [gap * number for number in range(1, int(length // gap) + 1)]
    path = "".join(
        f"M{x:.1f} {y + height - place:.1f}h{width:.1f}"
        if across
        else f"M{x + place:.1f} {y:.1f}v{height:.1f}"
        for place in places
    )
    return filled + Markup(_HATCH).format(path)


def line(index, points):
    """Return a line through ``points``, dashed as its series is."""
    return Markup(
        '<polyline points="{}" fill="none" stroke="{}" stroke-width="2" '
        'stroke-dasharray="{}"/>'
    ).format(
        " ".join(f"{x:.1f},{y:.1f}" for x, y in points), colour(index), dash(index)
    )


def mark(index, x, y):
    """Return the mark of one point."""
    return Markup(_MARKS[index % len(_MARKS)]).format(x=x, y=y, ink=colour(index))
