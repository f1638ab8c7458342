// <phone-bar>: the telephone of a person, above the page. It stands outside <main>, so links and forms do not end a call.

import { Telephone } from "./telephone.js";

const SHOWN_AFTER = 8000; // ms for which it still says how the call ended
const AGAIN = 2000;

class PhoneBar extends Telephone {
  #waiting = null;

  connectedCallback() {
    super.connectedCallback();
    this.desk = this.dataset.liveMessages;
    this.topic = this.desk.slice(0, this.desk.lastIndexOf("~"));
    for (const [target, name] of this.#hears) target.addEventListener(name, this);
    this.look();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const [target, name] of this.#hears) target.removeEventListener(name, this);
    clearTimeout(this.#waiting);
  }

  get #hears() {
    return [[document.body, `live:${this.topic}`], [document, "live:refresh"], [document, "visibilitychange"]];
  }

  handleEvent(event) {
    if (event.type.startsWith("live:") || event.type === "visibilitychange") return this.look();
    if (event.type === "change" && this.state.phase === "over") this.#wait(SHOWN_AFTER);
    return super.handleEvent(event);
  }

  // Is there a call of mine, and should this page have it?
  async look() {
    const answer = await fetch(this.dataset.mine, { cache: "no-store" }).catch(() => null);
    const said = answer?.ok && !answer.redirected ? await answer.json().catch(() => null) : null;
    if (!this.isConnected || this.busy) return;
    if (!said) return answer?.redirected || this.#wait(AGAIN);
    this.leg = said.leg;
    if (!said.leg) this.#idle();
    else if (said.leg.free) this.#ring();
    else if (said.leg.id !== this.handset?.leg.id || this.state.phase !== "over") this.#elsewhere();
  }

  // Of several open pages the one in front takes the call; the others would only be in its way.
  #ring() {
    if (document.hasFocus()) this.#take();
    else this.#wait(document.hidden ? 2500 : 700, () => this.leg?.free && this.#take());
  }

  #take(how) {
    clearTimeout(this.#waiting);
    this.dataset.liveMessages = `${this.desk} ${this.leg.live}`;
    this.hidden = false;
    this.attach(this.leg, how);
  }

  #elsewhere() {
    this.hidden = false;
    this.handset = null;
    this.rest = { phase: "elsewhere" };
    this.show();
  }

  #idle() {
    if (this.state.phase === "over" && this.#waiting) return;
    this.handset = null;
    this.rest = { phase: "idle" };
    this.hidden = true;
    this.dataset.liveMessages = this.desk;
  }

  #wait(ms, act = () => this.look()) {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => { this.#waiting = null; act(); }, ms);
  }

  act(name) {
    if (name === "bring") this.#take({ claim: true });
    else super.act(name);
  }
}

customElements.define("phone-bar", PhoneBar);
