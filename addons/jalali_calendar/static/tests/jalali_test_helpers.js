import { after, beforeEach } from "@odoo/hoot";
import { mockDate, mockTimeZone } from "@odoo/hoot-mock";
import { allowTranslations, defineParams } from "@web/../tests/web_test_helpers";
import { localization } from "@web/core/l10n/localization";

const PERSIAN = {
    date_format: "%Y/%m/%d",
    time_format: "%H:%M:%S",
    direction: "rtl",
    week_start: 6,
};

/** Turn the Jalali calendar on until the end of the test. */
export function activateJalali() {
    odoo.jalali.activate();
    after(() => odoo.jalali.deactivate());
}

/** Show numbers in Persian digits until the end of the test. */
export function activatePersianDigits() {
    odoo.jalali.activateDigits();
    after(() => odoo.jalali.deactivateDigits());
}

/**
 * Give every test of the file a Persian reader in Tehran, at 10:00 on 2 Azar 1405, a
 * Monday.
 */
export function usePersianReader() {
    beforeEach(() => {
        defineParams({ lang: "fa_IR", lang_parameters: PERSIAN });
        mockTimeZone("Asia/Tehran");
        mockDate("2026-11-23T06:30:00"); // UTC
        allowTranslations();
        const { defaultLocale } = luxon.Settings;
        luxon.Settings.defaultLocale = "fa-IR";
        after(() => (luxon.Settings.defaultLocale = defaultLocale));
        activatePersianDigits();
        activateJalali();
    });
}

/** Set what the localization service would read, for tests without a mock server. */
export function setLocalization() {
    const before = { ...localization };
    Object.assign(localization, {
        dateFormat: "yyyy/MM/dd",
        timeFormat: "HH:mm:ss",
        dateTimeFormat: "yyyy/MM/dd HH:mm:ss",
        direction: "rtl",
        weekStart: 6,
        decimalPoint: ".",
        thousandsSep: ",",
        grouping: [3, 0],
    });
    after(() => Object.assign(localization, before));
}
