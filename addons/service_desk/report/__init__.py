from . import (
    service_desk_rating_report,
    service_desk_report,
    service_desk_sending_report,
)
