// A page nobody touches says a minute before that it will lock, and shows the lock page when it has. When that is, the
// server knows: another tab, or a call, keeps the session too. Of a hand here it hears once a minute.
import { isAside, lay, takeBack, typed } from "./aside.js";

const { content, dataset } = document.querySelector('meta[name="lock"]');
const place = document.querySelector("#lock");
const words = document.querySelector("#lock-warning");
const SECOND = 1000;
const MINUTE = 60 * SECOND;
let due = Date.now() + Number(content) * SECOND - MINUTE; // when to ask
let told = Date.now();
let telling;

const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "";

async function ask(method) {
  due = Date.now() + 15 * SECOND; // if nobody answers
  const answer = await fetch(dataset.here, { method, headers: { "X-CSRFToken": token() } }).catch(() => null);
  if (answer?.status === 423) return leave();
  if (isAside() && answer?.redirected) return location.reload(); // signed out meanwhile
  if (!answer?.ok || answer.redirected) return;
  const { left, warning, who } = await answer.json();
  if (isAside() && who !== Number(dataset.who)) return location.reload(); // somebody else has the tab's computer now
  takeBack(token());
  const soon = left <= warning;
  due = Date.now() + (soon ? Math.min(left + 1, 10) : left - warning) * SECOND;
  say(soon);
}

function say(soon) {
  if (!soon) place.replaceChildren();
  else if (!place.hasChildNodes()) place.append(words.content.cloneNode(true));
}

function leave() {
  say(false);
  due = Date.now() + 3 * SECOND;
  if (isAside() || typed()) return lay();
  const back = encodeURIComponent(location.pathname + location.search);
  location.assign(`${dataset.locked}?next=${back}`);
}

function tell() {
  clearTimeout(telling);
  telling = undefined;
  told = Date.now();
  say(false);
  ask("POST");
}

// What is touched within the minute is told at its end: else the server's clock would run ahead of the warning.
function hand() {
  if (isAside()) return;
  const wait = told + MINUTE - Date.now();
  if (wait <= 0 || place.hasChildNodes()) tell();
  else telling ??= setTimeout(tell, wait);
}

function check() {
  if (Date.now() >= due || isAside()) ask("GET");
}

// Something was sent after the lock: nothing of it was done, and it is typed still.
document.addEventListener("htmx:beforeOnLoad", (event) => {
  if (!event.detail.xhr.getResponseHeader("HX-Redirect")?.startsWith(dataset.locked)) return;
  if (!isAside() && !typed()) return;
  event.preventDefault();
  leave();
});

// A word that is dictated has no key, a press by voice no pointer, a wheel neither.
for (const kind of ["keydown", "pointerdown", "click", "input", "wheel"]) {
  document.addEventListener(kind, hand, { passive: true, capture: true });
}
document.addEventListener("visibilitychange", check);
setInterval(check, 5 * SECOND);
