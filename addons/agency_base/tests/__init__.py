from . import test_counter, test_event_mixin, test_throttle, test_tools
