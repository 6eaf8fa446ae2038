import { Component, onMounted, onWillUnmount, useRef, useState } from "@odoo/owl";

const WISHES = {
    video: { facingMode: "environment", width: { ideal: 1920 } },
    audio: false,
};

/** A camera within the page: one tap takes the photo and is back at the item. */
export class Viewfinder extends Component {
    static template = "audit_checklist.FieldViewfinder";
    static props = { onPictures: Function, onClose: Function };

    setup() {
        this.video = useRef("video");
        this.state = useState({ isLive: false, isFailed: false });
        onMounted(() => this.open());
        onWillUnmount(() => this.stream?.getTracks().forEach((track) => track.stop()));
    }

    async open() {
        try {
            this.stream = await navigator.mediaDevices.getUserMedia(WISHES);
            this.video.el.srcObject = this.stream;
            await this.video.el.play();
            this.state.isLive = true;
        } catch {
            // No camera, or not allowed: the phone's own takes its place.
            this.state.isFailed = true;
        }
    }

    /** Keep what is seen now: once the picture is handed over the camera goes off. */
    async take() {
        if (this.state.isLive) {
            this.state.isLive = false;
            try {
                this.props.onPictures([await createImageBitmap(this.video.el)]);
            } catch {
                // Nothing to be seen yet: the next tap tries again.
                this.state.isLive = true;
            }
        }
    }

    choose(files) {
        if (files.length) {
            this.props.onPictures([...files]);
        }
    }
}
