"""Who may read a record can open every screen of it: no field there refuses him."""

from lxml import etree
from roles import COMMON_ROLES, OURS, name_of, our_models, roles_of

from odoo.exceptions import AccessError

KINDS = ("form", "list", "kanban")


def test_no_screen_asks_for_what_its_reader_may_not_read(env):
    models = [model for model in our_models(env) if not model._transient]
    views = {model._name: _views(env, model) for model in models}
    roles = [role for role in roles_of(env) if name_of(role) not in COMMON_ROLES]
    refused = []
    for number, role in enumerate(roles):
        reader = env["res.users"].create(
            {"name": "R", "login": f"reader{number}", "group_ids": role.ids}
        )
        for model in models:
            mine = model.with_user(reader)
            if mine.has_access("read"):
                asked = {
                    name for view in views[model._name] for name in _fields(mine, view)
                }
                refused += [
                    f"{name_of(role)}: {model._name}.{name}"
                    for name in sorted(asked)
                    if _is_refused(mine, name)
                ]
    assert not refused, "\n".join(refused)


def _views(env, model):
    views = env["ir.ui.view"].search(
        [
            ("model", "=", model._name),
            ("type", "in", KINDS),
            ("mode", "=", "primary"),
        ]
    )
    return views.filtered(lambda view: name_of(view).split(".")[0] in OURS)


def _fields(model, view):
    """Yield the fields of a view as this reader is given it, not those of its parts."""
    arch = etree.fromstring(model.get_view(view.id, view.type)["arch"])
    for node in arch.iter("field"):
        if not any(above.tag == "field" for above in node.iterancestors()):
            yield node.get("name")


def _is_refused(model, name):
    field = model._fields[name]
    if field.relational and not model.env[field.comodel_name].has_access("read"):
        # The name of what a record points to is told to whoever reads the record.
        return field.type != "many2one"
    if not field.compute:
        return False
    try:
        model.new({})[name]
    except AccessError:
        return True
    except (TypeError, ValueError):
        return False  # an empty record has nothing to compute it from
    return False
