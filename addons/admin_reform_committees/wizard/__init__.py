from . import reform_committee_found, reform_programme_import
