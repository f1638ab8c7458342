// data-key="alt+a" on a button or link presses it. Alt+K lists the keys of this page, and so does what carries data-keys.
// Never a letter or a sign alone: who dictates says many of them.
const LIST = "alt+k";
const MODIFIERS = ["ctrl", "alt", "shift", "meta"];

function said(event) {
  const held = MODIFIERS.filter((name) => event[`${name}Key`]);
  // What is printed on the key: a Swiss Z is where the code says Y. Only where Alt turns the letter into another
  // sign, as on a Mac, the place on the keyboard has to do.
  const plain = /^[a-z0-9]$/i.test(event.key);
  const key = plain ? event.key : (/^(Key|Digit)(.)$/.exec(event.code)?.[2] ?? event.key);
  return [...held, key.toLowerCase()].join("+");
}

const writing = (element) => element?.closest?.("input, textarea, select, [contenteditable]");
const usable = (element) => !element.disabled && element.checkVisibility();
// Before an open dialog the page behind it has no keys.
const carriers = () => [...(document.querySelector("dialog[open]") ?? document).querySelectorAll("[data-key]")].filter(usable);

function list(event) {
  const dialog = document.querySelector("#keys");
  if (!dialog || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  const lines = carriers().flatMap((element) => {
    const keys = document.createElement("dt");
    for (const part of element.dataset.key.split("+")) {
      const cap = document.createElement("kbd");
      cap.textContent = part.length > 1 ? part[0].toUpperCase() + part.slice(1) : part.toUpperCase();
      keys.append(cap, " ");
    }
    const what = document.createElement("dd");
    what.textContent = element.dataset.keyLabel ?? element.getAttribute("aria-label") ?? plain(element);
    return [keys, what];
  });
  dialog.querySelector("dl").replaceChildren(...lines);
  dialog.querySelector(".empty").hidden = lines.length > 0;
  dialog.showModal();
}

function plain(element) {
  const copy = element.cloneNode(true);
  copy.querySelectorAll("kbd, .hidden-words").forEach((part) => part.remove());
  return copy.textContent.trim().replace(/[\s+]+$/, "");
}

document.addEventListener("keydown", (event) => {
  if (event.repeat || event.isComposing) return;
  const keys = said(event);
  if (keys === LIST) return list(event);
  const bare = !/(ctrl|alt|meta)\+/.test(keys);
  if (bare && writing(event.target)) return;
  const found = carriers().find((element) => element.dataset.key.toLowerCase() === keys);
  if (!found) return;
  event.preventDefault();
  if (found.matches("input:not([type=submit]), textarea, select")) found.focus();
  else found.click();
});

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-keys]")) list(event);
});
