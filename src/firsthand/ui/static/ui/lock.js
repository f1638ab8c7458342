// A page nobody touches asks whether it is locked by now, and goes to the lock page if so. Typing counts as a hand on
// the keyboard, and the server hears of it once a minute.
const { content, dataset } = document.querySelector('meta[name="lock"]');
const MINUTE = 60_000;
let touched = Date.now();
let told = touched;

async function ask(method) {
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "";
  const answer = await fetch(dataset.here, { method, headers: { "X-CSRFToken": token } }).catch(() => null);
  if (answer?.status !== 423) return;
  const back = encodeURIComponent(location.pathname + location.search);
  location.assign(`${dataset.locked}?next=${back}`);
}

function hand() {
  touched = Date.now();
  if (touched - told < MINUTE) return;
  told = touched;
  ask("POST");
}

function check() {
  if (Date.now() - touched > Number(content) * 1000) ask("GET");
}

for (const kind of ["keydown", "pointerdown"]) document.addEventListener(kind, hand, { passive: true });
document.addEventListener("visibilitychange", check);
setInterval(check, 15_000);
