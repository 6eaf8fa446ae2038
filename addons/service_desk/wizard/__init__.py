from . import (
    service_desk_appeal,
    service_desk_monthly,
    service_desk_promise_move,
    service_desk_refer,
    service_desk_reject,
    service_desk_service_import,
    service_desk_service_import_lines,
)
