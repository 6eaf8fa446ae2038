// @odoo-module ignore
/**
 * Functions that Odoo's modules export are taken by name when another module is
 * loaded: they must be replaced in between. This file calls a rule the moment before
 * or after a module starts, in whatever bundle it comes.
 */
(function (jalali) {
    "use strict";

    const rules = new Map();

    /** Register what to do around the start of a module, given its exports. */
    function aroundModule(name, rule) {
        rules.set(name, [...(rules.get(name) || []), rule]);
    }

    /** Let a wrapped export work only while `isOn()`: while the calendar is Jalali. */
    function wrapExports(name, exported, wrappers, isOn = () => jalali.active) {
        if (!jalali.checkPoints(name, exported, Object.keys(wrappers))) {
            return;
        }
        for (const [key, build] of Object.entries(wrappers)) {
            const stock = exported[key];
            const wrapped = build(stock);
            const chosen = (...args) => (isOn() ? wrapped : stock)(...args);
            // Formatters carry options of their own.
            exported[key] = Object.assign(chosen, stock);
        }
    }

    /** Watch every module loader; `accepts(loader)` says which ones the rules are for. */
    function watchModules(accepts = () => true) {
        jalali.override(odoo.loader.constructor.prototype, {
            startModule: (stock) =>
                function (name) {
                    const around = rules.get(name);
                    if (!around || !accepts(this)) {
                        return stock.call(this, name);
                    }
                    const releases = around.map((rule) => rule.before?.(this.modules));
                    try {
                        const exported = stock.call(this, name);
                        around.forEach((rule) => rule.after?.(exported, this.modules));
                        return exported;
                    } finally {
                        releases.forEach((release) => release?.());
                    }
                },
        });
    }

    Object.assign(jalali, { aroundModule, watchModules, wrapExports });
})(odoo.jalali);
