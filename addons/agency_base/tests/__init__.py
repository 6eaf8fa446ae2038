from . import (
    test_counter,
    test_event_mixin,
    test_job,
    test_job_kill,
    test_throttle,
    test_tools,
)
