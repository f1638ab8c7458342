// One stream a tab. The server says what changed; the parts fetch themselves again over HTTP, under the reader's own
// rights. Beside nudges only call signalling travels here. A page without a live element opens no stream.
import { connect, disconnect } from "./stream.js";
import { followed, fresh, nudge, refresh, signedOut } from "./parts.js";
import { resting } from "./rest.js";
import "./state.js";

const seen = new Set(); // messages come twice while an old stream overlaps the new one

function topics() {
  const said = (name) => [...document.querySelectorAll(`[data-${name}]`)]
    .flatMap((element) => element.getAttribute(`data-${name}`).split(" "));
  return [...new Set([...said("live"), ...said("live-messages")])].filter(Boolean).sort();
}

function say() {
  if (resting()) disconnect();
  else connect(topics());
  fresh();
}

function hear({ touched = [], messages = [], refresh: all, ended }) {
  for (const { id, topic, message } of messages) {
    if (seen.has(id)) continue;
    seen.add(id);
    if (seen.size > 2000) seen.delete(seen.values().next().value);
    document.dispatchEvent(new CustomEvent("live:message", { detail: { topic, message } }));
  }
  for (const topic of touched) nudge(topic);
  if (all) refresh();
  if (ended) signedOut();
}

document.addEventListener("live:frame", ({ detail }) => hear(detail));
document.addEventListener("live:rest", () => {
  say();
  if (!resting()) refresh();
});
window.addEventListener("pageshow", ({ persisted }) => persisted && refresh());

// Whatever brings new elements (htmx, Back, a custom element that learns its topic) is seen here, once for each batch.
let waiting;
new MutationObserver(() => {
  waiting ??= setTimeout(() => { waiting = undefined; say(); }, 20);
}).observe(document.documentElement, {
  subtree: true, childList: true, attributeFilter: ["data-live", "data-live-messages"],
});
followed(document);
say();
