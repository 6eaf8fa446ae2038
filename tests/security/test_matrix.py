"""What each role may do with each model is written down, and the database obeys it.

`matrix.txt` lists them. A new model, a new role or a changed
right fails here until somebody has decided and written it down:
`WRITE_MATRIX=1 ./dev test tests/security` writes what is there, `git diff` shows it.
"""

import os
from pathlib import Path

from roles import OURS, name_of, our_models, roles_of

from odoo.exceptions import AccessError, UserError

MATRIX = Path(__file__).with_name("matrix.txt")
VERBS = {"read": "R", "write": "W", "create": "C", "unlink": "D"}


def test_every_right_is_written_down(env):
    found = "\n".join(_matrix(env)) + "\n"
    if os.environ.get("WRITE_MATRIX"):
        MATRIX.write_text(found)
    assert found.splitlines() == MATRIX.read_text().splitlines()


def test_records_of_a_company_are_kept_from_other_companies(env):
    # A wizard's records belong to who opened it: Odoo shows them to nobody else.
    open_models = [
        model._name
        for model in our_models(env)
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
        for model in our_models(env)
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
    roles = roles_of(env)
    yield "roles"
    yield from (f"    {name_of(role)}" for role in roles)
    for model in our_models(env):
        yield model._name
        common = _rights(env, model, everybody)
        for role in roles:
            rights = _rights(env, model, role)
            if role == everybody or rights != common:
                yield f"    {name_of(role):<46} {rights or '-'}"


def _rights(env, model, role):
    lines = env["ir.model.access"].search([("model_id.model", "=", model._name)])
    mine = lines.filtered(
        lambda line: not line.group_id or line.group_id in role.all_implied_ids
    )
    return "".join(
        letter for verb, letter in VERBS.items() if any(mine.mapped(f"perm_{verb}"))
    )


def _has_company_rule(env, model):
    """Look for a rule without groups: only such a one binds every user."""
    rules = env["ir.rule"].search(
        [("model_id.model", "=", model._name), ("groups", "=", False)]
    )
    return any("company_id" in (rule.domain_force or "") for rule in rules)
