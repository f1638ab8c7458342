// What somebody typed and has not sent outlives the lock: the page waits in the memory of its tab, not in the browser's
// storage, until they have shown in another tab that it is still them.
const NO_WORDS = "[type=hidden], [type=password], [type=checkbox], [type=radio], [type=file]";
const FIELDS = `main :is(textarea, input:not(${NO_WORDS}))`;
const words = document.querySelector("#lock-aside");
let kept;
let tab;

export const isAside = () => Boolean(kept);
export const typed = () => [...document.querySelectorAll(FIELDS)].some((field) => field.value !== field.defaultValue);

export function lay() {
  if (kept) return;
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
  const main = document.querySelector("main");
  kept = { title: document.title, focus: document.activeElement, top: scrollY, nodes: [...main.childNodes] };
  document.body.classList.add("laid-aside");
  const title = document.createElement("h1");
  title.textContent = document.title = words.dataset.title;
  title.tabIndex = -1;
  main.replaceChildren(title, words.content.cloneNode(true));
  title.focus();
}

// Only for the same person: whose page it is, lock.js has asked.
export function takeBack(token) {
  if (!kept) return;
  document.querySelector("main").replaceChildren(...kept.nodes);
  document.body.classList.remove("laid-aside");
  // To sign in renews the token; what waits to be sent carries the one from before.
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  document.title = kept.title;
  scrollTo(0, kept.top);
  kept.focus?.focus?.({ preventScroll: true });
  tab?.close();
  kept = tab = undefined;
}

// Opened from here, so that it can be closed from here; where that is forbidden the link opens it.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-unlock]");
  if (!link) return;
  tab = window.open(link.href, "_blank");
  if (tab) event.preventDefault();
});
