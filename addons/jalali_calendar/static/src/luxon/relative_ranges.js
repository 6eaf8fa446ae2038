// @odoo-module ignore
/**
 * "Month to date", "last month" and the like of the filter editor are periods of the
 * Jalali calendar.
 *
 * The server knows `today =1jd` as the first day of the Jalali month. The editor keeps
 * its own words; they are exchanged on the way to the domain and back.
 */
(function (jalali) {
    "use strict";

    const MODULE = "@web/core/tree_editor/virtual_operators";
    const JALALI_BOUNDS = {
        "today =1d": "today =1jd",
        "today =1d -1m": "today =1jd -1jm",
        "today =1m =1d": "today =1jm =1jd",
        "today =1d -12m": "today =1jd -12jm",
    };
    const STOCK_BOUNDS = Object.fromEntries(
        Object.entries(JALALI_BOUNDS).map(([stock, own]) => [own, stock])
    );

    /** Give a copy of a tree of conditions with some of its values exchanged. */
    function exchange(tree, bounds) {
        if (tree.type === "connector") {
            const children = tree.children.map((child) => exchange(child, bounds));
            return { ...tree, children };
        }
        if (tree.type !== "condition") {
            return tree;
        }
        const { value } = tree;
        if (value?.type) {
            return { ...tree, value: exchange(value, bounds) };
        }
        return { ...tree, value: Object.hasOwn(bounds, value) ? bounds[value] : value };
    }

    // The editor of Python expressions writes relativedelta, which is Gregorian.
    const isSmart = ({ generateSmartDates = true } = {}) => generateSmartDates;

    jalali.aroundModule(MODULE, {
        after(operators) {
            jalali.wrapExports(MODULE, operators, {
                introduceVirtualOperators: (stock) => (tree, options) =>
                    stock(
                        isSmart(options) ? exchange(tree, STOCK_BOUNDS) : tree,
                        options
                    ),
                eliminateVirtualOperators: (stock) => (tree, options) => {
                    const plain = stock(tree, options);
                    return isSmart(options) ? exchange(plain, JALALI_BOUNDS) : plain;
                },
            });
        },
    });
})(odoo.jalali);
