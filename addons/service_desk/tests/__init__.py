from . import (
    test_catalogue,
    test_counter,
    test_counter_more,
    test_js,
    test_performance,
    test_promise,
    test_referral,
    test_request,
    test_request_more,
    test_security,
    test_track_actions,
    test_tracking,
)
