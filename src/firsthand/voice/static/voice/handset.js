// One telephone: one leg of one call on one page load. It ties the state (call.js), the connections (peer.js), the
// microphone (media.js) and the server (signal.js) together. It outlives the element that shows it.

import * as call from "./call.js";
import * as media from "./media.js";
import { Mesh } from "./peer.js";
import { Outbox, PATIENCE, farewell, form, post } from "./signal.js";

const BEAT = 4000; // ms; after three missed ones the server takes this page for lost
const EARS = 100; // until the first sound is heard
const MUTED = "firsthand-muted"; // who muted themselves stays muted over a reload

const handsets = new Set();
const random = () => crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16)).join("");

export class Handset extends EventTarget {
  #refreshing = null;
  #closed = false;
  #audible = false;
  #told = ""; // the lines of which the server knows that they are heard
  #mine = false; // the server has said that this page has the call
  #timers = {};

  constructor(leg, csrf) {
    super();
    Object.assign(this, { leg, csrf, instance: random(), state: call.next(call.start, { type: "leg" }) });
    this.outbox = new Outbox(leg.signal, csrf);
    this.topic = leg.live.slice(0, leg.live.lastIndexOf("~"));
    handsets.add(this);
  }

  // claim: take the call also from another page of the same person.
  begin({ claim = false } = {}) {
    this.mesh = new Mesh({
      instance: this.instance,
      send: (line, message) => this.#send(line, message),
      changed: () => this.#linked(),
      refresh: () => this.refresh(),
    });
    for (const [target, name] of this.#hears) target?.addEventListener(name, this);
    this.mute(sessionStorage.getItem(MUTED) === "1");
    this.#beat({ claim });
    this.#listen();
  }

  get #hears() {
    return [
      [document.body, `live:${this.topic}`],
      [document, "live:message"],
      [document, "live:refresh"],
      [window, "pagehide"],
      [window, "pageshow"],
      [window, "online"],
      [navigator.mediaDevices, "devicechange"],
    ];
  }

  handleEvent({ type, detail, persisted }) {
    if (type === "live:message") return detail.topic === this.topic && this.mesh.take(detail.message);
    if (type === "pagehide") return farewell(this.leg.beat, { instance: this.instance, leaving: true }, this.csrf);
    if (type === "pageshow" && persisted) return this.#beat({ claim: true });
    if (type === "devicechange") return this.state.microphone !== "on" && this.speak();
    if (type !== "pageshow") this.refresh();
  }

