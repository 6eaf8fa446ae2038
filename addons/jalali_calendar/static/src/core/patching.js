import { patch } from "@web/core/utils/patch";

const patching = (onActivate, label, target, extension, added) =>
    onActivate(() => {
        const keys = Object.keys(extension).filter((key) => !added.includes(key));
        return odoo.jalali.checkPoints(label, target, keys)
            ? patch(target, extension)
            : () => {};
    });

/**
 * Patch a class or object of Odoo while the calendar is Jalali.
 *
 * A patch of something this release of Odoo does not have is left out as a whole and
 * named in the console.
 *
 * @param {string} label how the console names the target
 * @param {object} target
 * @param {object} extension
 * @param {string[]} [added] members of the extension that are new
 */
export function patchWhenJalali(label, target, extension, added = []) {
    patching(odoo.jalali.onActivate, label, target, extension, added);
}

/**
 * The same while digits are Persian: for every reader of Persian, in either calendar.
 */
export function patchWhenPersian(label, target, extension) {
    patching(odoo.jalali.onActivateDigits, label, target, extension, []);
}
