// <caller-phone>: the telephone of a caller, on /call. Who waits hears that they wait: sentences and sparse tones, made
// here. The page says what to announce in an element with data-announce; the rest stands in the templates.

import { overheard, sentence } from "./call.js";
import { Sound } from "./sound.js";
import { Telephone } from "./telephone.js";

const WAITS = new Set(["alone", "hold", "consult", "away", "joining"]);
const AGAIN = { alone: 45_000, hold: 30_000, consult: 30_000, away: 20_000, elsewhere: 4_000 };

class CallerPhone extends Telephone {
  connectedCallback() {
    super.connectedCallback();
    this.sound = new Sound(document.documentElement.lang);
    this.saying = setInterval(() => this.announce(), 5000);
    if (this.dataset.leg) this.attach(JSON.parse(this.dataset.leg));
  }

  disconnectedCallback() {
    clearInterval(this.saying);
    clearTimeout(this.waiting);
    this.sound.quiet();
    super.disconnectedCallback();
  }

  handleEvent(event) {
    if (event.type === "change" && this.state.phase === "elsewhere") this.#later();
    return super.handleEvent(event);
  }

  // The other window may have crashed: then the call is free again in some seconds.
  #later() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.isConnected && !this.busy && this.attach(JSON.parse(this.dataset.leg)), AGAIN.elsewhere);
  }

  act(name) {
    if (name === "bring") this.attach(JSON.parse(this.dataset.leg), { claim: true });
    else super.act(name);
  }

  show() {
    super.show();
    this.announce();
  }

  announce() {
    if (this.state.phase === "over") return this.#farewell();
    const third = overheard(this.state);
    if (third !== this.third) {
      this.third = third;
      if (third) { this.sound.quiet(); this.sound.chime(); return this.sound.say(this.words(`third-${third}`)); }
    }
    const key = sentence(this.state);
    if (!WAITS.has(key)) return third ? undefined : this.sound.quiet();
    this.sound.wait();
    const announced = key === "alone" ? document.querySelector("[data-announce]")?.textContent.trim().replace(/\s+/g, " ") : "";
    this.sound.say(announced || this.words(key), AGAIN[key]);
  }

  #farewell() {
    if (this.bye) return;
    this.bye = true;
    this.sound.quiet();
    if (this.state.endedBy !== "customer") this.sound.say(this.words(sentence(this.state)));
  }
}

customElements.define("caller-phone", CallerPhone);
