import { setup } from "./setup";

const MINUTE = 60_000;
const UNITS = [
    ["day", 1440],
    ["hour", 60],
    ["minute", 1],
];

function format(moment, options) {
    const calendar = setup.calendar === "jalali" ? "-u-ca-persian" : "";
    return new Intl.DateTimeFormat(setup.lang.replace("_", "-") + calendar, {
        timeZone: setup.tz,
        ...options,
    }).format(new Date(moment));
}

/** Write the time of day of a moment, by the official clock. */
export function clock(moment) {
    return format(moment, { hour: "numeric", minute: "2-digit", hourCycle: "h23" });
}

/** Write a day as people say it: Sunday 1 Azar. */
export function dayName(moment) {
    return format(moment, { weekday: "long", day: "numeric", month: "long" });
}

/** Return the day of a moment as yyyy-mm-dd, by the official clock. */
export function dayKey(moment) {
    return new Intl.DateTimeFormat("en-CA", { timeZone: setup.tz }).format(
        new Date(moment)
    );
}

/** Say how long ago a moment was, in its largest unit: 40 minutes. */
export function age(moment) {
    const minutes = Math.max(0, Math.round((Date.now() - new Date(moment)) / MINUTE));
    const [unit, size] =
        UNITS.find(([, length]) => minutes >= length) || UNITS[UNITS.length - 1];
    return new Intl.NumberFormat(setup.lang.replace("_", "-"), {
        style: "unit",
        unit,
        unitDisplay: "long",
    }).format(Math.floor(minutes / size));
}
