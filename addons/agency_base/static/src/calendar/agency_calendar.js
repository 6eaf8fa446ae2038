import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { CalendarCommonRenderer } from "@web/views/calendar/calendar_common/calendar_common_renderer";
import { CalendarModel } from "@web/views/calendar/calendar_model";
import { CalendarRenderer } from "@web/views/calendar/calendar_renderer";
import { calendarView } from "@web/views/calendar/calendar_view";

// As many as can be read beside each other in a column of a day.
const STACKED = { week: 2, day: 12 };
const STACKED_ON_PHONE = { week: 1, day: 3 };

/** A calendar that opens on the day where seven columns would be stripes. */
export class AgencyCalendarModel extends CalendarModel {
    getLocalStorageScale() {
        const isChosen = browser.localStorage.getItem(this.storageKey);
        const isNarrow = this.env.isSmall && this.meta.scale === "week";
        return isNarrow && !isChosen ? "day" : super.getLocalStorageScale();
    }

    /** A move that is refused springs back to where the server has it. */
    async updateRecord() {
        try {
            await super.updateRecord(...arguments);
        } catch (error) {
            await this.load();
            throw error;
        }
    }
}

/** Keeps what begins at the same hour readable: the rest opens from a link. */
export class StackedCalendarRenderer extends CalendarCommonRenderer {
    get options() {
        const stacked = this.env.isSmall ? STACKED_ON_PHONE : STACKED;
        const eventMaxStack = stacked[this.props.model.scale];
        return eventMaxStack ? { ...super.options, eventMaxStack } : super.options;
    }
}

export class AgencyCalendarRenderer extends CalendarRenderer {
    static components = {
        ...CalendarRenderer.components,
        day: StackedCalendarRenderer,
        week: StackedCalendarRenderer,
        month: StackedCalendarRenderer,
    };
}

registry.category("views").add("agency_calendar", {
    ...calendarView,
    Model: AgencyCalendarModel,
    Renderer: AgencyCalendarRenderer,
});
