// @odoo-module ignore
/**
 * Switching the calendar on and off.
 *
 * Until `activate` is called nothing of Odoo or luxon has been touched, so a reader
 * of the Gregorian calendar runs the stock functions. A place to patch that this
 * release of Odoo does not have is named once in the console and stays Gregorian.
 */
(function (jalali) {
    "use strict";

    const { Settings } = luxon;
    const installers = [];
    const warned = new Set();
    let undo = [];

    /** Name the places that are missing, once each, and say whether all are there. */
    function checkPoints(label, owner, keys) {
        const missing = keys.filter((key) => !owner || !(key in owner));
        for (const point of missing.map((key) => `${label}.${key}`)) {
            if (!warned.has(point)) {
                warned.add(point);
                console.warn(
                    `Jalali calendar: ${point} is not there, this part stays Gregorian`
                );
            }
        }
        return !missing.length;
    }

    /** Put each `build(stock)` in the place of a method or getter; give the way back. */
    function override(owner, replacements) {
        const stocks = Object.keys(replacements).map((key) => [
            key,
            Object.getOwnPropertyDescriptor(owner, key),
        ]);
        for (const [key, stock] of stocks) {
            const slot = stock.get ? "get" : "value";
            Object.defineProperty(owner, key, {
                ...stock,
                [slot]: replacements[key](stock[slot]),
            });
        }
        return () =>
            stocks.forEach(([key, stock]) => Object.defineProperty(owner, key, stock));
    }

    /** Call `install` while the calendar is Jalali; it returns what takes it back. */
    function onActivate(install) {
        installers.push(install);
        if (jalali.active) {
            undo.push(install());
        }
    }

    function changeSettings(values) {
        const before = Object.fromEntries(
            Object.keys(values).map((key) => [key, Settings[key]])
        );
        Object.assign(Settings, values);
        return () => Object.assign(Settings, before);
    }

    /** Make luxon and Odoo Jalali. */
    function activate() {
        const complete = jalali.luxonParts.every(({ label, owner, replacements }) =>
            checkPoints(label, owner, Object.keys(replacements))
        );
        if (jalali.active || !complete) {
            return;
        }
        jalali.active = true;
        undo = [
            changeSettings({
                defaultOutputCalendar: "persian",
                defaultNumberingSystem: jalali.persianDigits ? "arabext" : "latn",
            }),
            ...jalali.luxonParts.map((part) => override(part.owner, part.replacements)),
            ...installers.map((install) => install()),
        ];
    }

    /** Give everything back as it was. */
    function deactivate() {
        jalali.active = false;
        for (const restore of undo.reverse()) {
            restore();
        }
        undo = [];
    }

    Object.assign(jalali, {
        active: false,
        activate,
        checkPoints,
        deactivate,
        // Bundles without the translations of this addon keep this bare sentence.
        explain: (_refused, text) => `${text} is not a date`,
        onActivate,
        override,
    });
})(odoo.jalali);
