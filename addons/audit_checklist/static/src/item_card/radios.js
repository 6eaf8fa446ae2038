const STEPS = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 };

/**
 * Move the focus among the answers of a group as the arrow keys ask; space chooses.
 * Left and right are those of the page: in Persian the next answer is on the left.
 */
export function steer(event) {
    const { key, currentTarget: group } = event;
    const isAside = key === "ArrowRight" || key === "ArrowLeft";
    const isMirrored = isAside && getComputedStyle(group).direction === "rtl";
    const step = (STEPS[key] || 0) * (isMirrored ? -1 : 1);
    const radios = [...group.querySelectorAll("[role=radio]:not(:disabled)")];
    if (step && radios.length) {
        event.preventDefault();
        const at = radios.indexOf(document.activeElement);
        radios[(at + step + radios.length) % radios.length].focus();
    }
}

/** The one answer of a group that the tab key stops at: the chosen one, or the first. */
export function tabIndex(options, option, isChosen) {
    return option === (options.find(isChosen) || options[0]) ? "0" : "-1";
}
