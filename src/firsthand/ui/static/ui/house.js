// What the frame of every page does: notices close, menus close, the reader follows to the new page.
const cookie = (name) => document.cookie.match(`(?:^|; )${name}=([^;]*)`)?.[1];

document.addEventListener("click", ({ target }) => {
  target.closest?.("[data-dismiss]")?.closest(".notice")?.remove();
});

// A link to hand over: one press takes it along.
document.addEventListener("click", async ({ target }) => {
  const button = target.closest?.("[data-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  source.select();
  button.nextElementSibling.hidden = !(await copied(source.value));
});

// Over plain http a browser has no clipboard, and somebody may have forbidden it: then what is selected is copied in the
// old way, or stays selected for a hand to copy.
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return document.execCommand("copy");
  }
}

// A question that a newer one replaces (`hx-sync`) is no error. Whatever else goes wrong is still said, once.
window.htmx.logger = (element, name, detail) => {
  if (name === "htmx:sendAbort" || name === "htmx:afterRequest") delete detail.error;
};

document.addEventListener("htmx:configRequest", ({ detail }) => {
  // Signing in elsewhere renews the token; the one in this page would be refused.
  const token = cookie("csrftoken");
  if (token) detail.headers["X-CSRFToken"] = token;
  // What nobody's hand caused must not keep a session awake.
  const cause = detail.triggeringEvent;
  if (!cause || cause.type.startsWith("live:") || cause.type === "load") detail.headers["X-Background"] = "1";
});

// The step one is at stands in its row, also where the row is wider than a phone.
const here = () => {
  const step = document.querySelector(".tabs [aria-current]");
  if (step) step.parentElement.scrollLeft = step.offsetLeft - (step.parentElement.clientWidth - step.offsetWidth) / 2;
};
here();
document.addEventListener("htmx:afterSettle", ({ detail }) => detail.target?.localName === "main" && here());

// What an outage left behind goes as soon as something works again.
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (!detail.successful) return;
  for (const notice of document.querySelectorAll("#notices [data-passing]")) notice.remove();
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target?.localName !== "main") return;
  for (const menu of document.querySelectorAll(".house [popover]:popover-open")) menu.hidePopover();
  const main = document.querySelector("main");
  const wrong = main.querySelector("[aria-invalid=true]");
  if (wrong) wrong.focus(); // it says itself what is wrong with it
  else if (!main.querySelector("[autofocus]")) main.focus({ preventScroll: true });
});
