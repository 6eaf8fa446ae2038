"""What has to be changed outside the models, and the check that it still fits."""

from . import babel_dates, patch_points, relative_dates

#: The labels of groups are written by Babel: without that layer no Jalali groups.
GROUPING = babel_dates.INSTALLED and patch_points.usable(
    patch_points.GROUPING, "groups by month, quarter and year"
)
