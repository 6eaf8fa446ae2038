// @odoo-module ignore
/** "Show weekends" hides Friday, the day off in Iran: Saturday and Sunday are not. */
(function (jalali) {
    "use strict";

    const FRIDAY = 5;

    const initHiddenDays = (stock) =>
        function () {
            const { weekends, hiddenDays } = this.props;
            if (weekends === false) {
                const hidden = [...(hiddenDays || []), FRIDAY];
                this.props = { ...this.props, weekends: true, hiddenDays: hidden };
            }
            return stock.call(this);
        };

    jalali?.onActivate(() => {
        const { FullCalendar } = globalThis;
        const generator = FullCalendar.Internal?.DateProfileGenerator?.prototype;
        const label = "FullCalendar.DateProfileGenerator";
        return jalali.checkPoints(label, generator, ["initHiddenDays"])
            ? jalali.override(generator, { initHiddenDays })
            : () => {};
    });
})(odoo.jalali);
