"""Our models and the roles that people have with them."""

from pathlib import Path

ADDONS = Path(__file__).resolve().parents[2] / "addons"
OURS = {manifest.parent.name for manifest in ADDONS.glob("*/__manifest__.py")}
# everybody in the house, an agency's portal user, and who has not logged in
COMMON_ROLES = ("base.group_user", "base.group_portal", "base.group_public")


def our_models(env):
    """Return the models with a table that our addons define, by name."""
    return [
        env[name]
        for name, model in sorted(env.registry.items())
        if model._original_module in OURS and not model._abstract
    ]


def roles_of(env):
    ours = (
        env["res.groups"]
        .search([])
        .filtered(lambda group: name_of(group).split(".")[0] in OURS)
    )
    common = env["res.groups"].union(*(env.ref(name) for name in COMMON_ROLES))
    return (ours | common).sorted(name_of)


def name_of(record):
    return record.get_external_id()[record.id]
