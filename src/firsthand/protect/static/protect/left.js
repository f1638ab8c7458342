// <time-left until="…" now="…"> counts down the minutes that a file stays open. `now` is the server's clock when it
// wrote the page: this browser's own clock may be wrong and is never asked. At zero the server closes and says so.
class TimeLeft extends HTMLElement {
  connectedCallback() {
    this.end = performance.now() + Date.parse(this.getAttribute("until")) - Date.parse(this.getAttribute("now"));
    this.show();
    this.ticking = setInterval(() => this.show(), 500);
  }

  disconnectedCallback() {
    clearInterval(this.ticking);
  }

  show() {
    const seconds = Math.max(0, Math.ceil((this.end - performance.now()) / 1000));
    const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (text !== this.textContent) this.textContent = text;
  }
}

customElements.define("time-left", TimeLeft);
