from . import (
    base,
    ir_fields_converter,
    ir_http,
    jalali_holiday,
    res_lang,
    res_users,
)
