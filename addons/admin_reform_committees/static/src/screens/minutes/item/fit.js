/** Let the text fields that are seen be as high as what is in them. */
export function fitTextareas(root) {
    for (const area of root?.querySelectorAll(":not(.o_resting) > textarea") || []) {
        area.style.height = "auto";
        area.style.height = `${area.scrollHeight}px`;
    }
}
