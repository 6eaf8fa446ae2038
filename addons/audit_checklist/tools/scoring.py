"""The score of a visit, computed exactly as ``static/src/scoring/scoring.js`` does.

The two are held together by ``static/tests/scoring_cases.json``. Floating point sums
depend on their order, and the built-in ``sum`` rounds otherwise than a loop since
Python 3.12: hence plain loops, in the order of the checklist.

A checklist is ``{"sections": [...], "bands": [...], "critical": {...}}``, answers map
the code of an item to ``{"option": code}``, ``{"number": 3.5}`` or ``{"text": "…"}``,
each with an optional ``"reason"``; the context tells about the unit that was visited:
``{"unit_kind": "branch", "has_earlier_visit": True}``.
"""

import math

# Below this two numbers are the same one, reached by additions in another order.
TOLERANCE = 1e-9
DEFAULT_NA_LIMIT = 0.3


def score(checklist, answers, context=None):
    """Return score, grade and all that is said about them.

    ``score`` runs from 0 to 100 and is None when nothing counts yet; ``uncapped`` is
    the same before a failed critical item lowered it. What is not applicable, not
    asked or not scored leaves both sides of the fraction; so does a section of which
    nothing is left. While a required answer is missing the score is provisional.
    Raise ValueError for items that wait for each other in a circle.
    """
    items = Items(checklist, answers, context or {})
    sections = [_section(section, items) for section in checklist["sections"]]
    uncapped = _total(checklist["sections"], sections)
    outcomes = items.outcomes
    critical_failed = [
        code
        for code, outcome in outcomes.items()
        if items.by_code[code].get("critical") and outcome["ratio"] == 0
    ]
    missing = [
        code
        for code, outcome in outcomes.items()
        if outcome["state"] == "open" and items.by_code[code].get("required")
    ]
    capped = _capped(uncapped, critical_failed, checklist.get("critical") or {})
    na_share = _na_share(checklist["sections"], sections)
    na_limit = checklist.get("na_limit")
    return {
        "score": capped,
        "uncapped": uncapped,
        "grade": grade_of(capped, checklist.get("bands") or []),
        "is_provisional": bool(missing),
        "critical_failed": critical_failed,
        "missing": missing,
        "failed": [code for code, outcome in outcomes.items() if outcome["failed"]],
        "relevant_count": _count(sections, "relevant_count"),
        "answered_count": _count(sections, "answered_count"),
        "na_share": na_share,
        "is_na_excessive": na_share
        > (DEFAULT_NA_LIMIT if na_limit is None else na_limit) + TOLERANCE,
        "sections": sections,
        "items": outcomes,
    }


class Items:
    """The items of a checklist by code, with what became of each."""

    def __init__(self, checklist, answers, context):
        self.answers = answers
        self.context = context
        self.by_code = {
            item["code"]: item
            for section in checklist["sections"]
            for item in section["items"]
        }
        self._relevant = {}
        self.outcomes = {code: self._outcome(code) for code in self.by_code}

    def is_relevant(self, code):
        """Tell whether the item is asked of this unit, given the other answers."""
        if code not in self._relevant:
            self._relevant[code] = None
            self._relevant[code] = self._find_relevance(self.by_code[code])
        elif self._relevant[code] is None:
            raise ValueError(f"The relevance of item {code} runs in a circle.")
        return self._relevant[code]

    def _find_relevance(self, item):
        if not _fits_unit(item, self.context):
            return False
        conditions = item.get("conditions") or {}
        terms = conditions.get("terms") or []
        if not terms:
            return True
        met = [self._is_met(term) for term in terms]
        return any(met) if conditions.get("mode") == "any" else all(met)

    def _is_met(self, term):
        """Tell whether the answer is there; what is not asked has none."""
        parent = self.by_code.get(term["item"])
        if parent is None or not self.is_relevant(term["item"]):
            return False
        answer = self.answers.get(term["item"])
        if _outcome(parent, answer)["state"] == "open":
            return False
        options = term.get("options") or []
        return not options or answer.get("option") in options

    def _outcome(self, code):
        if not self.is_relevant(code):
            return {"state": "irrelevant", "ratio": None, "failed": False}
        return _outcome(self.by_code[code], self.answers.get(code))


