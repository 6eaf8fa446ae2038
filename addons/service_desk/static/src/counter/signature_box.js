import { Component, onMounted, useRef } from "@odoo/owl";

const INK = "#111";
const PEN_WIDTH = 2.5;

/** A box the recipient signs in with a finger, a pen or the mouse. */
export class SignatureBox extends Component {
    static template = "service_desk.SignatureBox";
    static props = { onSigned: Function, isWrong: Boolean };

    setup() {
        this.canvas = useRef("canvas");
        this.isDrawing = false;
        onMounted(() => this.clear());
    }

    get pen() {
        return this.canvas.el.getContext("2d");
    }

    clear() {
        const { canvas } = { canvas: this.canvas.el };
        this.pen.clearRect(0, 0, canvas.width, canvas.height);
        Object.assign(this.pen, {
            strokeStyle: INK,
            lineWidth: PEN_WIDTH,
            lineCap: "round",
            lineJoin: "round",
        });
    }

    onClear() {
        this.clear();
        this.props.onSigned("");
    }

    point(ev) {
        const box = this.canvas.el.getBoundingClientRect();
        return [
            ((ev.clientX - box.left) * this.canvas.el.width) / box.width,
            ((ev.clientY - box.top) * this.canvas.el.height) / box.height,
        ];
    }

    onDown(ev) {
        this.isDrawing = true;
        this.canvas.el.setPointerCapture(ev.pointerId);
        this.pen.beginPath();
        this.pen.moveTo(...this.point(ev));
    }

    onMove(ev) {
        if (this.isDrawing) {
            this.pen.lineTo(...this.point(ev));
            this.pen.stroke();
        }
    }

    onUp() {
        if (this.isDrawing) {
            this.isDrawing = false;
            this.props.onSigned(this.canvas.el.toDataURL("image/png").split(",")[1]);
        }
    }
}
