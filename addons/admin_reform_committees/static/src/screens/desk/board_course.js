import { Component } from "@odoo/owl";
import { localDigits, percentText } from "@admin_reform_committees/resolution/texts";
import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";

const WIDTH = 240;
const HEIGHT = 84;
const MARGIN = 24;
const FULL = 100;

/** The course of a programme, planned and realised: time runs as one reads. */
export class BoardCourse extends Component {
    static template = "admin_reform_committees.BoardCourse";
    static props = { card: Object };

    setup() {
        Object.assign(this, { WIDTH, HEIGHT });
    }

    get months() {
        return [3, 6, 9, 12].map((count) => _t("%s months", localDigits(count)));
    }

    x(index) {
        const step = (WIDTH - 2 * MARGIN) / 3;
        const along = MARGIN + index * step;
        return this.isRtl ? WIDTH - along : along;
    }

    get isRtl() {
        return localization.direction === "rtl";
    }

    y(percent) {
        return HEIGHT - 4 - ((HEIGHT - 12) * Math.min(percent, FULL)) / FULL;
    }

    line(name) {
        return this.props.card.points
            .map((point, index) => [this.x(index), point[name]])
            .filter(([, percent]) => percent !== null)
            .map(([x, percent]) => `${x},${this.y(percent)}`)
            .join(" ");
    }

    get dots() {
        return this.props.card.points
            .map((point, index) => ({ x: this.x(index), value: point.realised }))
            .filter((dot) => dot.value !== null)
            .map((dot) => ({ x: dot.x, y: this.y(dot.value) }));
    }

    get text() {
        return this.props.card.points
            .map((point, index) =>
                _t("%(months)s: planned %(planned)s, done %(done)s", {
                    months: this.months[index],
                    planned: percentText(point.planned),
                    done: point.realised === null ? "–" : percentText(point.realised),
                })
            )
            .join("\n");
    }
}
