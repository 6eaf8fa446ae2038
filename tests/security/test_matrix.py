"""What each role may do with each model is written down, and the database obeys it.

`matrix.txt` lists them. A new model, a new role or a changed
right fails here until somebody has decided and written it down:
`WRITE_MATRIX=1 ./dev test tests/security` writes what is there, `git diff` shows it.
"""

import os
from pathlib import Path

from odoo.exceptions import AccessError, UserError

MATRIX = Path(__file__).with_name("matrix.txt")
ADDONS = Path(__file__).resolve().parents[2] / "addons"
OURS = {manifest.parent.name for manifest in ADDONS.glob("*/__manifest__.py")}
VERBS = {"read": "R", "write": "W", "create": "C", "unlink": "D"}
# everybody in the house, an agency's portal user, and who has not logged in
COMMON_ROLES = ("base.group_user", "base.group_portal", "base.group_public")


def test_every_right_is_written_down(env):
    found = "\n".join(_matrix(env)) + "\n"
    if os.environ.get("WRITE_MATRIX"):
        MATRIX.write_text(found)
    assert found.splitlines() == MATRIX.read_text().splitlines()


def test_records_of_a_company_are_kept_from_other_companies(env):
    # A wizard's records belong to who opened it: Odoo shows them to nobody else.
    open_models = [
        model._name
        for model in _our_models(env)
        if not model._transient
        and "company_id" in model._fields
        and model._fields["company_id"].store
        and not _has_company_rule(env, model)
    ]
    assert not open_models


def test_no_right_is_given_to_everybody_at_large(env):
    nameless = env["ir.model.access"].search([("group_id", "=", False)])
    ours = nameless.filtered(lambda a: a.get_external_id()[a.id].split(".")[0] in OURS)
    assert not ours.mapped("name")


def test_what_follows_from_other_fields_is_entered_by_nobody(env):
    """Odoo writes computed columns by RPC: only `agency.derived.mixin` refuses it.

    The year of a holiday stands below `agency_base`, and nothing hangs on it.
    """
    user = env.ref("base.user_admin")
    taken = [
        f"{model._name}.{name}"
        for model in _our_models(env)
        if model._name != "jalali.holiday" and _is_written(env, model)
        for name in sorted(_derived(model))
        if not _refuses(model.with_user(user).with_context(lang="en_US"), name)
    ]
    assert not taken


def _is_written(env, model):
    lines = env["ir.model.access"].search([("model_id.model", "=", model._name)])
    return not model._transient and any(
        lines.mapped(lambda line: line.perm_write or line.perm_create)
    )


def _derived(model):
    return {
        name
        for name, field in model._fields.items()
        if field.store and field.compute and field.readonly
    } - {"id"}


def _refuses(model, name):
    """Tell whether the field itself is refused, not the user's rights."""
    try:
        model.write({name: False})
    except AccessError as error:
        return "not entered" in str(error)
    except UserError:
        return True  # the model keeps everything it was made with
    return False


def _matrix(env):
    """Yield the roles, then each model with the rights a role has beyond everybody's.

    R, W, C, D stand for read, write, create, delete.
    """
    everybody = env.ref("base.group_user")
    roles = _roles(env)
    yield "roles"
    yield from (f"    {_name(role)}" for role in roles)
    for model in _our_models(env):
        yield model._name
        common = _rights(env, model, everybody)
        for role in roles:
            rights = _rights(env, model, role)
            if role == everybody or rights != common:
                yield f"    {_name(role):<46} {rights or '-'}"


def _rights(env, model, role):
    lines = env["ir.model.access"].search([("model_id.model", "=", model._name)])
    mine = lines.filtered(
        lambda line: not line.group_id or line.group_id in role.all_implied_ids
    )
    return "".join(
        letter for verb, letter in VERBS.items() if any(mine.mapped(f"perm_{verb}"))
    )


def _our_models(env):
    """Return the models with a table that our addons define, by name."""
    return [
        env[name]
        for name, model in sorted(env.registry.items())
        if model._original_module in OURS and not model._abstract
    ]


def _roles(env):
    ours = (
        env["res.groups"]
        .search([])
        .filtered(lambda group: _name(group).split(".")[0] in OURS)
    )
    common = env["res.groups"].union(*(env.ref(name) for name in COMMON_ROLES))
    return (ours | common).sorted(_name)


def _name(record):
    return record.get_external_id()[record.id]


def _has_company_rule(env, model):
    """Look for a rule without groups: only such a one binds every user."""
    rules = env["ir.rule"].search(
        [("model_id.model", "=", model._name), ("groups", "=", False)]
    )
    return any("company_id" in (rule.domain_force or "") for rule in rules)
