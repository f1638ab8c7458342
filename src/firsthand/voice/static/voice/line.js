// One connection to one other page: one sound each way, kept up until the server says otherwise.

const SILENT = 2000; // ms without a packet before the way is looked for anew
const UNANSWERED = 3000; // ms an offer may wait for its answer
const UNCONNECTED = 6000;
const BATCH = 40; // ms in which candidates are gathered into one message
const GATHERING = 60; // ms for which an SDP waits, so that the first candidates travel in it
const LONGEST_WAIT = 30000;

const gathered = (pc) => pc.iceGatheringState === "complete" || new Promise((done) => {
  pc.addEventListener("icegatheringstatechange", () => pc.iceGatheringState === "complete" && done());
  setTimeout(done, GATHERING);
});

export class Line {
  #candidates = [];
  #early = []; // candidates that came before the SDP they belong to
  #transceiver = null;
  #heard = { packets: 0, at: 0 }; // for mend()
  #counted = 0; // for grown()
  #offered = 0; // when the offer that waits for an answer was delivered
  #mended = performance.now();
  #wait = SILENT;

  constructor(mesh, { role, instance, polite, direction }, ice) {
    Object.assign(this, { mesh, role, instance, polite, direction, closed: false });
    this.born = performance.now();
    this.sink = new Audio();
    this.sink.autoplay = true;
    this.pc = new RTCPeerConnection(ice);
    // Our own stream around the track: the browser empties the stream of the event as soon as the line is on hold.
    this.pc.ontrack = ({ track }) => { this.sink.srcObject = new MediaStream([track]); this.play(); };
    this.pc.onicecandidate = ({ candidate }) => candidate?.candidate && this.#gather(candidate);
    this.pc.onconnectionstatechange = () => mesh.changed();
    this.pc.oniceconnectionstatechange = () => this.pc.iceConnectionState === "failed" && this.#restart();
    this.pc.onnegotiationneeded = () => mesh.run(() => this.#offer());
    // One side opens the one sound; the other finds it in the offer.
    if (!polite) this.#transceiver = this.pc.addTransceiver(mesh.track ?? "audio", { direction });
  }

  get connected() {
    return this.pc.connectionState === "connected";
  }

  want(direction, ice) {
    this.direction = direction;
    this.pc.setConfiguration(ice); // the relay's credentials end after an hour
    // Setting a new direction makes the browser ask for a new negotiation.
    if (this.#transceiver && this.#transceiver.direction !== direction) this.#transceiver.direction = direction;
  }

  use(track) {
    this.#transceiver?.sender.replaceTrack(track);
  }

  play() {
    return this.sink.play().then(() => this.#blocked(false), (error) => error.name === "NotAllowedError" && this.#blocked(true));
  }

  #blocked(on) {
    this.blocked = on;
    this.mesh.changed();
  }

  async take({ kind, sdp, candidates }) {
    if (this.closed) return;
    if (kind === "again") await this.#again();
    else if (kind === "ice") await this.#reach(candidates);
    else if (sdp.type === "offer") await this.#answer(sdp);
    else if (this.pc.signalingState === "have-local-offer") await this.#settle(sdp);
  }

  async #offer() {
    if (this.closed || this.pc.signalingState !== "stable") return;
    await this.#speak();
  }

  async #answer(sdp) {
    const collides = this.pc.signalingState !== "stable";
    if (collides && !this.polite) return;
    await this.#settle(sdp); // rolls an offer of our own back by itself
    this.#transceiver ??= this.pc.getTransceivers()[0];
    if (this.#transceiver.sender.track !== this.mesh.track) await this.#transceiver.sender.replaceTrack(this.mesh.track);
    this.#transceiver.direction = this.direction;
    await this.#speak();
  }

  async #speak() {
    await this.pc.setLocalDescription();
    await gathered(this.pc);
    if (!this.closed) this.#tell();
  }

