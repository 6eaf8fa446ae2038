from . import (
    test_committee,
    test_found,
    test_membership,
    test_programme_import,
    test_security_bodies,
    test_tools,
)
