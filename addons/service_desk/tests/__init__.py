from . import test_catalogue, test_promise, test_referral, test_request
