const [LEFT_TO_RIGHT, RIGHT_TO_LEFT, BY_ITSELF, END] = "\u2066\u2067\u2068\u2069";

/** Let a name stand within a sentence in its own direction. */
export function apart(name) {
    return name && `${BY_ITSELF}${name}${END}`;
}

/**
 * Write several texts in one line, dotted. Each runs as the page does: a range of times
 * beside a name of the other direction would be turned around.
 */
export function dotted(texts) {
    const isReversed = document.documentElement.dir === "rtl";
    const start = isReversed ? RIGHT_TO_LEFT : LEFT_TO_RIGHT;
    return texts
        .filter(Boolean)
        .map((text) => `${start}${text}${END}`)
        .join(" · ");
}
