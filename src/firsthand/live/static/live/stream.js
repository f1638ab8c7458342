// The EventSource of this tab: opens the new one before it closes the old, comes back with growing pauses, notices
// silence (the server says something every 10 s; a laptop that slept is told of nothing by TCP).
const SILENT = 25_000;
const LONGEST = 15_000;

let current; // the stream that speaks
let coming; // the one that is being opened
let asked = 0; // when it was
let topics = "";
let cursor = "";
let heard = 0; // when the last frame came, on the clock of this page: 0 is when the page was asked for
let pause = 300;
let retry;

const told = (state) => document.dispatchEvent(new CustomEvent("live:state", { detail: state }));

export function connect(wanted) {
  const said = wanted.join();
  if (said === topics) return;
  topics = said;
  if (said) open();
  else disconnect();
}

export function disconnect() {
  topics = "";
  close();
  told("quiet");
}

function close() {
  clearTimeout(retry);
  current?.close();
  coming?.close();
  current = coming = undefined;
}

function address() {
  // Older than it is by ten seconds once something was swapped: what came in may have been read just before.
  const age = (performance.now() - heard) / 1000 + (heard ? 10 : 0);
  const asked = new URLSearchParams({ topics, age: age.toFixed(1) });
  if (cursor) asked.set("since", cursor);
  return `/live/?${asked}`;
}

function open() {
  clearTimeout(retry);
  coming?.close();
  const source = new EventSource(address());
  coming = source;
  asked = performance.now();
  source.onmessage = ({ data }) => frame(source, JSON.parse(data));
  source.onerror = () => failed(source);
}

function frame(source, said) {
  if (source !== current && source !== coming) return;
  if (source === coming) {
    current?.close();
    current = source;
    coming = undefined;
  }
  heard = performance.now();
  pause = 300;
  if (said.cursor) cursor = said.cursor;
  told(said.ended ? "ended" : said.lost ? "lost" : "open");
  document.dispatchEvent(new CustomEvent("live:frame", { detail: said }));
  if (said.ended) close();
  else if (said.again) later(Math.random() * 1000);
}

function failed(source) {
  source.close();
  if (source === current) current = undefined;
  else if (source === coming) coming = undefined;
  else return;
  if (!current) told("lost");
  if (!coming) later(pause * (0.5 + Math.random()));
  pause = Math.min(pause * 2, LONGEST);
}

function later(wait) {
  clearTimeout(retry);
  retry = setTimeout(() => topics && open(), wait);
}

// Also what is being opened may never speak: asked for over a way that is dead by now, it would wait for minutes.
setInterval(() => {
  const now = performance.now();
  if (current && now - heard >= SILENT) failed(current);
  if (coming && now - asked >= SILENT) failed(coming);
}, 5000);
window.addEventListener("online", () => topics && !current && open());
