import { CalendarController } from "@web/views/calendar/calendar_controller";
import { patchWhenJalali } from "@jalali_calendar/core/patching";

const { toReaderDigits } = odoo.jalali;

// These titles print `date.year` as it is, in Latin digits.
patchWhenJalali("CalendarController", CalendarController.prototype, {
    get currentDate() {
        return toReaderDigits(super.currentDate);
    },
    get currentMonth() {
        return toReaderDigits(super.currentMonth);
    },
    get currentWeek() {
        return toReaderDigits(super.currentWeek);
    },
    get dayHeader() {
        return toReaderDigits(super.dayHeader);
    },
    get weekHeader() {
        return toReaderDigits(super.weekHeader);
    },
});
