import { CalendarCommonPopover } from "@web/views/calendar/calendar_common/calendar_common_popover";
import { CalendarCommonRenderer } from "@web/views/calendar/calendar_common/calendar_common_renderer";
import { CalendarYearRenderer } from "@web/views/calendar/calendar_year/calendar_year_renderer";
import { patchWhenJalali, patchWhenPersian } from "@jalali_calendar/core/patching";

// Intl puts the year before the month in Persian; luxon's formats keep the order.
const DAY_TITLE = "EEEE d MMMM yyyy";
const MONTH_TITLE = "MMMM yyyy";

/** Give the letter of a weekday by its name: "ش" for "شنبه". */
const letterOf = (name) =>
    luxon.Info.weekdays("narrow")[luxon.Info.weekdays("long").indexOf(name)];

patchWhenJalali("CalendarCommonRenderer", CalendarCommonRenderer.prototype, {
    get options() {
        return { ...super.options, dayPopoverFormat: DAY_TITLE };
    },
});

patchWhenPersian("CalendarCommonRenderer", CalendarCommonRenderer.prototype, {
    get options() {
        // FullCalendar's own Persian says "more than 3" where 3 more are meant.
        const moreLinkContent = ({ num }) => `+${odoo.jalali.toPersianDigits(num)}`;
        return { ...super.options, moreLinkContent };
    },

    headerTemplateProps(date) {
        const props = super.headerTemplateProps(date);
        const day = odoo.jalali.toPersianDigits(props.day);
        // Persian has no short names of days: on a phone their letters have to do.
        const letter = this.env.isSmall && letterOf(props.weekdayLong);
        return { ...props, day, weekdayShort: letter || props.weekdayShort };
    },
});

patchWhenPersian("CalendarCommonPopover", CalendarCommonPopover.prototype, {
    computeDateTimeAndDuration() {
        super.computeDateTimeAndDuration();
        this.timeDuration = this.timeDuration?.replace(", ", "، ");
    },
});

patchWhenJalali("CalendarYearRenderer", CalendarYearRenderer.prototype, {
    get options() {
        return { ...super.options, titleFormat: MONTH_TITLE };
    },
});
