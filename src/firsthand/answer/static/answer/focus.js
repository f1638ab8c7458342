// Where the keyboard stands after the page changed. `data-focus="…"` asks for it, once for each value; `data-focus-to`
// names another element that gets it. Whoever is typing keeps it.
const done = new Set();
const typing = () => document.activeElement?.matches("input:not([type=radio], [type=checkbox]), textarea, select");

function settle() {
  for (const sign of document.querySelectorAll("[data-focus]")) {
    if (done.has(sign.dataset.focus)) continue;
    done.add(sign.dataset.focus);
    const place = sign.dataset.focusTo ? document.querySelector(sign.dataset.focusTo) : sign;
    if (!typing()) place?.focus();
  }
}

document.addEventListener("htmx:afterSettle", settle);
settle();
