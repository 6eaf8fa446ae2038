import {
    Component,
    onMounted,
    onWillStart,
    onWillUnmount,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { ClientCard } from "./client_card";
import { CounterFlow } from "./counter_flow";
import { useCounterFocus } from "./counter_focus";
import { commandOf, obey } from "./counter_keys";
import { HandoverPanel } from "./handover_panel";
import { InformationPanel } from "./information_panel";
import { RegisteredPanel } from "./registered_panel";
import { ServiceBox } from "./service_box";
import { ServiceCard } from "./service_card";
import { SIDE_COLUMNS } from "./side_columns";
import { hourText, localDigits } from "./texts";
import { VisitFoot } from "./visit_foot";

const CLOCK_TICK = 15000;
const RETURNS_EVERY = 120000;
const PAPER = ".r-roll, .r-page";
const KEYS_OFF = "service_desk.keys_off";

/** The counter: one screen, keyboard first, from the national code to the receipt. */
export class CounterScreen extends Component {
    static template = "service_desk.CounterScreen";
    static components = {
        ClientCard,
        HandoverPanel,
        InformationPanel,
        RegisteredPanel,
        ServiceBox,
        ServiceCard,
        VisitFoot,
    };
    static props = { ...standardActionServiceProps };

    setup() {
        this.action = useService("action");
        this.root = useRef("root");
        this.localDigits = localDigits;
        this.sideColumns = SIDE_COLUMNS.getAll();
        this.cursor = useCounterFocus(this.root);
        this.flow = useState(
            new CounterFlow(useService("orm"), {
                focus: (place) => this.cursor.to(place),
                print: (report, id) => this.print(report, id),
            })
        );
        this.state = useState({
            now: new Date(),
            showKeys: !browser.localStorage.getItem(KEYS_OFF),
            showSide: false,
        });
        const { link } = this.flow;
        useExternalListener(browser, "online", () => link.restore());
        useExternalListener(browser, "offline", () => link.lose());
        // A closed tab loses nothing, not even what was typed a moment ago.
        useExternalListener(browser, "pagehide", () => this.flow.saveDraft());
        onWillStart(() => this.flow.open());
        onMounted(() => {
            this.clock = browser.setInterval(
                () => (this.state.now = new Date()),
                CLOCK_TICK
            );
            this.poll = browser.setInterval(
                () => this.flow.refreshReturns(),
                RETURNS_EVERY
            );
        });
        onWillUnmount(() => {
            browser.clearInterval(this.clock);
            browser.clearInterval(this.poll);
            this.flow.close();
        });
    }

    get isPersian() {
        return user.lang.startsWith("fa");
    }

    get title() {
        return _t("Counter no. %s", this.flow.screen.counter.number);
    }

    get time() {
        return hourText(this.state.now);
    }

    toggleKeys() {
        this.state.showKeys = !this.state.showKeys;
        if (this.state.showKeys) {
            browser.localStorage.removeItem(KEYS_OFF);
        } else {
            browser.localStorage.setItem(KEYS_OFF, "1");
        }
    }

    onKeydown(ev) {
        const isAllowed = this.state.showKeys || ev.ctrlKey || ev.key === "Escape";
        const command = this.flow.visit && isAllowed ? commandOf(ev) : null;
        if (command && obey(this.flow, command)) {
            ev.preventDefault();
            ev.stopPropagation();
        }
    }

    /** A click beside every control keeps the keys alive; digits go to the code. */
    onRootFocus() {
        if (this.flow.stage === "ready") {
            this.flow.focus("identifier");
        }
    }

    openRequest(id) {
        this.flow.saveDraft();
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "service.desk.request",
            res_id: id,
            views: [[false, "form"]],
        });
    }

    /** Prints in a frame of its own: no dialog of Odoo, no page left behind. */
    print(report, id) {
        this.flow.isPaperMissing = false;
        this.frame?.remove();
        const frame = window.document.createElement("iframe");
        frame.className = "o_desk_print";
        frame.src = `/report/html/${report}/${id}`;
        frame.addEventListener("load", () => {
            // A lost line or a refusal loads too: as a page that is not ours.
            if (!frame.contentDocument?.querySelector(PAPER)) {
                this.flow.isPaperMissing = true;
                return;
            }
            // Inside `load` the browser would put printing off and not wait for it.
            browser.setTimeout(() => {
                if (frame.isConnected) {
                    this.printAndListen(frame.contentWindow);
                }
            });
        });
        this.frame = frame;
        this.root.el.append(frame);
    }

    /** A key pressed while the browser prints is written, but nobody is told of it. */
    printAndListen(paper) {
        const field = window.document.activeElement;
        const before = field?.value;
        paper.print();
        if (field?.value !== before) {
            field.dispatchEvent(new InputEvent("input", { bubbles: true }));
        }
    }
}

registry
    .category("actions")
    .add("service_desk.counter", CounterScreen, { force: true });
