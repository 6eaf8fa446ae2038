"""Which items wait for the answers of which others."""


def find_circle(parents):
    """Return the codes along one circle of ``parents``, or an empty list.

    ``parents`` maps the code of an item to the codes whose answers decide whether it
    is asked. The first code of the circle is repeated at its end.

    >>> find_circle({"D1": ["D2"], "D2": ["D1"], "D3": ["D1"]})
    ['D1', 'D2', 'D1']
    >>> find_circle({"A1": ["A1"]})
    ['A1', 'A1']
    >>> find_circle({"D2": ["D1"], "D3": ["D1", "D2"]})
    []
    """
    finished = set()
    for start in parents:
        trail = [start]
        pending = [iter(parents[start])]
        while pending:
            code = next(pending[-1], None)
            if code is None:
                pending.pop()
                finished.add(trail.pop())
            elif code in trail:
                return [*trail[trail.index(code) :], code]
            elif code not in finished:
                trail.append(code)
                pending.append(iter(parents.get(code, ())))
    return []
