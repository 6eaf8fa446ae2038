/** Let text fields be as high as what is in them. */
export function fitTextareas(root) {
    for (const area of root?.querySelectorAll("textarea") || []) {
        area.style.height = "auto";
        area.style.height = `${area.scrollHeight}px`;
    }
}
