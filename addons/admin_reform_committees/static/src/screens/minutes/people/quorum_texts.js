import { _t } from "@web/core/l10n/translation";
import { counted, localDigits } from "../../common/texts";

/** Whether there is a quorum; before the meeting, how many make one. */
export function quorumHeading({ met, required }, state) {
    const number = localDigits(required);
    if (!["in_session", "held"].includes(state)) {
        return _t("Quorum: %s", number);
    }
    return met
        ? _t("There is a quorum (%s)", number)
        : counted(
              required,
              _t("No quorum: 1 is needed"),
              _t("No quorum: %s are needed")
          );
}

/** Who votes on an item some stand aside from, and what the quorum still bears. */
export function quorumLines(quorum, item) {
    const lines = [];
    const special = item && quorum.items[item.id];
    if (special) {
        lines.push(
            _t("Item %(item)s: %(voters)s", {
                item: localDigits(item.number),
                voters: counted(special.present, _t("1 voter"), _t("%s voters")),
            })
        );
    }
    lines.push(
        quorum.met && quorum.present
            ? counted(
                  quorum.spare + 1,
                  _t("Lost when 1 more leaves"),
                  _t("Lost when %s more leave")
              )
            : quorum.rule
    );
    return lines;
}
