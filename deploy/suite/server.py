"""Serve, make and upgrade the database of the suite."""

import json
import os
import subprocess
import urllib.request
from pathlib import Path

import psycopg2
from common import exists, fail, odoo, rows, say, secret
from passlib.context import CryptContext

# Runs inside `odoo shell`: Odoo's first log-in is admin/admin, which must never serve.
FIRST_SETTINGS = """
import os
admin = env.ref("base.user_admin")
admin.password = os.environ["SUITE_ADMIN_PASSWORD"]
lang = env["res.lang"]._get_data(code=os.environ["SUITE_LANG"])
users = env["res.users"].with_context(active_test=False).search([])
users.write({"lang": lang.code, "tz": "Asia/Tehran"})
users.partner_id.write({"lang": lang.code})
parameters = env["ir.config_parameter"]
if os.environ.get("PUBLIC_URL"):
    parameters.set_param("web.base.url", os.environ["PUBLIC_URL"])
    parameters.set_param("web.base.url.freeze", "True")
# A file travels in base64 inside JSON: three quarters of what the proxy lets in.
limit = int(os.environ["UPLOAD_LIMIT_MB"]) * 1024 * 1024 * 3 // 4
parameters.set_param("web.max_file_upload_size", str(limit))
env.cr.commit()
"""
ONCE = ("--stop-after-init", "--no-http", "--workers=0")


def check_ready(conf):
    """Refuse a database that is absent, half made, or still open to admin/admin."""
    database = conf["DB_NAME"]
    if not exists(conf, database):
        fail(
            f"there is no database {database!r} yet. Make it once with "
            "`docker compose run --rm odoo init`, or `… restore` a backup."
        )
    try:
        found = rows(
            conf, database, "SELECT password FROM res_users WHERE login = 'admin'"
        )
    except psycopg2.errors.UndefinedTable:
        fail(f"{database!r} was left half made: drop it and run init again.")
    for (crypted,) in found:
        if crypted and CryptContext(["pbkdf2_sha512"]).verify("admin", crypted):
            fail(
                f"the user admin of {database!r} still has the password Odoo gives to "
                "everybody. Drop the database and run init again, or change it."
            )


def serve(conf):
    """Become Odoo."""
    check_ready(conf)
    command = odoo(conf)
    os.execvp(command[0], command)


def init(conf):
    """Make the database with the suite, and replace the first password."""
    if exists(conf, conf["DB_NAME"]):
        fail(f"the database {conf['DB_NAME']!r} is there already; nothing was done.")
    admin_password = secret(conf, "admin_password")
    make = [f"--init={conf['SUITE_MODULES']}", f"--load-language={conf['SUITE_LANG']}"]
    subprocess.run(odoo(conf, *make, *ONCE), check=True)
    subprocess.run(
        odoo(conf, "shell", *ONCE[1:]),
        check=True,
        env=os.environ | conf | {"SUITE_ADMIN_PASSWORD": admin_password},
        input=FIRST_SETTINGS.encode(),
    )
    check_ready(conf)  # `odoo shell` ends with 0 even when its script fails
    say(f"the database {conf['DB_NAME']!r} is ready; log in as admin.")


def upgrade(conf):
    """Upgrade every addon of the suite that is installed."""
    addons = Path(conf["ADDONS_PATH"])
    names = [manifest.parent.name for manifest in addons.glob("*/__manifest__.py")]
    query = """
        SELECT name FROM ir_module_module
         WHERE state IN ('installed', 'to upgrade') AND name = ANY(%s) ORDER BY name
    """
    installed = ",".join(n for (n,) in rows(conf, conf["DB_NAME"], query, [names]))
    if not installed:
        fail("none of the addons of the suite is installed in this database.")
    subprocess.run(odoo(conf, f"--update={installed}", *ONCE), check=True)
    say(f"upgraded: {installed}")


def healthy(conf):
    """Ask Odoo, which asks PostgreSQL."""
    address = f"http://127.0.0.1:{conf['HTTP_PORT']}/web/health?db_server_status=1"
    with urllib.request.urlopen(address, timeout=4) as answer:
        if json.load(answer)["status"] != "pass":
            fail("Odoo does not reach its database.")


def run_odoo(conf, *arguments):
    """Become any other odoo command."""
    command = odoo(conf, *arguments)
    os.execvp(command[0], command)
