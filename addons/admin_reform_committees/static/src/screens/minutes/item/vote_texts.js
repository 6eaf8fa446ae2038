import { _t } from "@web/core/l10n/translation";
import { counted, localDigits } from "../../common/texts";

/** What a vote came to, in words: "Adopted – 5 in favour, 1 abstention". */
export function voteText(vote) {
    if (!vote) {
        return "";
    }
    if (vote.result === "void") {
        return _t("Voted without a quorum: not valid");
    }
    if (vote.mode === "consensus") {
        return counted(vote.yes, _t("Consensus, 1 vote"), _t("Consensus, %s votes"));
    }
    const counts = {
        yes: localDigits(vote.yes),
        no: localDigits(vote.no),
        abstain: localDigits(vote.abstain),
    };
    return vote.result === "adopted"
        ? _t("Adopted: %(yes)s in favour, %(no)s against, %(abstain)s abstain", counts)
        : _t(
              "Rejected: %(yes)s in favour, %(no)s against, %(abstain)s abstain",
              counts
          );
}

export function voteTone(vote) {
    return { adopted: "ok", rejected: "bad", void: "warn" }[vote?.result] || "gray";
}
