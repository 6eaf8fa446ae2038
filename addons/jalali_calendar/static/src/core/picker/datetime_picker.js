import { DateTimePicker } from "@web/core/datetime/datetime_picker";
import { isInRange, today } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { patchWhenJalali } from "../patching";
import { useGridKeyboard } from "./grid_keyboard";
import { useHolidays } from "./holidays";

const FRIDAY = 5;
const FULL_DATE = "EEEE d MMMM yyyy";
const FULL_LABELS = { days: FULL_DATE, months: "MMMM yyyy", years: "yyyy" };

patchWhenJalali("DateTimePicker", DateTimePicker, {
    template: "jalali_calendar.DateTimePicker",
});

// The week numbers are those of ISO, which begin on Monday.
patchWhenJalali("DateTimePicker.defaultProps", DateTimePicker.defaultProps, {
    showWeekNumbers: false,
});

patchWhenJalali(
    "DateTimePicker",
    DateTimePicker.prototype,
    {
        setup() {
            super.setup();
            this.state.keyDate = null;
            this.holidayOf = useHolidays();
            useGridKeyboard(this);
        },

        onWillRender() {
            super.onWillRender();
            for (const item of this.gridItems) {
                this.completeItem(item);
            }
            if (this.state.precision === "days") {
                this.gridItems.forEach((day) => this.markDay(day));
            }
            const items = this.gridItems.filter((item) => !item.isOutOfRange);
            const focusable = items.find((item) => item.includesKeyDate) || items[0];
            focusable.isFocusable = true;
            // A popover would take the focus away from the input to the first tab stop.
            focusable.tabindex = this.props.slots ? -1 : 0;
        },

        get gridItems() {
            return this.items.flatMap(
                (item) => item.weeks?.flatMap(({ days }) => days) || item
            );
        },

        /** The date the keyboard stands on: where it moved to, the value, or today. */
        get keyDate() {
            const { focusDate, keyDate } = this.state;
            const unit = { days: "month", months: "year" }[this.state.precision];
            const shown = [keyDate, ...this.values, today()].find(
                (date) => date && (!unit || date.hasSame(focusDate, unit))
            );
            return shown || focusDate;
        },

        get todayItem() {
            const range = [today(), today().endOf("day")];
            const isValid =
                isInRange(range, [this.minDate, this.maxDate]) &&
                (this.props.isDateValid?.(range[0]) ?? true);
            return { range, isValid };
        },

        get showToday() {
            return this.props.minPrecision === "days" && this.props.onSelect;
        },

        selectToday() {
            const { range } = this.todayItem;
            this.state.precision = "days";
            this.state.focusDate = this.clamp(range[0].startOf("month"));
            this.zoomOrSelect(this.todayItem);
        },

        zoomOrSelect(item) {
            this.state.keyDate = item.range[0];
            super.zoomOrSelect(item);
        },

        completeItem(item) {
            const { precision } = this.state;
            item.fullLabel = item.range[0].toFormat(FULL_LABELS[precision] || "yyyy");
            item.tabindex = -1;
            item.includesKeyDate = isInRange(this.keyDate.startOf("day"), item.range);
        },

        markDay(day) {
            const [date] = day.range;
            const holiday = this.holidayOf(date);
            if (!holiday && date.weekday !== FRIDAY) {
                return;
            }
            day.extraClass += holiday
                ? " o_jalali_holiday text-decoration-underline"
                : " o_jalali_friday";
            day.extraClass += day.isOutOfRange ? "" : " text-danger";
            day.mark = holiday || _t("Friday");
            if (holiday) {
                day.fullLabel = _t("%(date)s, holiday: %(name)s", {
                    date: day.fullLabel,
                    name: holiday,
                });
            }
        },
    },
    [
        "gridItems",
        "keyDate",
        "todayItem",
        "showToday",
        "selectToday",
        "completeItem",
        "markDay",
    ]
);
