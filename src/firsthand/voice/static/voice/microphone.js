// <microphone-test>: does it work, which one, how loud, how do I sound? Asked before the call, never kept.

import * as media from "./media.js";

const LONGEST = 15_000; // ms one hears oneself
const HEARD = 0.35; // of the meter: somebody has spoken

class MicrophoneTest extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this);
    this.addEventListener("change", this);
    navigator.mediaDevices?.addEventListener?.("devicechange", this);
    if (this.hasAttribute("data-begin")) this.begin();
  }

  disconnectedCallback() {
    navigator.mediaDevices?.removeEventListener?.("devicechange", this);
    this.end();
  }

  handleEvent({ type, target }) {
    if (type === "devicechange") return this.stream && this.#list();
    if (type === "change" && target.matches("select")) {
      media.choose(target.value);
      return this.begin();
    }
    const act = type === "click" && target.closest("[data-do]")?.dataset.do;
    if (act === "begin") this.begin();
    if (act === "echo") this.#echo();
    if (act === "end") this.end();
  }

  async begin() {
    this.end();
    this.#say("asking");
    try {
      this.stream = await media.open();
    } catch (error) {
      // The chosen one is not plugged in: forget it, so that the next try takes what there is.
      if (error.reason === "gone") media.choose("");
      return this.#say(`microphone-${error.reason}`);
    }
    if (!this.isConnected) return this.end();
    this.#say("speak");
    this.#list();
    const meter = this.querySelector("meter");
    this.stop = await media.level(this.stream, (value) => {
      meter.value = value;
      if (value > HEARD && this.dataset.state === "speak") this.#say("works");
    });
  }

  async #list() {
    const select = this.querySelector("select");
    const found = await media.microphones();
    const now = this.stream?.getAudioTracks()[0]?.getSettings().deviceId;
    select.replaceChildren(...found.map(({ deviceId, label }) => new Option(label, deviceId, false, deviceId === now)));
    this.querySelector("[data-choice]").hidden = found.length < 2;
  }

  async #echo() {
    if (this.unplug) return this.#mute();
    this.unplug = await media.echo(this.stream);
    this.#label("silence");
    this.timer = setTimeout(() => this.#mute(), LONGEST);
  }

  #mute() {
    clearTimeout(this.timer);
    this.unplug?.();
    this.unplug = null;
    this.#label("hear");
  }

  #label(key) {
    this.querySelector('[data-do="echo"]').textContent = this.#words(key);
  }

  end() {
    this.#mute();
    this.stop?.();
    media.close(this.stream);
    this.stop = this.stream = null;
    this.querySelector("meter").value = 0;
    this.#say("idle");
  }

  #words(key) {
    return this.querySelector(`template[data-say="${key}"]`)?.content.textContent.trim() ?? "";
  }

  #say(key) {
    this.dataset.state = key;
    this.querySelector("[data-words]").textContent = this.#words(key);
    const running = key === "speak" || key === "works";
    for (const part of this.querySelectorAll("[data-when]")) {
      part.hidden = part.dataset.when !== (running ? "running" : "idle");
    }
  }
}

customElements.define("microphone-test", MicrophoneTest);
