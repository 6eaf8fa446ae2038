from . import base, ir_fields_converter, ir_http, res_lang, res_users