  async #settle(sdp) {
    await this.pc.setRemoteDescription(sdp);
    this.#offered = 0;
    await this.#reach(this.#early.splice(0));
  }

  async #reach(candidates) {
    if (!this.pc.remoteDescription) return void this.#early.push(...candidates);
    // A candidate of an offer that we ignored fits nothing, and need not.
    for (const candidate of candidates) await this.pc.addIceCandidate(candidate).catch(() => {});
  }

  // Our offer was refused or never answered: take it back and make a new one, as the topology is now.
  async #again() {
    if (this.pc.signalingState === "have-local-offer") await this.pc.setLocalDescription({ type: "rollback" });
    await this.#offer();
  }

  async #tell() {
    const { type, sdp } = this.pc.localDescription;
    this.#candidates = []; // they are in it
    this.#offered = 0;
    const code = await this.mesh.send(this, { kind: "sdp", sdp: { type, sdp } });
    if (!code) this.#offered = type === "offer" ? performance.now() : 0;
    else if (code !== "dropped") this.mesh.run(() => this.#refused(type));
  }

  async #refused(type) {
    await this.mesh.refresh();
    if (this.closed) return;
    if (type === "offer") await this.#again();
    else this.mesh.send(this, { kind: "again" });
  }

  #gather(candidate) {
    if (this.#candidates.push(candidate) > 1) return;
    setTimeout(() => {
      if (!this.#candidates.length) return;
      const candidates = this.#candidates.splice(0).map(({ candidate, sdpMid, sdpMLineIndex }) => ({ candidate, sdpMid, sdpMLineIndex }));
      this.mesh.send(this, { kind: "ice", candidates });
    }, BATCH);
  }

  // Once a second: is the line as it must be?
  async mend() {
    const now = performance.now();
    if (this.#offered && now - this.#offered > UNANSWERED && this.pc.signalingState === "have-local-offer") {
      this.#offered = 0;
      this.mesh.run(() => this.#again());
    }
    const { packets, at } = this.#heard;
    const { packetsReceived = 0 } = await this.#inbound();
    if (packetsReceived !== packets || !this.direction.includes("recv")) this.#heard = { packets: packetsReceived, at: now };
    if (packetsReceived > packets) this.#wait = SILENT;
    const lostWay = this.pc.iceConnectionState === "disconnected" || (packets && now - at > SILENT);
    const noWay = !this.connected && now - this.born > UNCONNECTED;
    if ((lostWay || noWay) && now - this.#mended > this.#wait) this.#restart();
  }

  // Look for a new way. Less and less often: the other page may have no microphone, or be gone.
  #restart() {
    if (this.closed) return;
    this.#mended = performance.now();
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
    this.pc.restartIce();
  }

  async #inbound() {
    const reports = this.closed ? [] : [...(await this.pc.getStats()).values()];
    return reports.find(({ type }) => type === "inbound-rtp") ?? {};
  }

  async grown() {
    const { packetsReceived = 0 } = await this.#inbound();
    const more = packetsReceived > this.#counted;
    this.#counted = packetsReceived;
    return more && this.direction.includes("recv");
  }

  // Figures of the connection, without an address.
  async stats() {
    const all = [...(await this.pc.getStats()).values()];
    const find = (type) => all.find((report) => report.type === type) ?? {};
    const pair = all.find((report) => report.type === "candidate-pair" && report.nominated) ?? {};
    const way = all.find(({ id }) => id === pair.localCandidateId) ?? {};
    const [inbound, outbound] = [find("inbound-rtp"), find("outbound-rtp")];
    return {
      state: this.pc.connectionState,
      direction: this.#transceiver?.currentDirection ?? null,
      wanted: this.direction,
      way: way.candidateType ?? null,
      roundTrip: pair.currentRoundTripTime ?? null,
      bytesReceived: inbound.bytesReceived ?? 0,
      packetsReceived: inbound.packetsReceived ?? 0,
      packetsLost: inbound.packetsLost ?? 0,
      bytesSent: outbound.bytesSent ?? 0,
      born: Math.round(this.born),
    };
  }

  close() {
    this.closed = true;
    this.pc.close();
    this.sink.srcObject = null;
  }
}
