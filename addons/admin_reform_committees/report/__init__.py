from . import (
    reform_indicator_ranking,
    reform_plan_realisation,
    reform_suggestion_report,
)
