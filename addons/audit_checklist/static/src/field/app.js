import {
    Component,
    onMounted,
    onWillDestroy,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatNumber, formatScore } from "../item_card/numbers";
import { Attention } from "./attention";
import { clock, dayName } from "./dates";
import { Icon } from "./icon";
import { Menu } from "./menu";
import { NetworkLine } from "./network_line";
import { Queue } from "./queue";
import { setup } from "./setup";
import { Submit } from "./submit";
import { Today } from "./today";
import { Visit } from "./visit";
import { dotted } from "./words";

const SCREENS = { "": Today, attention: Attention, queue: Queue };
const SAY_SCORE_EVERY = 5000;

/** The page: which screen is open, and the lines above and below it. */
export class FieldApp extends Component {
    static template = "audit_checklist.FieldApp";
    static components = {
        Attention,
        Icon,
        Menu,
        NetworkLine,
        Queue,
        Submit,
        Today,
        Visit,
    };
    static props = { model: Object };

    setup() {
        Object.assign(this, { formatNumber, formatScore });
        this.data = useState(this.props.model.data);
        this.state = useState({
            path: this.readPath(),
            isStarted: false,
            isMenuOpen: false,
            said: "",
        });
        useExternalListener(window, "hashchange", () => {
            this.state.path = this.readPath();
            this.state.isMenuOpen = false;
            window.scrollTo(0, 0);
        });
        this.top = useRef("top");
        const observer = new ResizeObserver(() => this.measure());
        onWillDestroy(() => observer.disconnect());
        onMounted(async () => {
            observer.observe(this.top.el);
            try {
                await this.props.model.start();
            } catch (error) {
                console.warn(error);
                this.data.problem = "store";
            }
            this.state.isStarted = true;
        });
        // For those who listen: the score, but not at every tap.
        const saying = setInterval(() => this.sayScore(), SAY_SCORE_EVERY);
        onWillDestroy(() => clearInterval(saying));
    }

    /** What sticks below the header needs to know where that ends. */
    measure() {
        const { style } = document.documentElement;
        style.setProperty("--top", `${this.top.el.offsetHeight}px`);
    }

    readPath() {
        return decodeURIComponent(location.hash.replace(/^#\/?/, ""));
    }

    go(path, code) {
        location.hash = `/${path}`;
        if (code) {
            setTimeout(() => {
                document
                    .querySelector(`[data-code="${code}"]`)
                    ?.scrollIntoView({ block: "center" });
            }, 100);
        }
    }

    reload() {
        location.reload();
    }

    sayScore() {
        this.state.said = this.isVisit
            ? `${this.scoreName} ${formatScore(this.result.score)}`
            : "";
    }

    get model() {
        return this.props.model;
    }

    get parts() {
        const [screen, assessment, step] = this.state.path.split("/");
        return { screen, assessment, step };
    }

    get visit() {
        const { screen, assessment } = this.parts;
        return screen === "visit" ? this.model.visit(assessment) : undefined;
    }

    get isVisit() {
        return Boolean(this.visit && this.model.design(this.visit));
    }

    get isSubmit() {
        return this.isVisit && this.parts.step === "submit";
    }

    get screen() {
        return SCREENS[this.parts.screen] || Today;
    }

    get result() {
        return this.model.result(this.visit);
    }

    get scoreName() {
        return this.result.is_provisional ? _t("provisional") : _t("score");
    }

    /** What a failed critical item does to the score, if it does. */
    get capText() {
        const { critical_failed } = this.result;
        const { rule, cap } = this.model.design(this.visit).critical;
        return critical_failed.length && rule === "cap"
            ? _t("The score is capped at %(cap)s", { cap: formatNumber(cap) })
            : "";
    }

    get title() {
        if (this.isSubmit) {
            return _t("End of the visit");
        }
        if (this.isVisit) {
            return this.visit.unit.name;
        }
        return (
            {
                attention: _t("Needs attention"),
                queue: _t("Waiting to be sent"),
            }[this.parts.screen] || _t("My visits")
        );
    }

    get subtitle() {
        if (this.isSubmit) {
            const { started_at: begun } = this.visit;
            const until = clock(this.model.now);
            return dotted([
                this.visit.unit.name,
                begun ? `${clock(begun)}–${until}` : "",
            ]);
        }
        if (this.isVisit) {
            return this.model.colleagueText(this.visit);
        }
        if (this.parts.screen === "attention" && this.attentionCount) {
            return _t("Matters: %(count)s · nothing was erased", {
                count: formatNumber(this.attentionCount),
            });
        }
        return dotted([
            dayName(this.model.now),
            this.model.teamText || setup.user.name,
        ]);
    }

    get back() {
        return this.isSubmit ? `visit/${this.visit.assessment}` : "";
    }

    get isHome() {
        return !this.parts.screen;
    }

    get initial() {
        return [...setup.user.name][0];
    }

    get attentionCount() {
        const { conflicts, refused } = this.model.attentionOf();
        return conflicts.length + refused.length;
    }

    get waitingCount() {
        return this.data.queue.length + this.model.photosToSend.length;
    }
}
