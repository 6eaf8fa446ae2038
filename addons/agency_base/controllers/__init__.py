from . import report, verify
