from . import logo, report, sms, status, verify
