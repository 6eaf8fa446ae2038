from . import jalali_holiday, resource_calendar, resource_calendar_leaves
