// What somebody who waits hears: sentences, and sparse soft tones between them. Generated here: no file, no licence,
// and spoken only by voices of this computer (a voice from the network would learn what is said).

import { sounds } from "./media.js";

const SCALE = [261.6, 293.7, 329.6, 392, 440, 523.3]; // five tones that never quarrel
const EVERY = 2600;

export class Sound {
  #playing = null;
  #said = { words: "", at: 0 };

  constructor(language) {
    this.language = language;
  }

  // The same sentence is said again only after `again` milliseconds.
  async say(words, again = 30000) {
    const now = performance.now();
    if (!words || (words === this.#said.words && now - this.#said.at < again)) return;
    this.#said = { words, at: now };
    const voice = await this.#voice();
    if (!voice) return this.chime();
    speechSynthesis.cancel();
    speechSynthesis.speak(Object.assign(new SpeechSynthesisUtterance(words), { voice, lang: voice.lang, rate: 0.95 }));
  }

  async #voice() {
    if (!("speechSynthesis" in window)) return null;
    const find = () => speechSynthesis.getVoices().find(
      ({ localService, lang }) => localService && lang.slice(0, 2).toLowerCase() === this.language.slice(0, 2),
    );
    // Browsers load their voices late, once.
    return find() ?? new Promise((done) => {
      speechSynthesis.addEventListener("voiceschanged", () => done(find()), { once: true });
      setTimeout(() => done(find()), 400);
    });
  }

  // Two tones: "listen, something has changed, it stands on the page".
  async chime() {
    const ctx = await sounds();
    this.#tone(ctx, 392, 0, 0.08);
    this.#tone(ctx, 523.3, 0.25, 0.08);
  }

  // Waiting music: a tone now and then, so that nobody takes the line for dead.
  wait() {
    if (this.#playing) return;
    this.#playing = setInterval(async () => {
      if (window.speechSynthesis?.speaking) return;
      const tone = SCALE[Math.floor(Math.random() * SCALE.length)];
      this.#tone(await sounds(), tone, 0, 0.05);
    }, EVERY);
  }

  quiet() {
    clearInterval(this.#playing);
    this.#playing = null;
    this.#said = { words: "", at: 0 };
    window.speechSynthesis?.cancel();
  }

  #tone(ctx, frequency, after, loudness) {
    if (ctx.state !== "running") return;
    const from = ctx.currentTime + after;
    const [oscillator, gain] = [ctx.createOscillator(), ctx.createGain()];
    oscillator.frequency.value = frequency;
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(loudness, from + 0.15);
    gain.gain.exponentialRampToValueAtTime(0.0001, from + 2);
    oscillator.connect(gain).connect(ctx.destination);
    oscillator.start(from);
    oscillator.stop(from + 2.1);
  }
}
