// <live-state> says in words that the page is no longer being told what changes, and why. The words are its templates:
// <template data-when="lost"> and <template data-when="ended">.
const AFTER = 3000; // a short gap is nobody's business

// What the page shows was for somebody who has signed out, in another tab. A caller's page has no sign-in to lose.
function clear() {
  if (document.querySelector('meta[name="lock"]')) document.querySelector("main")?.replaceChildren();
}

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
      if (detail === "ended") clear();
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
