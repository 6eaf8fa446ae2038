from . import (
    reform_committee_found,
    reform_meeting_plan,
    reform_meeting_reason,
    reform_programme_import,
)
