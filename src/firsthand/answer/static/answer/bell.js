// <offer-bell title="…" body="…"> rings while it stands on the page. The sound is made here: two soft notes.
// The notification carries what the element says, and the server puts no personal data in it.
let audio;

// Browsers allow sound only after the person has done something on the page.
const wake = () => (audio ??= new AudioContext());
for (const sign of ["pointerdown", "keydown"]) document.addEventListener(sign, wake, { once: true });

function note(frequency, start) {
  const tone = audio.createOscillator();
  const loudness = audio.createGain();
  tone.frequency.value = frequency;
  loudness.gain.setValueAtTime(0, start);
  loudness.gain.linearRampToValueAtTime(0.2, start + 0.03);
  loudness.gain.exponentialRampToValueAtTime(0.001, start + 0.6);
  tone.connect(loudness).connect(audio.destination);
  tone.start(start);
  tone.stop(start + 0.6);
}

function ring() {
  if (!audio || audio.state === "closed") return;
  audio.resume();
  note(659, audio.currentTime);
  note(880, audio.currentTime + 0.25);
}

class OfferBell extends HTMLElement {
  connectedCallback() {
    ring();
    this.ringing = setInterval(ring, 3000);
    if (globalThis.Notification?.permission === "granted" && document.hidden) {
      this.notice = new Notification(this.getAttribute("title"), { body: this.getAttribute("body"), tag: "offer" });
      this.notice.onclick = () => window.focus();
    }
  }

  disconnectedCallback() {
    clearInterval(this.ringing);
    this.notice?.close();
  }
}

customElements.define("offer-bell", OfferBell);

// <ask-notify> shows its button only where a browser still has to be asked.
class AskNotify extends HTMLElement {
  connectedCallback() {
    this.hidden = globalThis.Notification?.permission !== "default";
    this.onclick = async () => {
      await Notification.requestPermission();
      this.hidden = true;
    };
  }
}

customElements.define("ask-notify", AskNotify);
