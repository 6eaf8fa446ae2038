import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { CalendarModel } from "@web/views/calendar/calendar_model";
import { calendarView } from "@web/views/calendar/calendar_view";

/** A calendar that opens on the day where seven columns would be stripes. */
export class PhoneCalendarModel extends CalendarModel {
    getLocalStorageScale() {
        const isChosen = browser.localStorage.getItem(this.storageKey);
        const isNarrow = this.env.isSmall && this.meta.scale === "week";
        return isNarrow && !isChosen ? "day" : super.getLocalStorageScale();
    }
}

registry.category("views").add("agency_phone_calendar", {
    ...calendarView,
    Model: PhoneCalendarModel,
});
