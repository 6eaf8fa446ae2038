import { reactive, useState } from "@odoo/owl";
import { rpc } from "@web/core/network/rpc";
import { user } from "@web/core/user";

const MODEL = "jalali.holiday";
const METHOD = "get_marks";

/** Names of the official holidays by ISO date, by Jalali year. */
const years = reactive({});
const requested = new Set();

function isoDate(year, month, day) {
    const { DateTime } = luxon;
    return DateTime.fromObject(odoo.jalali.toGregorian(year, month, day)).toISODate();
}

async function loadYear(year) {
    const args = [
        isoDate(year, 1, 1),
        isoDate(year, 12, odoo.jalali.daysInMonth(year, 12)),
    ];
    try {
        const marks = await rpc(
            `/web/dataset/call_kw/${MODEL}/${METHOD}`,
            { model: MODEL, method: METHOD, args, kwargs: {} },
            { silent: true }
        );
        years[year] = Object.fromEntries(marks.map(({ date, name }) => [date, name]));
    } catch {
        // A calendar without marks is still a calendar; the next picker asks again.
        requested.delete(year);
    }
}

/** Forget what was loaded, for instance after holidays were imported. */
export function forgetHolidays() {
    requested.clear();
    for (const year of Object.keys(years)) {
        delete years[year];
    }
}

/**
 * Give a function that names the official holiday of a date, if it is one. The first
 * date of a year asks the server; the component is drawn again when it answers.
 */
export function useHolidays() {
    const known = useState(years);
    const asked = new Set();
    return (date) => {
        const { year } = date;
        if (user.isInternalUser && !asked.has(year)) {
            asked.add(year);
            if (!requested.has(year)) {
                requested.add(year);
                loadYear(year);
            }
        }
        return known[year]?.[date.toISODate()];
    };
}