  #apply(event) {
    const before = this.state;
    this.state = call.next(before, event);
    if (this.state !== before) this.dispatchEvent(new CustomEvent("change", { detail: { before } }));
  }

  #linked() {
    for (const line of this.mesh?.lines ?? []) {
      if (line.connected !== Boolean(this.state.linked[line.role])) this.#apply({ type: "linked", role: line.role, on: line.connected });
    }
    const blocked = this.mesh?.lines.some((line) => line.blocked) ?? false;
    if (blocked !== this.state.blocked) this.#apply({ type: "blocked", on: blocked });
  }

  // The microphone may come later than the connection: hearing must not wait for it.
  async speak() {
    try {
      const stream = await media.open();
      if (this.#closed) return media.close(stream);
      media.close(this.stream);
      this.stream = stream;
      const [track] = stream.getAudioTracks();
      track.enabled = !this.state.muted;
      track.onended = () => this.#apply({ type: "microphone", says: "missing" });
      this.mesh.use(track);
      this.#apply({ type: "microphone", says: "on" });
      this.mesh.play();
    } catch (error) {
      this.#apply({ type: "microphone", says: error.reason ?? "other" });
    }
  }

  mute(on = !this.state.muted) {
    for (const track of this.stream?.getAudioTracks() ?? []) track.enabled = !on;
    sessionStorage.setItem(MUTED, on ? "1" : "");
    this.#apply({ type: "muted", on });
  }

  play() {
    return this.mesh.play();
  }

  #send(line, message) {
    const wanted = () => !line.closed && !this.#closed;
    const { instance, state: { epoch } } = this;
    return this.outbox.put({ ...message, to: line.role, instance, for_instance: line.instance, epoch }, wanted);
  }

  // Fetch what the call looks like now. When it cannot be fetched nothing is torn down: sound needs no server.
  refresh() {
    this.#refreshing ??= this.#fetch().finally(() => { this.#refreshing = null; });
    return this.#refreshing;
  }

  async #fetch() {
    const answer = await fetch(this.leg.topology, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) }).catch(() => null);
    if (this.#closed || !answer) return;
    if (answer.status === 404) return this.#over();
    const topology = answer.ok ? await answer.json().catch(() => null) : null;
    if (this.#closed || !topology) return;
    if (topology.over) return this.#over(topology.ended_by);
    if (topology.instance !== this.instance || topology.epoch < this.state.epoch) return;
    clearTimeout(this.#timers.relay);
    this.#timers.relay = setTimeout(() => this.refresh(), (topology.ice_for * 1000) / 2);
    this.#apply({ type: "topology", topology, at: performance.now() });
    this.mesh.reconcile(topology);
    this.#linked();
  }

  async #beat({ claim = false } = {}) {
    clearTimeout(this.#timers.beat);
    const fields = { instance: this.instance, audible: this.#audible, claim };
    const said = await post(this.leg.beat, form(fields), this.csrf).catch(() => null);
    if (this.#closed) return;
    const { heard, epoch } = said?.ok ? await said.json().catch(() => ({})) : {};
    clearTimeout(this.#timers.beat);
    // Not heard: once more, soon. The server forgives twelve seconds.
    this.#timers.beat = setTimeout(() => this.#beat({ claim: claim && !heard }), heard ? BEAT : BEAT / 4);
    if (heard === "here" && !this.#mine) {
      this.#mine = true;
      this.speak(); // not earlier: another window may have the call
    }
    if (heard === "elsewhere") this.#elsewhere();
    else if (heard ? epoch !== this.state.epoch : said?.status === 404) await this.refresh();
  }

  // The first sound on a line is told at once: the talk clock starts with it.
  async #listen() {
    this.#audible = await this.mesh.audible();
    if (this.#closed) return;
    const lines = this.mesh.lines.map(({ born }) => born).join();
    if (this.#audible && this.#told !== lines) {
      this.#told = lines;
      this.#beat();
    }
    this.#timers.ears = setTimeout(() => this.#listen(), this.#told === lines ? BEAT / 4 : EARS);
  }

  #elsewhere() {
    this.#apply({ type: "elsewhere" });
    this.close();
  }

  #over(endedBy = "") {
    sessionStorage.removeItem(MUTED); // the next call begins heard
    this.#apply({ type: "over", endedBy });
    this.close();
  }

  // Silent at once, also when the server cannot be told yet.
  hangUp() {
    const patient = new Outbox(this.leg.hangup, this.csrf);
    this.#over(this.leg.role);
    return patient.put({});
  }

  // The page goes on without this telephone: as when it is closed, the call may be taken up again elsewhere.
  leave() {
    farewell(this.leg.beat, { instance: this.instance, leaving: true }, this.csrf);
    this.close();
  }

  close() {
    this.#closed = true;
    this.outbox.closed = true;
    handsets.delete(this);
    for (const [target, name] of this.#hears) target?.removeEventListener(name, this);
    clearTimeout(this.#timers.ears);
    clearTimeout(this.#timers.beat);
    clearTimeout(this.#timers.relay);
    media.close(this.stream);
    this.mesh.close();
  }
}

// For tests and for support: figures of the running calls, and nothing to change them with.
const stats = () => Promise.all([...handsets].map(async (handset) => {
  const { phase, mode, epoch, muted, microphone, away } = handset.state;
  return { phase, mode, epoch, muted, microphone, away, instance: handset.instance, lines: await handset.mesh.stats() };
}));
Object.defineProperty(window, "firsthandVoice", { value: Object.freeze({ stats }) });
