import re

_JALALI_TERM = re.compile(r"(?<=[\s'\"])([=+-]\d{1,4})j([dmy])\b")


def uninstall_hook(env):
    """Give saved filters terms that Odoo knows by itself: ``today =1d -1m``.

    A filter with ``=1jd`` could not be opened any more, and one that opens by default
    would take its view along.
    """
    saved = env["ir.filters"].with_context(active_test=False)
    for ir_filter in saved.search([("domain", "like", "j")]):
        domain = _JALALI_TERM.sub(r"\1\2", ir_filter.domain)
        if domain != ir_filter.domain:
            ir_filter.domain = domain
