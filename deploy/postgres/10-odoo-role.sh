#!/bin/sh
# Odoo's own role: it owns its database and is not a superuser of the server.
set -eu
password=$(cat /run/secrets/db_password)
[ "${#password}" -ge 16 ] || { echo "db_password has fewer than 16 characters" >&2; exit 1; }
psql -v ON_ERROR_STOP=1 -v password="$password" -U postgres -d postgres <<'SQL'
CREATE ROLE odoo LOGIN CREATEDB PASSWORD :'password';
SQL
