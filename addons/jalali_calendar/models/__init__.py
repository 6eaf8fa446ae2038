from . import (
    base,
    ir_fields_converter,
    ir_http,
    ir_qweb,
    jalali_holiday,
    res_lang,
    res_users,
)
