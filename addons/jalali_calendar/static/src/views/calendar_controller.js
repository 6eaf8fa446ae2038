import { CalendarController } from "@web/views/calendar/calendar_controller";
import { patchWhenPersian } from "@jalali_calendar/core/patching";

const { toPersianDigits } = odoo.jalali;

// These titles print `date.year` as it is, in Latin digits.
patchWhenPersian("CalendarController", CalendarController.prototype, {
    get currentDate() {
        return toPersianDigits(super.currentDate);
    },
    get currentMonth() {
        return toPersianDigits(super.currentMonth);
    },
    get currentWeek() {
        return toPersianDigits(super.currentWeek);
    },
    get dayHeader() {
        return toPersianDigits(super.dayHeader);
    },
    get weekHeader() {
        return toPersianDigits(super.weekHeader);
    },
});
