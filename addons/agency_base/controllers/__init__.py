from . import report, sms, verify
