// @odoo-module ignore
/**
 * Decides, before any module of Odoo starts, which calendar and digits the reader has.
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

    if (!odoo.loader || !info.calendar) {
        return;
    }
    if (isPersian || info.calendar === "jalali") {
        jalali.watchModules();
    }
    if (isPersian) {
        jalali.activateDigits();
    }
    if (info.calendar === "jalali") {
        jalali.activate();
    } else if (isPersian) {
        // Intl writes Persian texts in the Persian calendar unless told otherwise.
        luxon.Settings.defaultOutputCalendar = "gregory";
    }
})(odoo.jalali);
