import { beforeEach, expect, test } from "@odoo/hoot";
import { makeMockEnv, patchWithCleanup } from "@web/../tests/web_test_helpers";

import { localization } from "@web/core/l10n/localization";
import { formatRials } from "@service_desk/fields/rials_field";

beforeEach(() => makeMockEnv());

test("the word stands behind the number in a cell that runs from the left", () => {
    patchWithCleanup(localization, { direction: "rtl" });
    expect(formatRials(1030000)).toMatch(/^\u200f\S+ \S+$/);
    expect(formatRials(0)).toMatch(/^\u200f/);
});

test("from the left nothing is added, and nothing is shown of nothing", () => {
    patchWithCleanup(localization, { direction: "ltr" });
    expect(formatRials(5)).not.toMatch(/\u200f/);
    expect(formatRials(false)).toBe("");
});
