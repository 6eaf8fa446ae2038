from . import (
    test_counter,
    test_event_mixin,
    test_identifier,
    test_job,
    test_job_kill,
    test_seal_concurrency,
    test_seal_guard,
    test_seal_render,
    test_seal_verify,
    test_throttle,
    test_tools,
)
