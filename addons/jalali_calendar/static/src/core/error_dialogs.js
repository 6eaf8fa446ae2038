import { ErrorDialog } from "@web/core/errors/error_dialogs";
import { patchWhenJalali } from "./patching";

const STAMP = /\S+ \S+ GMT$/;
const STAMP_FORMAT = "yyyy-MM-dd HH:mm:ss";

patchWhenJalali("ErrorDialog", ErrorDialog.prototype, {
    setup() {
        super.setup();
        // Whoever looks for the error in the server's log needs the log's date.
        const now = luxon.DateTime.utc().toFormat(STAMP_FORMAT, {
            numberingSystem: "latn",
        });
        this.contextDetails = this.contextDetails.replace(STAMP, `${now} GMT`);
    },
});
