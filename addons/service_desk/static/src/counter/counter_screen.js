import {
    Component,
    onMounted,
    onPatched,
    onWillStart,
    onWillUnmount,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { CounterDraft } from "./counter_draft";
import { commandOf } from "./counter_keys";
import { CounterVisit } from "./counter_visit";
import { ReturnsColumn } from "./returns_column";
import { ServiceBox } from "./service_box";
import { ServiceCard } from "./service_card";
import { isMobile, localDigits } from "./texts";

const MODEL = "service.desk.visit";
const COUNTER_KEY = "service_desk.counter";
const DRAFT_DELAY = 300;
const CLOCK_TICK = 15000;
const RETURNS_EVERY = 120000;
const RETRY_DELAY = 5000;

/** The counter: one screen, keyboard first, from the national code to the receipt. */
export class CounterScreen extends Component {
    static template = "service_desk.CounterScreen";
    static components = { ReturnsColumn, ServiceBox, ServiceCard };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.root = useRef("root");
        this.localDigits = localDigits;
        this.state = useState({
            screen: null,
            visit: null,
            stage: "ready",
            service: null,
            result: null,
            isAdding: true,
            isBusy: false,
            isOffline: !browser.navigator.onLine,
            draftedAt: "",
            isRestored: false,
            problem: "",
            problemAt: "",
            said: "",
            now: new Date(),
            showKeys: true,
            showSide: false,
        });
        this.focusTarget = "";
        useExternalListener(browser, "online", () => (this.state.isOffline = false));
        useExternalListener(browser, "offline", () => (this.state.isOffline = true));
        onWillStart(() =>
            this.open(Number(browser.localStorage.getItem(COUNTER_KEY)) || false)
        );
        onMounted(() => {
            this.clock = browser.setInterval(
                () => (this.state.now = new Date()),
                CLOCK_TICK
            );
            this.poll = browser.setInterval(() => this.refreshReturns(), RETURNS_EVERY);
            this.applyFocus();
        });
        onPatched(() => this.applyFocus());
        onWillUnmount(() => {
            browser.clearInterval(this.clock);
            browser.clearInterval(this.poll);
            browser.clearTimeout(this.draftTimer);
            browser.clearTimeout(this.retryTimer);
        });
    }

    // === Opening ===

    async open(counterId) {
        const screen = await this.orm.call(MODEL, "counter_open", [counterId]);
        this.state.screen = screen;
        if (!screen.counter) {
            return;
        }
        browser.localStorage.setItem(COUNTER_KEY, screen.counter.id);
        this.state.visit = new CounterVisit(screen.services);
        this.draft = new CounterDraft(user.userId, screen.counter.id);
        const kept = this.draft.load();
        if (kept) {
            this.state.visit.restore(kept.visit);
            this.state.stage = this.visit.client ? "open" : "ready";
            this.state.isAdding = !this.visit.lines.length;
            this.state.isRestored = true;
            this.state.draftedAt = this.hour(new Date(kept.savedAt));
        }
        this.focus(this.firstFocus());
    }

    async changeCounter() {
        browser.localStorage.removeItem(COUNTER_KEY);
        this.state.screen = { ...this.state.screen, counter: false };
    }

    // === What the template shows ===

    get visit() {
        return this.state.visit;
    }

    get isPersian() {
        return user.lang.startsWith("fa");
    }

    get title() {
        return _t("Counter no. %s", this.state.screen.counter.number);
    }

    /** What is open for the client, in a line: the same service comes first. */
    get openText() {
        const [first, ...others] = this.visit.client.open;
        const values = {
            service: first.service,
            unit: first.unit,
            day: first.promised,
            others: localDigits(others.length),
        };
        if (!first.promised) {
            return _t(
                "Has an open request: %(service)s, waiting for documents",
                values
            );
        }
        return others.length
            ? _t(
                  "Has an open request: %(service)s, in %(unit)s, promised %(day)s; and %(others)s others",
                  values
              )
            : _t(
                  "Has an open request: %(service)s, in %(unit)s, promised %(day)s",
                  values
              );
    }

    get time() {
        return this.hour(this.state.now);
    }

    hour(date) {
        const two = (number) => String(number).padStart(2, "0");
        return localDigits(`${two(date.getHours())}:${two(date.getMinutes())}`);
    }

    get tiles() {
        const services = this.state.screen.services;
        return this.state.screen.tiles.map((id) =>
            services.find((service) => service.id === id)
        );
    }

    get kinds() {
        return { legal: _t("Id of a legal person"), foreigner: _t("Foreign national") };
    }

    get identifierLabel() {
        return { national: _t("National code"), ...this.kinds }[this.visit.kind];
    }

    get priorities() {
        return [
            ["normal", _t("Normal")],
            ["elderly", _t("Elderly")],
            ["disabled", _t("Disabled")],
        ];
    }

    get promised() {
        const dates = this.visit.lines
            .map((line) => this.visit.serviceOf(line).promised)
            .filter(Boolean);
        return dates.at(-1) || "";
    }

    get costText() {
        if (!this.visit.cost) {
            return _t("Free of charge");
        }
        const amount = Math.round(this.visit.cost).toString();
        const grouped = amount.replace(/\B(?=(\d{3})+$)/g, this.isPersian ? "٬" : ",");
        return _t("%s rials", localDigits(grouped));
    }

    get registerText() {
        if (this.state.isBusy) {
            return _t("Registering…");
        }
        if (this.state.isOffline) {
            return _t("Waiting for the connection");
        }
        if (this.visit.missingCount) {
            return _t("Register with documents missing");
        }
        if (this.visit.isOnTheSpot) {
            return this.visit.onTheSpotAt ? _t("Delivered") : _t("Start");
        }
        return _t("Register and print");
    }

    get isRegisterOff() {
        return this.state.isOffline || this.state.isBusy || !this.visit.canRegister;
    }

    get footText() {
        if (this.visit.canRegister) {
            return "";
        }
        if (!this.visit.hasClient) {
            return this.visit.client
                ? _t("Write the name of the client.")
                : _t("Nothing to register yet.");
        }
        return this.visit.isMobileWrong
            ? _t("The mobile number has eleven digits and begins with 09.")
            : _t("Choose a service.");
    }

    get missingText() {
        return _t("%s documents missing", localDigits(this.visit.missingCount));
    }

    documentsText(count) {
        return _t("%s documents", localDigits(count));
    }

    get durationText() {
        const minutes = Math.floor(this.state.result.seconds / 60);
        const seconds = this.state.result.seconds % 60;
        return _t("At the counter: %(minutes)s min %(seconds)s s", {
            minutes: localDigits(minutes),
            seconds: localDigits(seconds),
        });
    }

    // === Client ===

    async onIdentifier(ev) {
        this.visit.identifier = ev.target.value;
        this.visit.startedAt ||= Date.now();
        this.clearProblem();
        this.touch();
        if (this.visit.isIdentifierFull && this.visit.kind !== "foreigner") {
            await this.lookUp();
        }
    }

    onIdentifierKey(ev) {
        if (ev.key !== "Enter" || ev.ctrlKey) {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
        this.lookUp();
    }

    setKind(kind) {
        this.visit.kind = this.visit.kind === kind ? "national" : kind;
        this.clearProblem();
        this.focus("identifier");
    }

    async lookUp() {
        if (!this.visit.isIdentifierValid) {
            this.fail("identifier", this.wrongIdentifier());
            return;
        }
        const asked = this.visit.digits;
        const found = await this.call(
            "counter_find_client",
            [asked, this.visit.kind],
            "identifier"
        );
        if (!found || asked !== this.visit.digits) {
            return;
        }
        this.visit.client = found;
        this.state.stage = "open";
        this.say(found.partner_id ? _t("Found: %s", found.name) : _t("A new client"));
        this.focus(found.partner_id ? "service" : "name");
        this.touch();
    }

    wrongIdentifier() {
        if (this.visit.kind === "national" && this.visit.digits.length < 10) {
            return _t("A national code has ten digits.");
        }
        return _t("The check digit does not match; look at the code again.");
    }

    onName(ev) {
        this.visit.name = ev.target.value;
        this.touch();
    }

    onNameKey(ev) {
        if (ev.key === "Enter" && !ev.ctrlKey) {
            ev.preventDefault();
            this.focus("mobile");
        }
    }

    onMobile(ev) {
        this.visit.mobile = ev.target.value;
        this.touch();
        if (isMobile(this.visit.mobile)) {
            this.focus("service");
        }
    }

    onMobileKey(ev) {
        if (ev.key === "Enter" && !ev.ctrlKey) {
            ev.preventDefault();
            this.focus("service");
        }
    }

    editClient() {
        this.visit.client = null;
        this.state.stage = "ready";
        this.focus("identifier");
    }

    openRequest(id) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "service.desk.request",
            res_id: id,
            views: [[false, "form"]],
        });
    }

    // === Services ===

    onPick(service) {
        this.visit.add(service);
        this.state.isAdding = false;
        this.clearProblem();
        this.say(service.name);
        this.focus(this.visit.boxes(this.visit.line).length ? "document" : "register");
        this.touch();
    }

    addAnother() {
        this.state.isAdding = true;
        this.focus("service");
    }

    removeLine(index) {
        this.visit.remove(index);
        this.state.isAdding = !this.visit.lines.length;
        this.focus(this.visit.lines.length ? "register" : "service");
        this.touch();
    }

    onAllTicked() {
        this.say(_t("All documents are here."));
        this.focus("register");
        this.touch();
    }

    // === Register ===

    async register() {
        if (this.isRegisterOff) {
            return;
        }
        if (this.visit.isOnTheSpot && !this.visit.onTheSpotAt) {
            this.visit.onTheSpotAt = Date.now();
            this.touch();
            return;
        }
        this.state.isBusy = true;
        const payload = this.visit.toPayload(this.state.screen.counter.id, Date.now());
        const result = await this.call("counter_register", [payload], "register");
        this.state.isBusy = false;
        if (!result) {
            return;
        }
        this.finish(result);
        this.print(`service_desk.report_receipt/${result.visit_id}`);
        this.refreshReturns();
    }

    finish(result) {
        browser.clearTimeout(this.draftTimer);
        this.draft.clear();
        this.state.result = result;
        this.state.stage = "registered";
        this.state.draftedAt = "";
        this.state.isRestored = false;
        this.say(
            _t(
                "Registered: %s",
                result.requests.map((request) => [...request.code].join(" ")).join(", ")
            )
        );
        this.focus("next");
    }

    nextClient() {
        this.visit.reset();
        Object.assign(this.state, {
            stage: "ready",
            result: null,
            service: null,
            isAdding: true,
            isRestored: false,
            draftedAt: "",
        });
        this.draft.clear();
        this.clearProblem();
        this.focus("identifier");
    }

    /** Prints in a frame of its own: no dialog of Odoo, no page left behind. */
    print(report) {
        this.frame?.remove();
        this.frame = window.document.createElement("iframe");
        this.frame.className = "o_desk_print";
        this.frame.src = `/report/html/${report}`;
        this.frame.addEventListener("load", () => this.frame.contentWindow.print());
        this.root.el.append(this.frame);
    }

    printAgain() {
        this.print(`service_desk.report_receipt/${this.state.result.visit_id}`);
    }

    // === Information ===

    inform(service) {
        this.visit.startedAt ||= Date.now();
        this.state.service = service;
        this.state.stage = "information";
        this.focus("told");
    }

    async told() {
        const { visit, state } = this;
        const payload = {
            key: visit.key,
            counter_id: state.screen.counter.id,
            service_id: state.service.id,
            seconds: Math.round((Date.now() - visit.startedAt) / 1000),
        };
        state.isBusy = true;
        const done = await this.call("counter_inform", [payload], "told");
        state.isBusy = false;
        if (done) {
            this.print(`service_desk.report_leaflet/${state.service.id}`);
            this.nextClient();
            this.say(_t("Logged: information was given."));
        }
    }

    registerForHim() {
        const service = this.state.service;
        this.state.stage = this.visit.client ? "open" : "ready";
        this.state.service = null;
        this.onPick(service);
        this.focus(this.visit.client ? "document" : "identifier");
    }

    leaveInformation() {
        this.state.service = null;
        this.state.stage = this.visit.client ? "open" : "ready";
        this.focus(this.firstFocus());
    }

    // === Keys ===

    onKeydown(ev) {
        const command = this.state.showKeys || ev.ctrlKey ? commandOf(ev) : null;
        if (command && this.obey(command)) {
            ev.preventDefault();
            ev.stopPropagation();
        }
    }

    /** Carries out a command if the present stage knows it. */
    obey({ name, digit }) {
        if (name === "back") {
            return this.back();
        }
        const command = this.commands[this.state.stage]?.[name];
        return command ? command(digit) !== false : false;
    }

    /** What the keys do at each stage; `false` says that a key means nothing now. */
    get commands() {
        const line = this.visit?.line;
        const withLine = (act) => (line ? act : undefined);
        return {
            ready: {
                information: () => this.focus("tile"),
                digit: (digit) =>
                    this.tiles[digit - 1] && this.inform(this.tiles[digit - 1]),
            },
            information: { information: () => this.leaveInformation() },
            open: {
                register: () => void this.register(),
                next: () => this.focus("register"),
                another: withLine(() => this.addAnother()),
                all: withLine(() => {
                    this.visit.tickAll(line);
                    this.onAllTicked();
                }),
                digit: withLine((digit) => this.toggleBox(line, digit)),
            },
        };
    }

    toggleBox(line, digit) {
        const box = this.visit.boxes(line)[digit - 1];
        if (!box) {
            return false;
        }
        this.visit.toggle(line, box);
        this.touch();
        return true;
    }

    back() {
        const { stage } = this.state;
        if (stage === "information") {
            this.leaveInformation();
        } else if (stage === "open" && this.state.isAdding && this.visit.lines.length) {
            this.state.isAdding = false;
            this.focus("register");
        } else if (stage === "open") {
            this.addAnother();
        } else if (stage === "ready") {
            this.focus("identifier");
        } else {
            return false;
        }
        return true;
    }

    // === The server ===

    /** Calls the server; a problem is told in one sentence at the place it is about. */
    async call(method, args, place) {
        try {
            const answer = await this.orm.silent.call(MODEL, method, args);
            this.state.isOffline = false;
            this.clearProblem();
            return answer;
        } catch (error) {
            if (error instanceof ConnectionLostError) {
                this.loseConnection();
            } else {
                this.fail(
                    place,
                    error.data?.message || _t("No answer came; try again.")
                );
            }
            return null;
        }
    }

    loseConnection() {
        this.state.isOffline = true;
        this.say(_t("The connection is lost."));
        browser.clearTimeout(this.retryTimer);
        this.retryTimer = browser.setTimeout(async () => {
            const answer = await browser
                .fetch("/web/static/img/favicon.ico", {
                    method: "HEAD",
                    cache: "no-store",
                })
                .catch(() => null);
            if (answer?.ok) {
                this.state.isOffline = false;
                this.say(_t("The connection is back."));
            } else {
                this.loseConnection();
            }
        }, RETRY_DELAY);
    }

    async refreshReturns() {
        if (!this.state.screen?.counter || this.state.isOffline) {
            return;
        }
        const returns = await this.call(
            "counter_returns",
            [this.state.screen.counter.id],
            ""
        );
        if (returns) {
            this.state.screen.returns = returns;
        }
    }

    // === Draft, focus, words ===

    /** Keeps what was typed a moment after the last key. */
    touch() {
        browser.clearTimeout(this.draftTimer);
        this.draftTimer = browser.setTimeout(() => {
            if (!this.visit.isEmpty && this.draft.save(this.visit)) {
                this.state.draftedAt = this.hour(new Date());
            }
        }, DRAFT_DELAY);
    }

    firstFocus() {
        if (!this.visit?.client) {
            return "identifier";
        }
        return this.visit.hasClient
            ? this.visit.lines.length
                ? "register"
                : "service"
            : "name";
    }

    /** Moves on at once where the field is there already: fast typing must not miss it. */
    focus(target) {
        this.focusElement(target);
        this.focusTarget = target;
        this.state.now = new Date();
    }

    focusElement(target) {
        const element = this.root.el?.querySelector(`[data-focus="${target}"]`);
        element?.focus();
        return Boolean(element);
    }

    applyFocus() {
        if (this.focusTarget && this.focusElement(this.focusTarget)) {
            this.focusTarget = "";
        }
    }

    fail(place, sentence) {
        this.state.problem = sentence;
        this.state.problemAt = place;
        this.focus(place);
    }

    clearProblem() {
        this.state.problem = "";
        this.state.problemAt = "";
    }

    say(sentence) {
        this.state.said = sentence;
    }
}

registry
    .category("actions")
    .add("service_desk.counter", CounterScreen, { force: true });
