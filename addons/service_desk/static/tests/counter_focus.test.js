import { Component, useRef, useState, xml } from "@odoo/owl";
import { expect, test } from "@odoo/hoot";
import { advanceFrame, animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";
import { useCounterFocus } from "@service_desk/counter/counter_focus";

defineMailModels();

/** A piece that draws itself, as the panel of information does. */
class Piece extends Component {
    static template = xml`<input t-if="state.isShown" data-focus="field" />`;
    static props = { onReady: Function };

    setup() {
        this.state = useState({ isShown: false });
        this.props.onReady(this.state);
    }
}

class Screen extends Component {
    static template = xml`
        <div t-ref="root">
            <input class="other" /><Piece onReady="(piece) => this.piece = piece" />
        </div>`;
    static components = { Piece };
    static props = {};

    setup() {
        this.cursor = useCounterFocus(useRef("root"));
    }
}

test("the cursor goes to what a piece of the screen draws by itself", async () => {
    const screen = await mountWithCleanup(Screen);
    screen.piece.isShown = true;
    screen.cursor.to("field");
    await animationFrame();
    await animationFrame();
    expect("[data-focus=field]").toBeFocused();
});

test("a place that never comes is forgotten, and takes no cursor later", async () => {
    const screen = await mountWithCleanup(Screen);
    screen.cursor.to("field");
    await advanceFrame(40);
    document.querySelector(".other").focus();
    screen.piece.isShown = true;
    screen.render();
    await animationFrame();
    await animationFrame();
    expect(".other").toBeFocused();
});
