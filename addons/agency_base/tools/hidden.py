"""Values inside JSON of which a snapshot keeps hashes only: they can be redacted.

Where a value stood stands ``{"#": digest}``; its place is a dotted path, and a pattern
is such a path with ``*`` for any one step.
"""

HIDDEN = "#"


def pattern_of(path, patterns):
    """Return the first of ``patterns`` that ``path`` matches.

    >>> pattern_of("people.3.name", ["chair", "people.*.name"])
    'people.*.name'
    >>> pattern_of("people.3.name.first", ["people.*.name"]) is None
    True
    """
    steps = path.split(".")
    for pattern in patterns:
        wanted = pattern.split(".")
        if len(wanted) == len(steps) and all(
            want in ("*", step) for want, step in zip(wanted, steps, strict=True)
        ):
            return pattern
    return None


def _walk(tree, change, path=()):
    """Return a copy of ``tree`` in which ``change(path, node)`` had its say."""
    changed = change(".".join(path), tree)
    if changed is not tree:
        return changed
    if isinstance(tree, dict):
        return {key: _walk(node, change, (*path, key)) for key, node in tree.items()}
    if isinstance(tree, list):
        return [
            _walk(node, change, (*path, str(place))) for place, node in enumerate(tree)
        ]
    return tree


def hide(tree, patterns, digest):
    """Replace what matches by ``digest(path, value)``; nothing is no value.

    >>> hide({"a": "x", "b": ["y", "", 1.5]}, ["b.*"], lambda path, value: path)
    {'a': 'x', 'b': [{'#': 'b.0'}, '', {'#': 'b.2'}]}
    >>> hide({"at": [35.7, 51.4], "to": None}, ["at", "to"], lambda path, value: path)
    {'at': {'#': 'at'}, 'to': None}
    """

    def change(path, node):
        if node not in (None, "", [], {}) and pattern_of(path, patterns):
            return {HIDDEN: digest(path, node)}
        return node

    return _walk(tree, change)


def show(tree, value):
    """Put ``value(path, digest)`` where something is hidden.

    >>> show({"a": "x", "b": [{"#": "1f"}]}, lambda path, digest: f"{path} {digest}")
    {'a': 'x', 'b': ['b.0 1f']}
    """

    def change(path, node):
        if isinstance(node, dict) and node.keys() == {HIDDEN}:
            return value(path, node[HIDDEN])
        return node

    return _walk(tree, change)


def at(tree, path):
    """Return what stands at ``path``, None where there is no such place.

    >>> at({"b": ["x", "y"]}, "b.1"), at({"b": []}, "b.1"), at({}, "b.c")
    ('y', None, None)
    """
    for step in path.split("."):
        if isinstance(tree, dict) and step in tree:
            tree = tree[step]
        elif isinstance(tree, list) and step.isdecimal() and int(step) < len(tree):
            tree = tree[int(step)]
        else:
            return None
    return tree


def put(tree, path, value):
    """Replace what stands at ``path``, which exists.

    >>> tree = {"b": ["x", "y"]}
    >>> put(tree, "b.1", "z")
    >>> tree
    {'b': ['x', 'z']}
    """
    *steps, last = path.split(".")
    for step in steps:
        tree = tree[int(step)] if isinstance(tree, list) else tree[step]
    tree[int(last) if isinstance(tree, list) else last] = value
