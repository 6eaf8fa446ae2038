def uninstall_hook(env):
    """Take along the function of `tools.sql` and the triggers that call it."""
    env.cr.execute("DROP FUNCTION IF EXISTS agency_refuse_change() CASCADE")
