// What both telephones on a page have in common: <phone-bar> of a person and <caller-phone> of a caller.
// Every word comes from the element's own <template data-say="…">.

import { clock, overheard, sentence, talked } from "./call.js";
import { Handset } from "./handset.js";
import { level } from "./media.js";

// A part of the page may be swapped while a call runs: the handset waits a moment for its element to come back.
const kept = new Map();
const GRACE = 1500;

function keep(handset) {
  const timer = setTimeout(() => { kept.delete(handset.leg.id); handset.leave(); }, GRACE);
  kept.set(handset.leg.id, { handset, timer });
}

function taken(id) {
  const { handset, timer } = kept.get(id) ?? {};
  clearTimeout(timer);
  kept.delete(id);
  return handset?.state.phase === "on" ? handset : undefined;
}

export class Telephone extends HTMLElement {
  handset = null;
  rest = { phase: "idle" }; // how it stands without a handset
  #meter = null; // ends the level meter

  connectedCallback() {
    this.csrf = JSON.parse(this.dataset.csrf);
    this.addEventListener("click", this);
    window.addEventListener("beforeunload", this);
    this.ticking = setInterval(() => this.#tick(), 1000);
  }

  disconnectedCallback() {
    clearInterval(this.ticking);
    window.removeEventListener("beforeunload", this);
    this.#meter?.();
    this.#meter = null;
    const { handset } = this;
    handset?.removeEventListener("change", this);
    if (this.busy) keep(handset);
  }

  get state() {
    return this.handset?.state ?? this.rest;
  }

  get busy() {
    return this.state.phase === "on";
  }

  // Be the telephone of this leg.
  attach(leg, how) {
    this.handset?.removeEventListener("change", this);
    const running = taken(leg.id);
    this.handset = running ?? new Handset(leg, this.csrf);
    this.handset.addEventListener("change", this);
    if (this.handset !== running) this.handset.begin(how);
    this.show();
  }

  handleEvent(event) {
    if (event.type === "beforeunload") return this.busy && event.preventDefault();
    if (event.type === "change") return this.show();
    const act = event.target.closest("[data-do]")?.dataset.do;
    if (act) this.act(act);
  }

  act(name) {
    if (name === "mute") this.handset?.mute();
    else if (name === "hang-up") this.handset?.hangUp();
    else if (name === "retry") this.handset?.speak();
    else if (name === "listen") this.handset?.play();
  }

  words(key) {
    return this.querySelector(`template[data-say="${key}"]`)?.content.textContent.trim() ?? "";
  }

  // Each element with data-when is shown while one of its conditions holds.
  show() {
    const { state } = this;
    const key = sentence(state);
    this.write("[data-words]", this.words(`${state.role}-${key}`) || this.words(key));
    const third = overheard(state);
    this.write("[data-third]", third ? this.words(`third-${third}`) : "");
    this.write("[data-trouble]", this.#trouble(state));
    const holds = new Set([state.phase, state.muted ? "muted" : "open", `microphone-${state.microphone}`, state.blocked && "blocked"]);
    if (this.busy && !["", "on"].includes(state.microphone)) holds.add("no-microphone");
    if (this.busy && state.microphone === "on" && !state.muted) holds.add("speaking");
    for (const part of this.querySelectorAll("[data-when]")) {
      part.hidden = !part.dataset.when.split(" ").some((name) => holds.has(name));
    }
    this.dataset.state = key;
    this.#measure(state);
    this.#tick();
  }

  #trouble({ phase, microphone, blocked, muted }) {
    if (phase !== "on") return "";
    if (blocked) return this.words("blocked");
    if (!["", "on"].includes(microphone)) return this.words(`microphone-${microphone}`);
    return muted ? this.words("muted") : "";
  }

  // Only when it changes, or a screen reader would say it again and again.
  write(where, text) {
    const element = this.querySelector(where);
    if (element && element.textContent !== text) element.textContent = text;
  }

  #tick() {
    const seconds = this.busy ? talked(this.state, performance.now()) : null;
    this.write("[data-clock]", seconds === null ? "" : clock(seconds));
  }

  #measure({ phase, microphone, muted }) {
    const meter = this.querySelector("meter");
    const wanted = meter && phase === "on" && microphone === "on" && !muted;
    if (!wanted) { this.#meter?.(); this.#meter = null; if (meter) meter.value = 0; }
    else if (!this.#meter) {
      let over = false;
      this.#meter = () => { over = true; };
      level(this.handset.stream, (value) => { meter.value = value; }).then((end) => {
        if (over) end();
        else this.#meter = end;
      });
    }
  }
}
