from . import test_display_time
