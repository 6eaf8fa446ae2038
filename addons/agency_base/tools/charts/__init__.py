"""Charts as inline SVG with labels: the same on paper and on screen, for any reader.

They need no JavaScript and are drawn by WeasyPrint as by browsers. A series is told
from the next by more than its colour (dashes, hatching, marks), so that a copy in grey
still says everything; each chart carries its figures as text for screen readers.

``categories`` are labels, ``series`` are ``(label, values)`` with one value for each
category, None where there is none. With ``rtl`` the first category is at the right.
"""

from .bars import bar_chart
from .lines import line_chart, sparkline
from .scale import format_value
