import { score } from "../scoring/scoring";

/** Return the answer that earns an item all it can. */
function bestAnswer({ response }) {
    if (response.kind === "number") {
        return { number: response.target };
    }
    if (response.kind === "text") {
        return { text: "…" };
    }
    const scored = response.options.filter((option) => !option.is_na);
    const best = scored.reduce(
        (top, option) => ((option.ratio ?? -1) > (top?.ratio ?? -1) ? option : top),
        scored[0]
    );
    return { option: best?.code };
}

/** Return the best answer to every item of a design, by code. */
export function bestAnswers(design) {
    return Object.fromEntries(
        design.sections.flatMap((section) =>
            section.items.map((item) => [item.code, bestAnswer(item)])
        )
    );
}

/**
 * Return what the designer tells about a draft: the score if all is well, if the chosen
 * item is answered otherwise, in each kind of unit, and with the answers of the preview.
 */
export function simulate(design, item, answers) {
    const best = bestAnswers(design);
    const visited = { has_earlier_visit: true };
    const all = score(design, best, visited);
    const rows = [{ kind: "best", result: all }];
    for (const option of item?.response.options ?? []) {
        if (!option.is_na && option.code !== best[item.code].option) {
            const changed = { ...best, [item.code]: { option: option.code } };
            rows.push({
                kind: "option",
                item,
                option,
                result: score(design, changed, visited),
            });
        }
    }
    for (const unitKind of design.unit_kinds) {
        const result = score(design, best, { ...visited, unit_kind: unitKind.code });
        const spared = all.relevant_count - result.relevant_count;
        if (spared) {
            rows.push({ kind: "unit", unitKind, spared, result });
        }
    }
    if (Object.keys(answers).length) {
        rows.push({ kind: "own", result: score(design, answers, visited) });
    }
    return rows;
}
