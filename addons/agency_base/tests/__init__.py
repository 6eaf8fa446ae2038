from . import test_event_mixin, test_throttle, test_tools
