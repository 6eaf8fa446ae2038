"""The Persian names of months, seasons and days of the week."""

MONTHS = (
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
)
#: One letter each, for narrow calendars.
MONTHS_NARROW = ("ف", "ا", "خ", "ت", "م", "ش", "م", "آ", "آ", "د", "ب", "ا")
QUARTERS = ("بهار", "تابستان", "پاییز", "زمستان")
#: In the order of ``date.weekday()``: Monday comes first.
WEEKDAYS = (
    "دوشنبه",
    "سه‌شنبه",
    "چهارشنبه",
    "پنجشنبه",
    "جمعه",
    "شنبه",
    "یکشنبه",
)
WEEKDAYS_NARROW = ("د", "س", "چ", "پ", "ج", "ش", "ی")
DAY_PERIODS = ("ق.ظ.", "ب.ظ.")
#: For languages that are not written in Persian but keep this calendar.
MONTHS_LATIN = (
    "Farvardin",
    "Ordibehesht",
    "Khordad",
    "Tir",
    "Mordad",
    "Shahrivar",
    "Mehr",
    "Aban",
    "Azar",
    "Dey",
    "Bahman",
    "Esfand",
)
