/**
 * Escape in a text: what was saved last stands in it again. Tells whether it had to.
 *
 * What was typed is not thrown away: Ctrl+Z brings it back, in the field by the browser
 * (which is why it is replaced as if it were typed over), elsewhere as a step.
 */
export function putBack(model, field, saved, { read, write }) {
    const typed = field.value;
    if (typed === saved) {
        return false;
    }
    model.remember(() => read() === saved && write(typed));
    field.select();
    if (!document.execCommand(saved ? "insertText" : "delete", false, saved)) {
        write(saved);
    }
    return true;
}
