from . import (
    agency_counter,
    agency_event_mixin,
    agency_job,
    agency_job_run,
    agency_throttle,
    res_company,
    res_config_settings,
)
