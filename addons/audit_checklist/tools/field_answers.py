"""What a phone or a form answers to an item: checked, in the shape that is kept."""

from .field_ops import MAX_PHRASE, BadValueError, is_number, read_text

MAX_PHRASES = 20
MAX_NUMBER = 1e9


def read_answer(item, payload):
    """Return the answer to an item in the shape that is kept.

    ``item`` is the item of a checklist's design. An empty answer takes an earlier one
    back. Raise BadValueError for what cannot be an answer.

    >>> item = {"na_policy": "no", "response": {"kind": "options", "options": [
    ...     {"code": "yes"}, {"code": "na", "is_na": True}]}}
    >>> read_answer(item, {"option": "yes", "note": " ok ", "rank": 3})
    {'option': 'yes', 'note': 'ok'}
    >>> read_answer(item, {"option": "na"})
    Traceback (most recent call last):
    ...
    odoo.addons.audit_checklist.tools.field_ops.BadValueError: na
    >>> marks = {"kind": "number", "min": 0, "target": 5, "sample_size": 5}
    >>> read_answer({"response": marks}, {"numbers": [4, 5]})
    {'numbers': [4, 5], 'number': 4.5}
    >>> read_answer({"response": marks}, {"numbers": 5})
    Traceback (most recent call last):
    ...
    odoo.addons.audit_checklist.tools.field_ops.BadValueError: 5
    """
    if not isinstance(payload, dict):
        raise BadValueError(payload)
    readers = {"options": _read_option, "number": _read_numbers, "text": _read_words}
    answer = readers[item["response"]["kind"]](item, payload)
    comments = payload.get("comments") or []
    if not isinstance(comments, list) or len(comments) > MAX_PHRASES:
        raise BadValueError(comments)
    comments = list(filter(None, (read_text(c, MAX_PHRASE) for c in comments)))
    note = read_text(payload.get("note"))
    return (
        answer
        | ({"comments": comments} if comments else {})
        | ({"note": note} if note else {})
    )


def _read_option(item, payload):
    code = payload.get("option")
    if code is None:
        return {}
    option = next((o for o in item["response"]["options"] if o["code"] == code), None)
    if option is None or (option.get("is_na") and item["na_policy"] == "no"):
        raise BadValueError(code)
    reason = read_text(payload.get("reason"), MAX_PHRASE)
    return {"option": code} | (
        {"reason": reason} if option.get("is_na") and reason else {}
    )


def _read_numbers(item, payload):
    response = item["response"]
    numbers = payload.get("numbers")
    if numbers is None and payload.get("number") is not None:
        numbers = [payload["number"]]
    if not isinstance(numbers, (list, type(None))):
        raise BadValueError(numbers)
    numbers = [number for number in numbers or [] if number is not None]
    many = response["sample_size"] > 1
    low, high = sorted((response["min"], response["target"]))
    if len(numbers) > response["sample_size"]:
        raise BadValueError(numbers)
    for number in numbers:
        if not is_number(number) or abs(number) > MAX_NUMBER:
            raise BadValueError(number)
        # Marks have ends; a quantity may pass its target.
        if many and not low <= number <= high:
            raise BadValueError(number)
    if not numbers:
        return {}
    total = 0.0
    for number in numbers:
        total += number
    return {"numbers": numbers, "number": total / len(numbers)}


def _read_words(_item, payload):
    text = read_text(payload.get("text"))
    return {"text": text} if text else {}


def lacks_reason(item, answer):
    """Tell whether fewer people were asked than wanted, and nobody says why.

    >>> item = {"response": {"sample_size": 5}}
    >>> lacks_reason(item, {"numbers": [4, 5]})
    True
    >>> lacks_reason(item, {"numbers": [4, 5], "note": "Nobody else came."})
    False
    """
    given = len(answer.get("numbers") or ())
    is_short = 0 < given < item["response"].get("sample_size", 1)
    return is_short and not answer.get("comments") and not answer.get("note")
