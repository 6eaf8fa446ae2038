from odoo.tools import SQL

from odoo.addons.agency_base.tools import localize_digits


def period_sql(model, rows):
    """Return SQL that writes the year and quarter of ``rows`` as their reader does.

    The number of the quarter stands before its name, so that names sort by time.
    """
    lang = model.env.lang or "en_US"
    years = SQL("%s.jalali_year::text", rows)
    if localize_digits("0", lang) != "0":
        digits = "0123456789"
        years = SQL(
            "TRANSLATE(%s, %s, %s)", years, digits, localize_digits(digits, lang)
        )
    labels = model._fields["quarter"]._description_selection(model.env)
    names = SQL(" ").join(
        SQL("WHEN %s THEN %s", key, f"{localize_digits(key, lang)} {label}")
        for key, label in labels
    )
    return SQL("%s || ' / ' || CASE %s.quarter %s END", years, rows, names)
