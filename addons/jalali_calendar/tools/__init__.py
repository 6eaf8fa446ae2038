"""Plain functions for the Jalali calendar; none of them needs a database."""

from .arithmetic import (
    day_of_year,
    days_in_month,
    from_jalali,
    is_leap,
    jalali_year,
    localize,
    to_jalali,
)
from .digits import to_latin_digits, to_persian_digits
from .formatting import format_jalali
from .names import MONTHS, QUARTERS, WEEKDAYS
from .parsing import (
    fold,
    full_year,
    is_gregorian_year,
    parse_jalali,
    parse_jalali_datetime,
)
from .periods import (
    add,
    month_bounds,
    quarter_bounds,
    start_of,
    week_of,
    year_bounds,
)
from .sql import sql_month, sql_start_of, sql_year
from .texts import replace_dates
