from . import base, ir_http, res_lang, res_users
