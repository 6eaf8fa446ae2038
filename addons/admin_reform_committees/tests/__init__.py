from . import (
    test_agenda,
    test_committee,
    test_found,
    test_i18n,
    test_meeting,
    test_meeting_course,
    test_meeting_plan,
    test_membership,
    test_programme_import,
    test_security_bodies,
    test_security_meetings,
    test_tools,
)
