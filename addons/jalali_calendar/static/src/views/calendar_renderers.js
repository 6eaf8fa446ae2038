import { CalendarCommonRenderer } from "@web/views/calendar/calendar_common/calendar_common_renderer";
import { CalendarYearRenderer } from "@web/views/calendar/calendar_year/calendar_year_renderer";
import { patchWhenJalali, patchWhenPersian } from "@jalali_calendar/core/patching";

// Intl puts the year before the month in Persian; luxon's formats keep the order.
const DAY_TITLE = "EEEE d MMMM yyyy";
const MONTH_TITLE = "MMMM yyyy";

patchWhenJalali("CalendarCommonRenderer", CalendarCommonRenderer.prototype, {
    get options() {
        return { ...super.options, dayPopoverFormat: DAY_TITLE };
    },
});

patchWhenPersian("CalendarCommonRenderer", CalendarCommonRenderer.prototype, {
    headerTemplateProps() {
        const props = super.headerTemplateProps(...arguments);
        return { ...props, day: odoo.jalali.toPersianDigits(props.day) };
    },
});

patchWhenJalali("CalendarYearRenderer", CalendarYearRenderer.prototype, {
    get options() {
        return { ...super.options, titleFormat: MONTH_TITLE };
    },
});
