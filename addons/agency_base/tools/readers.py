"""In whose language something is said."""


def as_read_by(records, readers):
    """Return ``records`` in the language of those, users or partners, who read of them.

    What a cron says has no language of its own, and a clerk's is not his reader's. Who
    is not known is told in the language of the company.
    """
    company = records.env.company.partner_id
    lang = readers[:1].lang or records.env.lang or company.lang
    return records.with_context(lang=lang)
