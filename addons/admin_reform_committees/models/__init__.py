from . import reform_term_mixin  # isort: skip  (others inherit from it)
from . import (
    reform_committee,
    reform_committee_people,
    reform_committee_set,
    reform_delegation,
    reform_membership,
    reform_programme,
    reform_standing_item,
)
