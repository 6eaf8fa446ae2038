from . import reform_term_mixin  # isort: skip  (others inherit from it)
from . import (
    reform_agenda_item,
    reform_attendance,
    reform_committee,
    reform_committee_people,
    reform_committee_set,
    reform_delegation,
    reform_meeting,
    reform_meeting_actions,
    reform_meeting_course,
    reform_meeting_event,
    reform_meeting_prepare,
    reform_membership,
    reform_programme,
    reform_resolution,
    reform_standing_item,
)
