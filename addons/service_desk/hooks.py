def post_init_hook(env):
    """Bring the Persian of what a request inherits.

    The kinds of identifier are terms of `agency_base`, whose translations were loaded
    before the request had that field.
    """
    env.ref("base.module_agency_base")._update_translations()
