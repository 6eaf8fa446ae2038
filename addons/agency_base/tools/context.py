def without_defaults(records, names=None):
    """Return ``records`` with no default for the fields ``names``, or any, in context.

    A context comes with every RPC call, so that a default in it is a value the caller
    sends: nothing that is recorded and not entered may be taken from there.
    """
    keys = {key for key in records.env.context if key.startswith("default_")}
    if names is not None:
        keys &= {f"default_{name}" for name in names}
    if not keys:
        return records
    kept = {key: records.env.context[key] for key in records.env.context.keys() - keys}
    # pylint: disable-next=context-overridden
    return records.with_context(kept)
