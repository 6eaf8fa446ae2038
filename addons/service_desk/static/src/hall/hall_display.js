/**
 * The display of the hall: shows who is called, says it, and never stops for want of a
 * network. The server's bus says when to look; without it the display looks by itself.
 */

const POLL_MS = 4000;
const POLL_WITH_BUS_MS = 20000;
const STALE_MS = 15000;
const CALL_MS = 6000;
const CLOCK_MS = 5000;
const { state: statePath, channel, version, zone } = document.body.dataset;
const lang = document.documentElement.lang;
const element = (id) => document.getElementById(id);
const numberText = (number) => number.toLocaleString(lang, { useGrouping: false });

let lastSeen = Date.now();
let hasBus = false;
let timer = 0;
let showing = Promise.resolve();
let audio = null;
const known = new Map();

/** Asks for the one touch without which browsers let no page make a sound. */
function askForSound() {
    try {
        audio = new AudioContext();
    } catch {
        return;
    }
    globalThis.speechSynthesis?.getVoices();
    const tell = () => {
        element("mute").hidden = audio.state === "running";
    };
    audio.addEventListener("statechange", tell);
    for (const event of ["pointerdown", "keydown"]) {
        document.addEventListener(event, () => audio.resume());
    }
    tell();
}

function chime() {
    try {
        [880, 660].forEach((pitch, index) => {
            const tone = audio.createOscillator();
            const volume = audio.createGain();
            const start = audio.currentTime + index * 0.35;
            tone.frequency.value = pitch;
            volume.gain.setValueAtTime(0.25, start);
            volume.gain.exponentialRampToValueAtTime(0.001, start + 0.6);
            tone.connect(volume).connect(audio.destination);
            tone.start(start);
            tone.stop(start + 0.6);
        });
    } catch {
        // A display without sound still shows the number.
    }
}

/** Speaks where the machine has a voice of the page's language; the chime is for all. */
function speak(text) {
    const voices = globalThis.speechSynthesis?.getVoices() || [];
    const voice = voices.find((one) => one.lang.startsWith(lang));
    if (voice) {
        const saying = new SpeechSynthesisUtterance(text);
        saying.voice = voice;
        saying.lang = voice.lang;
        speechSynthesis.speak(saying);
    }
}

function showCall(call) {
    element("number").textContent = numberText(call.number);
    element("counter").textContent = numberText(call.counter);
    const block = element("now");
    block.classList.remove("called");
    // Reading the size lets the animation begin again.
    void block.offsetWidth;
    block.classList.add("called");
    chime();
    speak(call.spoken);
}

/** Two calls at once are shown one after the other. */
function announce(call) {
    showing = showing.then(() => {
        showCall(call);
        return new Promise((resolve) => setTimeout(resolve, CALL_MS));
    });
}

function fillRow(row, call) {
    for (const value of [call.number, call.counter]) {
        row.insertCell().textContent = numberText(value);
    }
}

function show(state) {
    const fresh = state.called.filter(
        (call) => known.size && known.get(call.number) !== call.at
    );
    if (!known.size && state.called.length) {
        element("number").textContent = numberText(state.called[0].number);
        element("counter").textContent = numberText(state.called[0].counter);
    }
    state.called.forEach((call) => known.set(call.number, call.at));
    known.set(0, 0);
    // A new day begins without a call, on a display nobody has touched.
    element("now").classList.toggle("quiet", !state.called.length);
    element("day").textContent = state.day;
    fresh.reverse().forEach(announce);
    const body = element("before");
    body.replaceChildren();
    state.called.slice(1, 5).forEach((call) => fillRow(body.insertRow(), call));
    element("next").replaceChildren(
        ...state.next.map((number) => {
            const box = document.createElement("b");
            box.textContent = numberText(number);
            return box;
        })
    );
    const isEmpty = !state.next.length;
    element("next_label").hidden = isEmpty;
    element("nobody").hidden = !isEmpty;
    element("wait").hidden = !state.minutes || isEmpty;
    element("minutes").textContent = numberText(state.minutes ?? 0);
    element("opens").textContent = isEmpty ? state.opens : "";
}

async function look() {
    clearTimeout(timer);
    try {
        const answer = await fetch(statePath, { cache: "no-store" });
        if (answer.ok) {
            show(await answer.json());
            lastSeen = Date.now();
        }
    } catch {
        // The last state stays; the strip says that it is old.
    }
    element("stale").hidden = Date.now() - lastSeen < STALE_MS;
    timer = setTimeout(look, hasBus ? POLL_WITH_BUS_MS : POLL_MS);
}

function listen() {
    const address = `${location.origin.replace(/^http/, "ws")}/websocket?version=${version}`;
    const socket = new WebSocket(address);
    socket.addEventListener("open", () => {
        hasBus = true;
        const data = { channels: [channel], last: 0 };
        socket.send(JSON.stringify({ event_name: "subscribe", data }));
    });
    socket.addEventListener("message", look);
    socket.addEventListener("close", () => {
        hasBus = false;
        setTimeout(listen, STALE_MS);
    });
}

function tick() {
    element("clock").textContent = new Date().toLocaleTimeString(lang, {
        timeZone: zone,
        hour: "numeric",
        minute: "2-digit",
        hour12: false,
    });
    element("stale").hidden = Date.now() - lastSeen < STALE_MS + POLL_WITH_BUS_MS;
}

askForSound();
tick();
setInterval(tick, CLOCK_MS);
look();
listen();
