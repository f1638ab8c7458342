// What the frame of every page does: notices close, menus close, the reader follows to the new page.
const cookie = (name) => document.cookie.match(`(?:^|; )${name}=([^;]*)`)?.[1];

document.addEventListener("click", ({ target }) => {
  target.closest?.("[data-dismiss]")?.closest(".notice")?.remove();
});

document.addEventListener("htmx:configRequest", ({ detail }) => {
  // Signing in elsewhere renews the token; the one in this page would be refused.
  const token = cookie("csrftoken");
  if (token) detail.headers["X-CSRFToken"] = token;
  // What nobody's hand caused must not keep a session awake.
  const cause = detail.triggeringEvent;
  if (!cause || cause.type.startsWith("live:") || cause.type === "load") detail.headers["X-Background"] = "1";
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target.localName !== "main") return;
  for (const menu of document.querySelectorAll(".house [popover]:popover-open")) menu.hidePopover();
  const main = document.querySelector("main");
  if (!main.querySelector("[autofocus]")) main.focus({ preventScroll: true });
});
