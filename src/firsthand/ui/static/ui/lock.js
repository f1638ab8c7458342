// A page nobody touches says a minute before that it will lock, and goes to the lock page when it has. The server knows
// when: another tab, or a call, keeps the session too. It hears of a hand here once a minute, after the warning at once.
const { content, dataset } = document.querySelector('meta[name="lock"]');
const place = document.querySelector("#lock");
const words = document.querySelector("#lock-warning");
const SECOND = 1000;
const MINUTE = 60 * SECOND;
let due = Date.now() + Number(content) * SECOND - MINUTE; // when to ask
let told = Date.now();
let telling;

async function ask(method) {
  due = Date.now() + 15 * SECOND; // if nobody answers
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "";
  const answer = await fetch(dataset.here, { method, headers: { "X-CSRFToken": token } }).catch(() => null);
  if (answer?.status === 423) return leave();
  if (!answer?.ok || answer.redirected) return;
  const { left, warning } = await answer.json();
  const soon = left <= warning;
  due = Date.now() + (soon ? Math.min(left + 1, 10) : left - warning) * SECOND;
  say(soon);
}

function say(soon) {
  if (!soon) place.replaceChildren();
  else if (!place.hasChildNodes()) place.append(words.content.cloneNode(true));
}

function leave() {
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
  const wait = told + MINUTE - Date.now();
  if (wait <= 0 || place.hasChildNodes()) tell();
  else telling ??= setTimeout(tell, wait);
}

function check() {
  if (Date.now() >= due) ask("GET");
}

// A word that is dictated has no key, a press by voice no pointer, a wheel neither.
for (const kind of ["keydown", "pointerdown", "click", "input", "wheel"]) {
  document.addEventListener(kind, hand, { passive: true, capture: true });
}
document.addEventListener("visibilitychange", check);
setInterval(check, 5 * SECOND);
