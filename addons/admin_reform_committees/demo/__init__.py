from . import (
    reform_demo_agenda,
    reform_demo_evidence,
    reform_demo_minutes,
    reform_demo_paper,
    reform_demo_quarters,
    reform_demo_story,
    reform_demo_suggestions,
)
