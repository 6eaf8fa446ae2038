import { useEffect, useExternalListener, useRef } from "@odoo/owl";
import { localization } from "@web/core/l10n/localization";

/** What one step, one row and one page are at each zoom; the grid has four columns. */
const STEPS = {
    days: { step: { days: 1 }, row: { days: 7 }, page: { months: 1 } },
    months: { step: { months: 1 }, row: { months: 4 }, page: { years: 1 } },
    years: { step: { years: 1 }, row: { years: 4 }, page: { years: 10 } },
    decades: { step: { years: 10 }, row: { years: 40 }, page: { years: 100 } },
};
const FIRST_WEEKDAY_OFFSET = 7;

/** The picker marks the input it belongs to with this class while it is open. */
const ACTIVE_INPUT = "input.text-primary";

function startOfWeek(date) {
    const passed = date.weekday + FIRST_WEEKDAY_OFFSET - localization.weekStart;
    return date.minus({ days: passed % FIRST_WEEKDAY_OFFSET });
}

/** Map keys to the date they lead to. */
function targetOf(key, date, precision) {
    const { step, row, page } = STEPS[precision];
    const isRtl = localization.direction === "rtl";
    const moves = {
        ArrowDown: () => date.plus(row),
        ArrowUp: () => date.minus(row),
        ArrowRight: () => (isRtl ? date.minus(step) : date.plus(step)),
        ArrowLeft: () => (isRtl ? date.plus(step) : date.minus(step)),
        PageDown: () => date.plus(page),
        PageUp: () => date.minus(page),
        Home: () => startOfWeek(date),
        End: () => startOfWeek(date).plus({ days: 6 }),
    };
    return moves[key]?.();
}

/**
 * Let the arrows walk over the grid of a date picker. The down arrow leads from the
 * input into the grid.
 *
 * @param {import("@web/core/datetime/datetime_picker").DateTimePicker} picker
 */
export function useGridKeyboard(picker) {
    const root = useRef("jalaliPicker");
    let wantsFocus = false;
    let cameFrom = null;

    const focusCell = () => root.el?.querySelector("[data-jalali-focus='1']")?.focus();

    function moveTo(date) {
        wantsFocus = true;
        const target = picker.clamp(date);
        picker.state.keyDate = target;
        picker.state.focusDate = picker.clamp(target.startOf("month"));
    }

    function select() {
        wantsFocus = true;
        picker.zoomOrSelect(picker.gridItems.find((item) => item.isFocusable));
    }

    picker.onGridKeydown = (ev) => {
        const target = targetOf(ev.key, picker.keyDate, picker.state.precision);
        if (target) {
            moveTo(target);
        } else if (ev.key === "Enter" || ev.key === " ") {
            select();
        } else if (ev.key === "Escape") {
            cameFrom?.focus();
            return;
        } else {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
    };

    useExternalListener(
        window,
        "keydown",
        (ev) => {
            const isInput = ev.target.matches?.(ACTIVE_INPUT) && root.el;
            if (isInput && ev.key === "ArrowDown" && root.el.closest(".o_popover")) {
                cameFrom = ev.target;
                ev.preventDefault();
                ev.stopPropagation();
                focusCell();
            }
        },
        { capture: true }
    );
    useEffect(() => {
        if (wantsFocus) {
            wantsFocus = false;
            focusCell();
        }
    });
}
