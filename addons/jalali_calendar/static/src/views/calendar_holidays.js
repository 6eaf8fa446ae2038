import { CalendarCommonRenderer } from "@web/views/calendar/calendar_common/calendar_common_renderer";
import { CalendarModel } from "@web/views/calendar/calendar_model";
import { CalendarYearRenderer } from "@web/views/calendar/calendar_year/calendar_year_renderer";
import { patchWhenJalali } from "@jalali_calendar/core/patching";
import { holidayOf, loadHolidays } from "@jalali_calendar/core/picker/holidays";

const FRIDAY = 5;

/** Give the classes that mark a day off: calendar_holidays.scss draws them. */
function marksOf({ date }) {
    const day = luxon.DateTime.fromJSDate(date);
    if (holidayOf(day)) {
        return ["o_jalali_day_off", "o_jalali_holiday"];
    }
    return day.weekday === FRIDAY ? ["o_jalali_day_off"] : [];
}

/** Build the extension of a renderer; `super` is bound to one object each. */
const markDays = () => ({
    getDayCellClassNames(info) {
        return [...super.getDayCellClassNames(info), ...marksOf(info)];
    },
});

patchWhenJalali("CalendarModel", CalendarModel.prototype, {
    /** Know the holidays before the days are drawn. */
    async loadRecords(data) {
        const { start, end } = data.range;
        const [records] = await Promise.all([
            super.loadRecords(data),
            loadHolidays(start.year),
            loadHolidays(end.year),
        ]);
        return records;
    },
});

patchWhenJalali("CalendarCommonRenderer", CalendarCommonRenderer.prototype, markDays());
patchWhenJalali("CalendarYearRenderer", CalendarYearRenderer.prototype, markDays());

patchWhenJalali("CalendarCommonRenderer", CalendarCommonRenderer.prototype, {
    get options() {
        // The head of a month has the days of every week.
        const hasDates = this.props.model.scale !== "month";
        return {
            ...super.options,
            dayHeaderClassNames: (info) => (hasDates ? marksOf(info) : []),
        };
    },
});
