from . import test_working_calendar
