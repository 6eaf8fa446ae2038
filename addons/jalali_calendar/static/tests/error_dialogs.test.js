import { describe, expect, test } from "@odoo/hoot";
import { ErrorDialog } from "@web/core/errors/error_dialogs";
import { makeDialogMockEnv, mountWithCleanup } from "@web/../tests/web_test_helpers";
import { usePersianReader } from "./jalali_test_helpers";

describe.current.tags("headless");
usePersianReader();

test("the moment of an error is written as in the server's log", async () => {
    const env = await makeDialogMockEnv();
    const dialog = await mountWithCleanup(ErrorDialog, {
        env,
        props: {
            message: "Something bad",
            name: "Error",
            traceback: "here",
            close() {},
        },
    });
    expect(dialog.contextDetails).toInclude("on 2026-11-23 06:30:00 GMT");
});
