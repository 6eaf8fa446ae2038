from . import (
    reform_bulletin,
    reform_committee_found,
    reform_indicator_import,
    reform_indicator_open,
    reform_meeting_plan,
    reform_meeting_reason,
    reform_plan_import,
    reform_plan_report,
    reform_programme_import,
    reform_resolution_reason,
    reform_resolution_report,
    reform_return,
)
