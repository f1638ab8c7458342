// The live parts of the page. An element stays where it is and its inside is swapped, so nothing said during a swap is
// lost; what comes back unchanged is not touched, and nothing is swapped under somebody's hands.
const states = new WeakMap();
const nudged = new Map(); // topic -> when it was last touched, for parts that arrive a moment later
const JUST_NOW = 10_000;
const TYPING = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select";

const STOPS = "a[href], button, summary, input, select, textarea, [tabindex]";

const all = () => document.querySelectorAll("[data-live]");
const topicsOf = (element) => element.dataset.live.split(" ").map((token) => token.slice(0, token.lastIndexOf("~")));
const hurried = (element, topic) => element.dataset.liveSlow && !element.dataset.liveSlow.split(" ").includes(topic);
const state = (element) => {
  if (!states.has(element)) states.set(element, { last: 0, wait: 1000 });
  return states.get(element);
};

export function nudge(topic) {
  nudged.set(topic, performance.now());
  for (const element of all()) if (topicsOf(element).includes(topic)) soon(element, 0, hurried(element, topic));
  document.body.dispatchEvent(new CustomEvent(`live:${topic}`, { bubbles: false }));
}

export function refresh() {
  for (const element of all()) soon(element, Math.random() * 500);
  document.dispatchEvent(new CustomEvent("live:refresh"));
}

// A part that came with a page was perhaps read before a nudge that this tab heard meanwhile.
export function fresh() {
  const recently = performance.now() - JUST_NOW;
  for (const element of all()) {
    if (states.has(element)) continue;
    state(element);
    if (topicsOf(element).some((topic) => nudged.get(topic) > recently)) soon(element);
  }
}

export function followed(root) {
  root.addEventListener("focusout", ({ target }) => {
    const element = target.closest?.("[data-live]");
    if (element && state(element).stale) setTimeout(soon, 0, element);
  });
}

export function signedOut() {
  document.dispatchEvent(new CustomEvent("live:state", { detail: "ended" }));
}

function soon(element, least = 0, hurry = false) {
  const its = state(element);
  its.stale = true;
  its.hurry ||= hurry;
  if (its.busy) return;
  if (its.timer && !hurry) return;
  clearTimeout(its.timer);
  const throttle = its.hurry ? 0 : Number(element.dataset.liveThrottle ?? 0);
  its.timer = setTimeout(() => {
    its.timer = undefined;
    if (element.isConnected) load(element, its);
  }, Math.max(least, its.last + throttle - performance.now()));
}

async function load(element, its) {
  const typing = document.activeElement;
  if (typing !== element && element.contains(typing) && typing.matches(TYPING)) return; // focusout asks again
  its.busy = true;
  its.stale = its.hurry = false;
  its.last = performance.now();
  try {
    await show(element, await ask(element));
    its.wait = 1000;
  } catch {
    its.hurry = false;
    its.stale = true;
    its.last = performance.now() + (its.wait = Math.min(its.wait * 2, 30_000)) * (0.5 + Math.random() / 2);
  } finally {
    its.busy = false;
  }
  if (its.stale && element.isConnected) soon(element);
}

function ask(element) {
  // No hand caused this: it must not keep a session awake.
  const headers = { "HX-Request": "true", "X-Background": "live", "HX-Current-URL": location.href };
  headers["HX-Live"] = element.dataset.livePart || "true";
  // Never stored: the same address is also the whole page, and Back must not show a fragment.
  return fetch(element.dataset.liveUrl, { headers, cache: "no-store", signal: AbortSignal.timeout(20_000) });
}

async function show(element, response) {
  if (response.status >= 500 || response.status === 429) throw new Error(String(response.status));
  const elsewhere = response.headers.get("HX-Redirect");
  if (elsewhere) location.assign(elsewhere);
  if (elsewhere || response.status === 204) return;
  const text = await response.text();
  if (!element.isConnected) return;
  const page = /^\s*<!doctype/i.test(text);
  if (!response.ok || response.redirected || page) moved(element, response, page && text);
  else if (!same(element, text)) swap(element, text);
}

// The part is gone, or it is somebody else's by now: the page behind it says what comes next, the phone beside it stays.
// An answer that is that page already says so, and is shown without asking again.
function moved(element, response, page) {
  if (!element.dispatchEvent(new CustomEvent("live:moved", { bubbles: true, cancelable: true }))) return;
  const main = element.closest("main");
  if (!main || !window.htmx) return;
  if (page && response.headers.get("HX-Retarget") === "main") {
    const now = { swapStyle: "outerHTML", swapDelay: 0, settleDelay: 0, show: "top", showTarget: "window" };
    window.htmx.swap(main, page, now, { select: "main" });
    return;
  }
  if (page && !response.redirected) return;
  const headers = { "HX-Boosted": "true" };
  window.htmx.ajax("GET", location.href, { target: "main", select: "main", swap: "outerHTML", headers });
}

function same(element, text) {
  const template = document.createElement("template");
  template.innerHTML = text;
  // The token of a form is written differently each time and means the same.
  const plain = ({ innerHTML }) => innerHTML.trim().replaceAll(/(name="csrfmiddlewaretoken" value=")[^"]*/g, "$1");
  return plain(template) === plain(element);
}

function swap(element, text) {
  const open = [...element.querySelectorAll("details[id][open]")].map(({ id }) => id);
  const scrolled = [...element.querySelectorAll("[id]")]
    .filter((inside) => inside.scrollTop || inside.scrollLeft)
    .map(({ id, scrollTop, scrollLeft }) => ({ id, scrollTop, scrollLeft }));
  const stood = element.contains(document.activeElement) && document.activeElement;
  const place = stood && [...element.querySelectorAll(STOPS)].filter((stop) => alike(stop, stood)).indexOf(stood);
  if (window.htmx) window.htmx.swap(element, text, { swapStyle: "innerHTML", swapDelay: 0, settleDelay: 0 });
  else element.innerHTML = text;
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  for (const { id, ...where } of scrolled) Object.assign(document.getElementById(id) ?? {}, where);
  const lost = !document.activeElement || document.activeElement.matches("body, main");
  if (stood && lost) stand(element, stood, place);
}

// Where the keyboard stood, it stands again; if that is gone, before what is there now, and not at the top of the page.
function stand(element, stood, place) {
  const found = [...element.querySelectorAll(STOPS)].filter((stop) => alike(stop, stood))[Math.max(place, 0)];
  if (!found && !element.hasAttribute("tabindex")) element.tabIndex = -1;
  (found ?? element).focus({ preventScroll: true });
}

function alike(one, other) {
  const told = (stop) => [
    stop.localName, stop.getAttribute("href"), stop.form?.getAttribute("action"), stop.name, stop.getAttribute("value"),
    stop.getAttribute("aria-label"), stop.parentElement.closest("[id]")?.id,
  ].join("\n");
  return told(one) === told(other);
}
