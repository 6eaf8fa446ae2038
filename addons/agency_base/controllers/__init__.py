from . import report, sms, status, verify
