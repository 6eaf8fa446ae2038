"""Who reads what is said, and in whose language it is."""


def as_read_by(records, users):
    """Return ``records`` in the language of those who read of them.

    What a cron says has no language of its own, and an officer's is not the agency's.
    """
    return records.with_context(lang=users[:1].lang or records.env.lang)


def people_of(company, *groups):
    """Return the active users of ``company`` in any of our ``groups``, as superuser.

    Groups are read by administrators only, and some of their users belong to other
    companies: here they give names.
    """
    users_sudo = company.env["res.users"].sudo()
    for group in groups:
        users_sudo |= company.env.ref(f"audit_checklist.{group}").sudo().all_user_ids
    return users_sudo.filtered(lambda user: user.active and company in user.company_ids)
