// @odoo-module ignore
/**
 * Decides, before any module of Odoo starts, which calendar the reader has.
 *
 * The choice comes with the session info. On public pages `@web/session` is part of a
 * smaller bundle and has taken the info off the page already.
 */
(function (jalali) {
    "use strict";

    function readInfo() {
        return (
            odoo.__session_info__ ||
            odoo.loader?.modules.get("@web/session")?.session ||
            {}
        );
    }

    function readsPersian({ user_context: context, bundle_params: bundle }) {
        const language = context?.lang || bundle?.lang || document.documentElement.lang;
        return /^fa\b|^fa_/i.test(language || "");
    }

    const info = readInfo();
    const isPersian = readsPersian(info);

    if (info.calendar === "jalali" && odoo.loader) {
        jalali.watchModules();
        jalali.activate({ digits: isPersian ? "arabext" : "latn" });
    } else if (info.calendar === "gregorian" && isPersian) {
        // Intl writes Persian texts in the Persian calendar unless told otherwise.
        luxon.Settings.defaultOutputCalendar = "gregory";
    }
})(odoo.jalali);
