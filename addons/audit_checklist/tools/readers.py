"""In whose language something is said."""


def as_read_by(records, users):
    """Return ``records`` in the language of those who read of them.

    What a cron says has no language of its own, and an officer's is not the agency's.
    """
    return records.with_context(lang=users[:1].lang or records.env.lang)
