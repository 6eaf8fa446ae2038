// @odoo-module ignore
/**
 * Numbers for readers of Persian: shown in Persian digits, typed in any.
 *
 * This follows the language alone, whatever its calendar. What is converted is what a
 * person reads: the texts of the formatters, numbers inside translated sentences and
 * numbers that a template prints. Texts (codes, addresses), attributes, the values of
 * records and everything that is sent to the server stay as they are.
 */
(function (jalali) {
    "use strict";

    const { Duration, Settings } = luxon;
    const NUMBERS = "@web/core/utils/numbers";
    const FORMATTERS = "@web/views/fields/formatters";
    const PARSERS = "@web/views/fields/parsers";
    const DURATION_UNITS = ["years", "months", "days", "hours", "minutes"];
    const SECONDS_PER_MINUTE = 60;
    const THOUSANDS = /٬/g;
    const DECIMAL_POINT = /٫/g;
    const PERCENT = /٪/g;
    const MINUS = /[−‒–]/g;

    const installers = [];
    let undo = [];

    const isOn = () => jalali.persianDigits;

    /** Call `install` while digits are Persian; it returns what takes it back. */
    function onActivateDigits(install) {
        installers.push(install);
        if (isOn()) {
            undo.push(install());
        }
    }

    function activateDigits() {
        const before = Settings.defaultNumberingSystem;
        jalali.persianDigits = true;
        Settings.defaultNumberingSystem = "arabext";
        undo = [
            () => (Settings.defaultNumberingSystem = before),
            ...installers.map((install) => install()),
        ];
    }

    function deactivateDigits() {
        jalali.persianDigits = false;
        for (const restore of undo.reverse()) {
            restore();
        }
        undo = [];
    }

    /** Give the text of a number; what is no number comes back as it is. */
    const showNumber = (value) =>
        isOn() && typeof value === "number" ? jalali.toPersianDigits(value) : value;

    /** The same for a text that is made of a number and signs around it. */
    const showText = (value) =>
        isOn() && ["number", "string"].includes(typeof value)
            ? jalali.toPersianDigits(value)
            : value;

    const showing =
        (stock) =>
        (...args) => {
            const text = stock(...args);
            return typeof text === "string" ? jalali.toPersianDigits(text) : text;
        };

    /** Write a typed number the way Odoo's parsers know it. */
    function toParsable(text, decimalPoint) {
        return jalali
            .toLatinDigits(text)
            .replace(THOUSANDS, "")
            .replace(DECIMAL_POINT, decimalPoint)
            .replace(PERCENT, "%")
            .replace(MINUS, "-");
    }

    const reading = (localization) => (stock) => (value, options) =>
        stock(
            typeof value === "string"
                ? toParsable(value, localization.decimalPoint)
                : value,
            options
        );

    jalali.aroundModule(NUMBERS, {
        after(numbers) {
            const wrappers = {
                formatFloat: showing,
                humanNumber: showing,
                insertThousandsSep: showing,
            };
            jalali.wrapExports(NUMBERS, numbers, wrappers, isOn);
        },
    });

    /** Put wrapped functions in the registry, which took the stock ones already. */
    function registerAgain(modules, category, functions) {
        const { registry } = modules.get("@web/core/registry");
        for (const [key, value] of Object.entries(functions)) {
            registry.category(category).add(key, value, { force: true });
        }
    }

    jalali.aroundModule(FORMATTERS, {
        after(formatters, modules) {
            const wrappers = { formatBinary: showing, formatFloatTime: showing };
            jalali.wrapExports(FORMATTERS, formatters, wrappers, isOn);
            registerAgain(modules, "formatters", {
                binary: formatters.formatBinary,
                float_time: formatters.formatFloatTime,
            });
        },
    });

    jalali.aroundModule(PARSERS, {
        after(parsers, modules) {
            const { localization } = modules.get("@web/core/l10n/localization");
            const names = [
                "parseFloat",
                "parseFloatTime",
                "parseInteger",
                "parseMonetary",
                "parsePercentage",
            ];
            const build = reading(localization);
            const wrappers = Object.fromEntries(names.map((name) => [name, build]));
            jalali.wrapExports(PARSERS, parsers, wrappers, isOn);
            registerAgain(modules, "parsers", {
                float: parsers.parseFloat,
                float_time: parsers.parseFloatTime,
                integer: parsers.parseInteger,
                many2one_reference: parsers.parseInteger,
                monetary: parsers.parseMonetary,
                percentage: parsers.parsePercentage,
            });
        },
    });

    // "%s records", "Due in %s days"
    const sentence =
        (leading) =>
        (stock) =>
        (...args) =>
            stock(
                ...args.map((arg, index) => {
                    if (index < leading || arg === null || typeof arg !== "object") {
                        return index < leading ? arg : showNumber(arg);
                    }
                    return Object.getPrototypeOf(arg) === Object.prototype
                        ? Object.fromEntries(
                              Object.entries(arg).map(([key, value]) => [
                                  key,
                                  showNumber(value),
                              ])
                          )
                        : arg;
                })
            );

    jalali.aroundModule("@web/core/l10n/translation", {
        after(translation) {
            const name = "@web/core/l10n/translation";
            const wrappers = { _t: sentence(1), appTranslateFn: sentence(2) };
            jalali.wrapExports(name, translation, wrappers, isOn);
        },
    });

    /** Cut a duration into its two largest units, or its largest one. */
    const durationText = () => (seconds, showsTwo) => {
        const whole = Math.max(seconds - (seconds % SECONDS_PER_MINUTE), 60);
        const parts = Duration.fromObject({ seconds: whole })
            .shiftTo(...DURATION_UNITS)
            .toObject();
        // Odoo cuts luxon's list at its commas, which are others in Persian.
        const texts = DURATION_UNITS.filter((unit) => parts[unit]).map((unit) =>
            Duration.fromObject({ [unit]: Math.floor(parts[unit]) }).toHuman({
                unitDisplay: showsTwo ? "long" : "narrow",
            })
        );
        return jalali.toPersianDigits(texts.slice(0, showsTwo ? 2 : 1).join("، "));
    };

    jalali.aroundModule("@web/core/l10n/dates", {
        after(dates) {
            // A reader who prefers the Gregorian calendar types Persian digits, too.
            const readable = (stock) => (value, options) =>
                stock(
                    typeof value === "string" ? jalali.toLatinDigits(value) : value,
                    options
                );
            jalali.wrapExports(
                "@web/core/l10n/dates",
                dates,
                {
                    formatDuration: durationText,
                    parseDate: readable,
                    parseDateTime: readable,
                },
                isOn
            );
        },
    });

    Object.assign(jalali, {
        activateDigits,
        deactivateDigits,
        onActivateDigits,
        persianDigits: false,
        showNumber,
        showText,
    });
})(odoo.jalali);
