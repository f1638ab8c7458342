// Connections to the other parties. The server says which there must be (the topology); this brings it about.
// "Perfect negotiation": either side may offer at any time; when both do, the polite one gives way.

import { Line } from "./line.js";

export class Mesh {
  #turn = Promise.resolve(); // SDP and ICE are handled one after the other, never at the same time
  #lines = new Map();
  #ice = null;
  #track = null;

  // send(line, message) → promise of a refusal code; changed() when something is to be shown; refresh() the topology.
  constructor({ instance, send, changed, refresh }) {
    Object.assign(this, { instance, send, changed, refresh });
    this.ticking = setInterval(() => this.#tick(), 1000);
  }

  get lines() {
    return [...this.#lines.values()];
  }

  get track() {
    return this.#track;
  }

  reconcile({ lines, ice }) {
    this.#ice = ice;
    const wanted = new Map(lines.map((line) => [line.role, line]));
    for (const [role, line] of this.#lines) {
      // Another instance: the page at the other end was loaded anew and knows nothing of this connection.
      if (wanted.get(role)?.instance !== line.instance) this.#drop(role);
    }
    for (const want of lines) {
      const line = this.#lines.get(want.role);
      if (line) line.want(want.direction, ice);
      else this.#lines.set(want.role, new Line(this, want, ice));
    }
    this.changed();
  }

  run(job) {
    this.#turn = this.#turn.then(job).catch((error) => console.warn("voice:", error.name, error.message));
    return this.#turn;
  }

  take(message) {
    if (message.for_instance !== this.instance) return;
    this.run(async () => {
      // The other page may know the new topology before this one does.
      if (!this.#find(message)) await this.refresh();
      await this.#find(message)?.take(message);
    });
  }

  #find({ from, instance }) {
    const line = this.#lines.get(from);
    return line?.instance === instance ? line : undefined;
  }

  use(track) {
    this.#track = track;
    for (const line of this.lines) line.use(track);
  }

  play() {
    return Promise.all(this.lines.map((line) => line.play()));
  }

  // Whether sound arrived since the last time this was asked.
  async audible() {
    const grown = await Promise.all(this.lines.map((line) => line.grown()));
    return grown.some(Boolean);
  }

  async stats() {
    return Object.fromEntries(await Promise.all(this.lines.map(async (line) => [line.role, await line.stats()])));
  }

  #tick() {
    for (const line of this.lines) line.mend();
  }

  #drop(role) {
    this.#lines.get(role).close();
    this.#lines.delete(role);
  }

  close() {
    clearInterval(this.ticking);
    for (const role of [...this.#lines.keys()]) this.#drop(role);
  }
}
