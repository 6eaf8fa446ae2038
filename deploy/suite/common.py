"""Settings, secrets, the configuration file and the database of the suite."""

import os
import secrets
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from string import Template

import psycopg2

DEFAULTS = {
    "DB_HOST": "db",
    "DB_PORT": "5432",
    "DB_USER": "odoo",
    "DB_NAME": "agency",
    "HTTP_INTERFACE": "0.0.0.0",
    "HTTP_PORT": "8069",
    "GEVENT_PORT": "8072",
    "ODOO_WORKERS": "4",
    "UPLOAD_LIMIT_MB": "64",
    "SUITE_LANG": "fa_IR",
    "SUITE_MODULES": "service_desk,admin_reform_committees,audit_checklist",
    "ADDONS_PATH": "/opt/suite/addons",
    "DATA_DIR": "/var/lib/odoo",
    "RUN_DIR": "/run/suite",
    "BACKUP_DIR": "/backups",
    "SECRETS_DIR": "/run/secrets",
    "TEMPLATE": "/opt/suite/odoo.conf.template",
    "PUBLIC_URL": "",
    "DB_AUTH": "password",  # or "peer": a local socket that needs no password
    "ODOO_COMMAND": "odoo",
}
SHORTEST_SECRET = 16


def fail(sentence):
    """End with one sentence that says what to do."""
    sys.exit(f"suite: {sentence}")


def say(sentence):
    """Tell the operator, apart from what a command prints."""
    print(f"suite: {sentence}", file=sys.stderr, flush=True)


def settings():
    """Return the settings: the environment over the defaults."""
    return {name: os.environ.get(name, value) for name, value in DEFAULTS.items()}


def secret(conf, name):
    """Return a secret from its file; an absent or short one ends the program."""
    path = Path(conf["SECRETS_DIR"], name)
    try:
        value = path.read_text().strip()
    except OSError as error:
        fail(f"the secret {path} cannot be read ({error.strerror}).")
    if len(value) < SHORTEST_SECRET:
        fail(f"the secret {path} has fewer than {SHORTEST_SECRET} characters.")
    return value


def password(conf):
    """Return the database password, or None where the socket needs none."""
    return secret(conf, "db_password") if conf["DB_AUTH"] == "password" else None


def write_configuration(conf):
    """Write odoo.conf from its template, readable by this user only."""
    db_password = password(conf)
    line = f"db_password = {db_password}" if db_password else ""
    text = Template(Path(conf["TEMPLATE"]).read_text()).substitute(
        conf,
        DB_PASSWORD_LINE=line,
        MASTER_PASSWORD=secrets.token_urlsafe(32),
    )
    path = Path(conf["RUN_DIR"], "odoo.conf")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    return str(path)


def odoo(conf, *arguments):
    """Return the odoo command line; a subcommand comes before the configuration."""
    path = write_configuration(conf)
    head = [arguments[0]] if arguments and not arguments[0].startswith("-") else []
    return [*conf["ODOO_COMMAND"].split(), *head, "-c", path, *arguments[len(head) :]]


def connect(conf, database):
    """Return a connection to ``database``; no server ends the program."""
    try:
        return psycopg2.connect(
            host=conf["DB_HOST"],
            port=conf["DB_PORT"],
            user=conf["DB_USER"],
            password=password(conf),
            dbname=database,
        )
    except psycopg2.OperationalError as error:
        fail(f"PostgreSQL does not let us into {database!r}: {error}".strip())


def rows(conf, database, query, parameters=()):
    """Return what a query finds."""
    with closing(connect(conf, database)) as connection, connection.cursor() as cr:
        cr.execute(query, parameters)
        return cr.fetchall()


def exists(conf, database):
    """Tell whether the server has this database."""
    query = "SELECT 1 FROM pg_database WHERE datname = %s"
    return bool(rows(conf, "postgres", query, [database]))


def client(conf, *command, **options):
    """Run a program of PostgreSQL; the password goes by the environment."""
    env = os.environ | {
        "PGHOST": conf["DB_HOST"],
        "PGPORT": conf["DB_PORT"],
        "PGUSER": conf["DB_USER"],
    }
    if db_password := password(conf):
        env["PGPASSWORD"] = db_password
    subprocess.run(command, check=True, env=env, **options)
