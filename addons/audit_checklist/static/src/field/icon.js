import { Component, xml } from "@odoo/owl";

const PATHS = {
    back: "M9 5l7 7-7 7",
    call: "M6 3h3l2 5-2.500 1.500a11 11 0 0 0 6 6L16 13l5 2v3a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2z",
    camera: "M4 8h3l2-3h6l2 3h3a1 1 0 0 1 1 1v10H3V9a1 1 0 0 1 1-1zM8.500 13a3.500 3.500 0 1 0 7 0 3.500 3.500 0 1 0-7 0",
    check: "M4 12.500l5 5L20 6.500",
    cloud: "M7 18h10a4 4 0 0 0 .6-8A6 6 0 0 0 6 9.500 4.300 4.300 0 0 0 7 18z",
    "cloud-off":
        "M9 6.600a6 6 0 0 1 8.600 3.400 4 4 0 0 1 2.200 6.600M17 18H7A4.300 4.300 0 0 1 6 9.500M4 4l16 16",
    down: "M5 9l7 7 7-7",
    download: "M12 4v11M7 11l5 5 5-5M5 20h14",
    list: "M9 6h11M9 12h11M9 18h11M4 6h.01M4 12h.01M4 18h.01",
    lock: "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
    more: "M12 5h.01M12 12h.01M12 19h.01",
    pen: "M4 20l1-4L16 5l3 3L8 19z",
    pin: "M12 21s-7-6-7-11a7 7 0 0 1 14 0c0 5-7 11-7 11zM9.500 10a2.500 2.500 0 1 0 5 0 2.500 2.500 0 1 0-5 0",
    route: "M6 18.500a2 2 0 1 0 .01 0M18 5.500a2 2 0 1 0 .01 0M8 18.500h7a3.500 3.500 0 0 0 0-7H9a3.500 3.500 0 0 1 0-7h7",
    send: "M4 11l16-7-6 16-3-6z",
    star: "M12 3l2.700 5.800 6.300.8-4.600 4.300 1.200 6.200L12 17l-5.600 3.100 1.200-6.200L3 9.600l6.300-.8z",
    time: "M4 12a8 8 0 1 0 16 0 8 8 0 1 0-16 0M12 8v4l3 2",
    upload: "M12 16V9M9 11.500L12 8.500l3 3M7 18a4.300 4.300 0 0 1-1-8.500A6 6 0 0 1 17.600 10a4 4 0 0 1-.6 8",
    warning: "M12 4l9 16H3zM12 10v4M12 17h.01",
};

/** A sign beside words that say the same. */
export class Icon extends Component {
    static template = xml`
        <svg viewBox="0 0 24 24" class="o_audit_sign" aria-hidden="true">
            <path t-att-d="path"/>
        </svg>`;
    static props = { name: String };

    get path() {
        return PATHS[this.props.name];
    }
}
