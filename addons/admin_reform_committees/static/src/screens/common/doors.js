/** Open the form of a record in place of the screen. */
export function openForm(action, model, id) {
    return action.doAction({
        type: "ir.actions.act_window",
        res_model: model,
        res_id: id,
        views: [[false, "form"]],
    });
}