def _fits_unit(item, context):
    if item.get("needs_earlier_visit") and not context.get("has_earlier_visit"):
        return False
    kinds = item.get("kinds") or {}
    listed = context.get("unit_kind") in (kinds.get("codes") or [])
    if kinds.get("rule") == "only":
        return listed
    return not (kinds.get("rule") == "except" and listed)


def _outcome(item, answer):
    """Return what an answer means: open, na, unscored or scored, and its ratio."""
    still_open = {"state": "open", "ratio": None, "failed": False}
    if not answer:
        return still_open
    kind = item["response"]["kind"]
    if kind == "options":
        return _option_outcome(item, answer) or still_open
    if kind == "number":
        return _number_outcome(item["response"], answer) or still_open
    text = answer.get("text")
    if isinstance(text, str) and text.strip():
        return {"state": "unscored", "ratio": None, "failed": False}
    return still_open


def _option_outcome(item, answer):
    options = item["response"]["options"]
    option = next((o for o in options if o["code"] == answer.get("option")), None)
    if option is None:
        return None
    if option.get("is_na"):
        policy = item.get("na_policy")
        explained = policy == "free" or (policy == "reason" and answer.get("reason"))
        return {"state": "na", "ratio": None, "failed": False} if explained else None
    ratio = option.get("ratio")
    failed = bool(option.get("is_fail"))
    state = "unscored" if ratio is None else "scored"
    return {"state": state, "ratio": ratio, "failed": failed}


def _number_outcome(response, answer):
    number = answer.get("number")
    if isinstance(number, bool) or not isinstance(number, (int, float)):
        return None
    if not math.isfinite(number):
        return None
    ratio = (number - response["min"]) / (response["target"] - response["min"])
    ratio = 0.0 if ratio < 0 else 1.0 if ratio > 1 else ratio
    return {"state": "scored", "ratio": ratio, "failed": ratio == 0}


def _section(section, items):
    """Return the section's score with the fraction it comes from."""
    points = maximum = relevant_weight = na_weight = 0.0
    relevant = answered = 0
    for item in section["items"]:
        outcome = items.outcomes[item["code"]]
        if outcome["state"] == "irrelevant":
            continue
        relevant += 1
        answered += outcome["state"] != "open"
        if item["response"]["kind"] != "text" and outcome["state"] != "unscored":
            relevant_weight += item["weight"]
        if outcome["state"] == "na":
            na_weight += item["weight"]
        if outcome["state"] == "scored":
            points += item["weight"] * outcome["ratio"]
            maximum += item["weight"]
    return {
        "code": section["code"],
        "score": 100 * points / maximum if maximum > 0 else None,
        "points": points,
        "maximum": maximum,
        "relevant_count": relevant,
        "answered_count": answered,
        "na_share": na_weight / relevant_weight if relevant_weight > 0 else 0.0,
    }


def _total(sections, results):
    gained = weight = 0.0
    for section, result in zip(sections, results, strict=True):
        if result["maximum"] > 0:
            gained += section["weight"] * (result["points"] / result["maximum"])
            weight += section["weight"]
    return 100 * gained / weight if weight > 0 else None


def _na_share(sections, results):
    share = weight = 0.0
    for section, result in zip(sections, results, strict=True):
        if result["relevant_count"]:
            share += section["weight"] * result["na_share"]
            weight += section["weight"]
    return share / weight if weight > 0 else 0.0


def _count(results, key):
    return sum(result[key] for result in results)


def _capped(uncapped, critical_failed, critical):
    if uncapped is None or not critical_failed or critical.get("rule") != "cap":
        return uncapped
    return min(uncapped, critical["cap"])


def grade_of(value, bands):
    """Return the code of the highest band reached, None below all of them."""
    if value is None:
        return None
    reached = [band for band in bands if value + TOLERANCE >= band["minimum"]]
    return max(reached, key=lambda band: band["minimum"])["code"] if reached else None
