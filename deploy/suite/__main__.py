"""Run the suite in production: configure, serve, make, upgrade, back up, restore.

    suite serve               start Odoo (what the container does by itself)
    suite init                make the database, once
    suite upgrade             bring the database to the addons of this image
    suite backup [FILE]       write database and files as one consistent pair
    suite restore FILE [DB]   make a database from such a pair; never over another one
    suite healthy             end with 0 when Odoo and PostgreSQL answer
    suite odoo ARGS           any other odoo command, with this configuration

Settings come from the environment, secrets from files (see deploy/secrets).
"""

import subprocess
import sys

from backup import backup, restore
from common import fail, settings
from server import healthy, init, run_odoo, serve, upgrade

COMMANDS = {
    "serve": serve,
    "init": init,
    "upgrade": upgrade,
    "backup": backup,
    "restore": restore,
    "healthy": healthy,
    "odoo": run_odoo,
}


def main(arguments):
    """Run one command."""
    name, *rest = arguments or ["help"]
    if name not in COMMANDS:
        fail(f"unknown command {name!r}.\n\n{__doc__}")
    try:
        COMMANDS[name](settings(), *rest)
    except subprocess.CalledProcessError as error:
        fail(f"{error.cmd[0]} ended with {error.returncode}; its own words are above.")
    except OSError as error:
        fail(str(error))


if __name__ == "__main__":
    main(sys.argv[1:])
