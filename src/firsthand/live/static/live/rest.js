// A hidden tab goes quiet and fetches everything when it is shown again. One with a phone keeps its stream, if it gets
// one of three places: a browser opens six connections to a server over HTTP/1.1, and a page needs some of them.
const PLACES = 3;
const AFTER = 30_000;

let quiet = false;
let timer;
let leave; // gives the place back

export const resting = () => quiet;

const tell = (now) => {
  if (quiet === now) return;
  quiet = now;
  document.dispatchEvent(new CustomEvent("live:rest"));
};

async function place() {
  if (!navigator.locks) return true;
  for (let number = 0; number < PLACES; number += 1) {
    if (await taken(`firsthand-live-${number}`)) return true;
  }
  return false;
}

function taken(name) {
  return new Promise((answer) => {
    navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      answer(Boolean(lock));
      return lock && new Promise((free) => { leave = free; });
    });
  });
}

async function hidden() {
  const phone = document.querySelector("[data-live-messages]");
  const kept = phone && (await place());
  if (document.hidden) tell(!kept);
  else shown();
}

function shown() {
  clearTimeout(timer);
  leave?.();
  leave = undefined;
  tell(false);
}

function changed() {
  clearTimeout(timer);
  if (document.hidden) timer = setTimeout(hidden, AFTER);
  else shown();
}

document.addEventListener("visibilitychange", changed);
if (document.hidden) changed();
