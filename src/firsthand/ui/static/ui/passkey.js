// allauth's passkey forms, wired whenever they come into the page.
import "../mfa/js/webauthn-json.js";
import "../mfa/js/webauthn.js";
import "../mfa/js/recovery_codes.js";

function wire() {
  for (const note of document.querySelectorAll("script[data-allauth-onload]:not([data-wired])")) {
    note.dataset.wired = "";
    const form = note.dataset.allauthOnload.split(".").slice(1).reduce((found, name) => found?.[name], window.allauth);
    form?.(JSON.parse(note.textContent));
  }
  // A press before this moment would have done nothing.
  for (const button of document.querySelectorAll("[data-passkey]")) button.disabled = false;
}

document.addEventListener("allauth.error", (event) => {
  const trouble = document.querySelector("#passkey-trouble");
  if (!trouble) return;
  event.preventDefault();
  trouble.hidden = false;
});
document.addEventListener("htmx:afterSettle", wire);
wire();
