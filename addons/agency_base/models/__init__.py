from . import (
    agency_counter,
    agency_event_mixin,
    agency_identifier_mixin,
    agency_job,
    agency_job_run,
    agency_search_mixin,
    agency_throttle,
    res_company,
    res_config_settings,
    res_partner,
)
