"""How an answer and its evidence are shown to who looks through a visit."""

# From this worth on something counts as declared, or as confirmed.
GOOD = 0.5
COORDINATES = ("latitude", "longitude")


def by_code(assessment):
    """Return the answers of an assessment by the codes of their items."""
    return {answer.item_code: answer for answer in assessment.answer_ids}


def evidence_by_code(evidence):
    """Return what is shown of photos and documents, by the codes of their items."""
    found = {}
    for piece in evidence.filtered(lambda e: e.state != "removed"):
        found.setdefault(piece.item_code, []).append(
            {
                "uuid": piece.uuid,
                "arrived": piece.state == "received",
                "photo": piece.kind == "photo",
                "name": piece.name or "",
                "note": piece.note or "",
                "at": moment_text(piece, piece.captured_at),
                "place": place_of(piece),
            }
        )
    return found


def moment_text(record, moment):
    """Return a moment in words of the user's calendar and clock."""
    words = record.env["ir.qweb.field.datetime"]
    if not moment:
        return ""
    return str(words.value_to_html(moment, {"hide_seconds": True}))


def place_of(record, which=""):
    """Return latitude and longitude as maps take them; nothing where not known."""
    if not record[f"has_{which}place"]:
        return ""
    return ",".join(f"{record[which + name]:.6f}" for name in COORDINATES)


def shown_answer(item, answer, evidence=None):
    """Return an answer as the screen shows it: words, number, tint."""
    if not answer or answer.outcome in ("open", "irrelevant"):
        return None
    payload = answer.payload or {}
    known = {option["code"]: option for option in item["response"].get("options", [])}
    option = known.get(payload.get("option"))
    tint = "na" if answer.outcome == "na" else "plain"
    if option and tint != "na":
        fails = option["is_fail"]
        tint = "no" if fails else "yes" if option["ratio"] == 1 else "part"
    return {
        "text": option["name"] if option else payload.get("text") or "",
        "number": payload.get("number"),
        "tint": tint,
        "failed": answer.is_failed,
        "comment": answer.comment or "",
        "reason": answer.na_reason or "",
        "evidence": evidence or [],
    }


def gap_of(declared, seen):
    """Return declared less seen; None where either does not apply."""
    if not (declared and seen and declared.outcome == seen.outcome == "scored"):
        return None
    return declared.ratio - seen.ratio


def credibility_of(rows, seen, own):
    """Return which share of what was declared good was found good, by weight."""
    claimed = confirmed = 0
    for row in rows:
        if row["gap"] is not None and own[row["code"]].ratio >= GOOD:
            claimed += row["weight"]
            confirmed += row["weight"] * (seen[row["code"]].ratio >= GOOD)
    return confirmed / claimed if claimed else None
