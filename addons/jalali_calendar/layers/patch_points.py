"""The functions of Odoo and Babel that this addon builds upon.

When one of them is gone or takes other parameters, the part that needs it keeps
to the Gregorian calendar: a wrong date is worse than a foreign one.
"""

import inspect
import logging

import babel.dates

from odoo.models import BaseModel
from odoo.orm import domains

from odoo.addons.web.models.models import Base as WebBase

_logger = logging.getLogger(__name__)

#: owner, attribute, the parameters that are handed over
BABEL = (
    (babel.dates.DateTimeFormat, "__getitem__", ("self", "name")),
    (babel.dates.DateTimeFormat, "extract", ("self", "char")),
    (babel.dates, "parse_date", ("locale",)),
)
RELATIVE = ((domains, "parse_date", ("value", "env")),)
GROUPING = (
    (BaseModel, "_read_group_groupby", ("self", "alias", "groupby_spec", "query")),
    (BaseModel, "_field_to_sql", ("self", "alias")),
    (WebBase, "formatted_read_group", ("self", "domain", "groupby")),
    (WebBase, "formatted_read_grouping_sets", ("self", "domain", "grouping_sets")),
    (WebBase, "_formatted_read_group_with_length", ("self", "domain", "groupby")),
    (WebBase, "read_progress_bar", ("self", "domain", "group_by", "progress_bar")),
    (WebBase, "_web_read_group_groupby_formatter", ("self", "groupby_spec", "values")),
    (
        WebBase,
        "_web_read_group_groupby_properties_formatter",
        ("self", "groupby_spec", "values"),
    ),
    (
        WebBase,
        "_web_read_group_fill_temporal",
        ("self", "groups", "groupby", "aggregates", "fill_from", "fill_to"),
    ),
)


def missing(points):
    """Return the names of the patch points that are not as expected.

    >>> missing([(str, "upper", ("self",)), (str, "louder", ())])
    ['builtins.str.louder']
    """
    return [
        f"{owner.__module__}.{owner.__qualname__}.{name}"
        if inspect.isclass(owner)
        else f"{owner.__name__}.{name}"
        for owner, name, parameters in points
        if not _fits(getattr(owner, name, None), parameters)
    ]


def _fits(function, parameters):
    if not callable(function):
        return False
    known = inspect.signature(function).parameters
    return all(parameter in known for parameter in parameters)


def usable(points, what):
    """Tell whether a part may work; say in the log which patch points it lacks."""
    lacking = missing(points)
    if lacking:
        _logger.error(
            "The Jalali calendar falls back to Gregorian for %s: missing %s",
            what,
            ", ".join(lacking),
        )
    return not lacking
