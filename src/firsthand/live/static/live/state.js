// <live-state> says in words that the page is no longer being told what changes, and why. The words are its templates:
// <template data-when="lost"> and <template data-when="ended">.
const AFTER = 3000; // a short gap is nobody's business

class LiveState extends HTMLElement {
  #timer;
  #said = "";

  connectedCallback() {
    document.addEventListener("live:state", this);
  }

  disconnectedCallback() {
    document.removeEventListener("live:state", this);
    clearTimeout(this.#timer);
  }

  handleEvent({ detail }) {
    if (this.#said === "ended" && detail !== "open") return;
    if (detail === "lost") this.#timer ??= setTimeout(() => this.#say("lost"), AFTER);
    else {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#say(detail === "ended" ? "ended" : "");
    }
  }

  #say(when) {
    if (when === this.#said) return;
    this.#said = when;
    const words = this.querySelector(`template[data-when="${when}"]`);
    this.querySelector("[data-words]").replaceChildren(...(words ? [words.content.cloneNode(true)] : []));
  }
}

customElements.define("live-state", LiveState);
