from odoo.tools import SQL


def uninstall_hook(env):
    """Let go of users and people before the tables that refer to them are dropped.

    Odoo deletes what an addon's data files brought, as the people of the demo, before
    it drops the addon's tables; until then our foreign keys would hold them back.
    """
    env.cr.execute(
        SQL(
            """
            SELECT conrelid::regclass::text, conname
              FROM pg_constraint
             WHERE contype = 'f'
               AND conrelid::regclass::text LIKE %s
               AND confrelid::regclass::text IN ('res_users', 'res_partner')
            """,
            "reform\\_%",
        )
    )
    for table, constraint in env.cr.fetchall():
        env.cr.execute(
            SQL(
                "ALTER TABLE %s DROP CONSTRAINT %s",
                SQL.identifier(table),
                SQL.identifier(constraint),
            )
        )
