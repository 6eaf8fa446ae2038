"""Means of groups, brought together."""


def merge(groups):
    """Return the mean of ``(percent, failed, count)`` groups, or None for none.

    >>> merge([(100, 0, 1), (50, 20, 3)])
    {'percent': 62.5, 'failed': 15.0, 'count': 4}
    >>> merge([]) is None
    True
    """
    groups = list(groups)
    count = sum(group[2] for group in groups)
    if not count:
        return None
    return {
        "percent": sum(group[0] * group[2] for group in groups) / count,
        "failed": sum(group[1] * group[2] for group in groups) / count,
        "count": count,
    }
