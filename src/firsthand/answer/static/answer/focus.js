// Where the keyboard stands after the page changed. `data-focus="…"` asks for it, once for each value; `data-focus-to`
// names another element that gets it. Whoever is typing keeps it; who lost it because the page was drawn anew gets it back.
const done = new Set();
let last;

const typing = () => document.activeElement?.matches("input:not([type=radio], [type=checkbox]), textarea, select");
const lost = () => !document.activeElement || document.activeElement.matches("body, main");

function settle() {
  for (const sign of document.querySelectorAll("[data-focus]")) {
    const wish = sign.dataset.focus;
    const fresh = !done.has(wish);
    done.add(wish);
    if (fresh ? typing() : wish !== last || !lost()) continue;
    last = wish;
    const place = sign.dataset.focusTo ? document.querySelector(sign.dataset.focusTo) : sign;
    place?.focus({ preventScroll: !fresh });
  }
}

document.addEventListener("htmx:afterSettle", settle);
settle();

// [data-focus-asked]: a field that somebody asked for by its key, also out of one they were typing in.
document.addEventListener("htmx:afterSettle", ({ detail }) => detail.target?.querySelector("[data-focus-asked]")?.focus());

// <details data-focus-inside>: whoever opens it wants to type in its first field.
document.addEventListener("toggle", ({ target }) => {
  if (target.open && "focusInside" in target.dataset) target.querySelector("input:not([type=hidden])")?.focus();
}, true);
