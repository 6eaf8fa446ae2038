import { reactive, useState } from "@odoo/owl";
import { rpc } from "@web/core/network/rpc";
import { user } from "@web/core/user";

const MODEL = "jalali.holiday";
const METHOD = "get_marks";

/** Names of the official holidays by ISO date, by Jalali year. */
const years = reactive({});
/** What the server was asked for, by Jalali year: promises. */
const requests = new Map();

function isoDate(year, month, day) {
    const { DateTime } = luxon;
    return DateTime.fromObject(odoo.jalali.toGregorian(year, month, day)).toISODate();
}

async function requestYear(year) {
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
        // A calendar without marks is still a calendar; the next one asks again.
        requests.delete(year);
    }
}

/** Load the holidays of a Jalali year unless they are there, or on their way. */
export function loadHolidays(year) {
    if (!user.isInternalUser) {
        return Promise.resolve();
    }
    if (!requests.has(year)) {
        requests.set(year, requestYear(year));
    }
    return requests.get(year);
}

/** Name the official holiday of a date, if it is one that was loaded. */
export const holidayOf = (date) => years[date.year]?.[date.toISODate()];

/** Forget what was loaded, for instance after holidays were imported. */
export function forgetHolidays() {
    requests.clear();
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
        if (!asked.has(year)) {
            asked.add(year);
            loadHolidays(year);
        }
        return known[year]?.[date.toISODate()];
    };
}
