// @odoo-module ignore
/**
 * Lets templates print numbers in the reader's digits.
 *
 * Pagers, counters and the like print plain numbers with `t-esc` and `t-out`. The
 * templates are handed to Owl with these expressions wrapped; only values of the type
 * number are converted, so names, codes and markup pass through untouched.
 */
(function (jalali) {
    "use strict";

    const MODULE = "@web/core/templates";
    const PRINTING = ["t-esc", "t-out"];
    /** What is inside these is read by machines or copied as it stands. */
    const MACHINE_TAGS = new Set(["code", "pre", "script", "style"]);
    /** Numbers that a template of Odoo makes a text of before it prints them. */
    const COMPOSED = new Set([
        "'(' + group.count + ')'",
        "'+' + otherTags.length",
        "formattedValue + '%'",
    ]);
    /** The body of a call, which is not an expression. */
    const CALL_BODY = "0";

    const rewritten = new WeakMap();

    function isForMachines(element) {
        for (let node = element; node; node = node.parentElement) {
            if (MACHINE_TAGS.has(node.tagName)) {
                return true;
            }
        }
        return false;
    }

    function wrapExpressions(template) {
        // The original is the parent of other templates: they look for its expressions.
        const copy = template.cloneNode(true);
        new Document().append(copy);
        for (const attribute of PRINTING) {
            const printing = [...copy.querySelectorAll(`[${attribute}]`)];
            for (const element of [copy, ...printing]) {
                const expression = element.getAttribute(attribute)?.trim();
                if (expression && expression !== CALL_BODY && !isForMachines(element)) {
                    const show = COMPOSED.has(expression) ? "showText" : "showNumber";
                    element.setAttribute(
                        attribute,
                        `window.odoo.jalali.${show}(${expression})`
                    );
                }
            }
        }
        return copy;
    }

    const getTemplate = (stock) => (name) => {
        const template = stock(name);
        if (!template?.querySelectorAll) {
            return template;
        }
        if (!rewritten.has(template)) {
            rewritten.set(template, wrapExpressions(template));
        }
        return rewritten.get(template);
    };

    jalali.aroundModule(MODULE, {
        after(templates) {
            const isOn = () => jalali.persianDigits;
            jalali.wrapExports(MODULE, templates, { getTemplate }, isOn);
        },
    });
})(odoo.jalali);
