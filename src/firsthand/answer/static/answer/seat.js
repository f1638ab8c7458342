// Which tab has the desk, and that it is still there. The tab's name lives as long as the tab (a reload keeps it);
// it is a random word and says nothing about anybody.
const KEY = "firsthand-tab";

function tab() {
  let name = sessionStorage.getItem(KEY);
  // Not randomUUID: browsers have that over https only.
  if (!name) sessionStorage.setItem(KEY, (name = crypto.getRandomValues(new Uint32Array(4)).join("-").slice(0, 40)));
  return name;
}

// Every change of the desk says which tab it comes from.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  detail.headers["X-Firsthand-Tab"] = tab();
});

class SeatBeat extends HTMLElement {
  connectedCallback() {
    // A hidden tab's own timers slow down to one a minute, and the seat would count as lost; a worker's do not.
    this.worker = new Worker(this.getAttribute("ticks"));
    this.worker.onmessage = () => this.beat();
    // Signed out in another tab: from now on nobody is here.
    document.addEventListener("live:state", ({ detail }) => detail === "ended" && this.worker.terminate());
    this.beat();
  }

  disconnectedCallback() {
    this.worker.terminate();
  }

  async beat() {
    const headers = { "X-Firsthand-Tab": tab(), "X-Firsthand-Seat": this.getAttribute("token") };
    try {
      const { status } = await fetch("/desk/beat/", { method: "POST", headers });
      document.querySelector("[data-elsewhere]")?.toggleAttribute("hidden", status !== 205);
    } catch {
      // No connection: <live-state> says so, and the next beat tries again.
    }
  }
}

customElements.define("seat-beat", SeatBeat);
