from . import jalali_holiday_load
