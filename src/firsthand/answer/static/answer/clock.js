// <time-since since="…" now="…"> counts up from a moment the server named, <time-until until="…" now="…"> down to one.
// `now` is the server's clock when it wrote the page: this browser's own clock may be wrong and is never asked.
// With over="30" the figure around it asks for a hand as soon as 30 seconds have passed, without waiting for a nudge.
const pad = (number) => String(number).padStart(2, "0");

function spoken(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return (hours ? `${hours}:${pad(minutes)}` : `${minutes}`) + `:${pad(whole % 60)}`;
}

class Clock extends HTMLElement {
  connectedCallback() {
    this.at = Date.parse(this.getAttribute(this.constructor.moment));
    this.offset = Date.parse(this.getAttribute("now")) - performance.now();
    this.show();
    this.ticking = setInterval(() => this.show(), 500);
  }

  disconnectedCallback() {
    clearInterval(this.ticking);
  }

  show() {
    const now = this.offset + performance.now();
    const text = this.said((now - this.at) / 1000);
    if (text !== this.textContent) this.textContent = text;
    const limit = this.getAttribute("over");
    if (limit) this.closest(".figure")?.classList.toggle("now", now - this.at > limit * 1000);
  }
}

customElements.define("time-since", class extends Clock {
  static moment = "since";
  said(passed) {
    return spoken(passed);
  }
});

customElements.define("time-until", class extends Clock {
  static moment = "until";
  said(passed) {
    return String(Math.max(0, Math.ceil(-passed)));
  }
});
