import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/** Ask before something is removed; `reload` and `leave` follow where it is gone. */
export function useRemoval(reload, leave) {
    const dialog = useService("dialog");
    return (title, body, remove) => {
        let isGone = false;
        const confirm = async () => {
            await remove();
            await reload();
            isGone = true;
        };
        dialog.add(
            ConfirmationDialog,
            { title, body, confirmLabel: _t("Remove"), confirm, cancel: () => {} },
            { onClose: () => isGone && leave() }
        );
    };
}
