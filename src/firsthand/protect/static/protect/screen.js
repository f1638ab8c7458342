// Under a field of free text the server says what it gives away. Whoever types keeps the focus; who pressed a button
// that is gone gets the next one, or the field again. A decision saves the form as typing does.
const part = (element) => element?.closest?.("[data-screen]");
const field = (screen) => document.getElementById(screen.id.replace(/^screen-/, ""));
let pressed = null;

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  const screen = part(detail.elt);
  if (screen && detail.elt !== screen) pressed = screen.id;
});

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const screen = part(detail.elt) ?? part(detail.target);
  if (!screen || screen.id !== pressed) return;
  pressed = null;
  const lost = !document.activeElement || document.activeElement === document.body;
  const why = screen.querySelector("[data-why]");
  if (why) return why.focus();
  if (lost) (screen.querySelector(".found-words button") ?? field(screen))?.focus();
  screen.closest("form")?.dispatchEvent(new Event("change", { bubbles: true }));
});

// A key pressed in the field decides about the first passage under that very field.
document.addEventListener("keydown", (event) => {
  const why = event.target.closest?.("[data-why]");
  if (!why || event.key !== "Enter") return;
  event.preventDefault();
  why.parentElement.querySelector("button").click();
});
