// What a page says to the server, in order and with patience: a dead server must not end a call.

const FIRST = 250;
const LONGEST = 4000;
export const PATIENCE = 8000; // ms for an answer; a server that hangs is as good as dead

const cookie = (name) => document.cookie.match(new RegExp(`(?:^|; )${name}=([^;]*)`))?.[1];
const rest = (ms) => new Promise((done) => setTimeout(done, ms));

// The cookie first: another tab of this browser may have signed in since the page was loaded.
export const token = (csrf) => cookie(csrf.cookie) ?? csrf.token;

export const post = (url, body, csrf) =>
  fetch(url, {
    method: "POST",
    body,
    signal: AbortSignal.timeout(PATIENCE),
    headers: {
      "X-CSRFToken": token(csrf),
      ...(body instanceof FormData ? {} : { "Content-Type": "application/json" }),
    },
  });

export const form = (fields) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value !== false) data.append(name, value === true ? "1" : value);
  return data;
};

// The page is going: the only message a browser still sends then.
export const farewell = (url, fields, csrf) =>
  navigator.sendBeacon(url, form({ ...fields, csrfmiddlewaretoken: token(csrf) }));

// One queue a call. A message waits for the one before it, and goes on trying while it is still wanted.
export class Outbox {
  #turn = Promise.resolve();

  constructor(url, csrf) {
    this.url = url;
    this.csrf = csrf;
    this.closed = false;
  }

  // Resolves with "" when delivered, with the server's code when refused, with "dropped" when no longer wanted.
  put(message, wanted = () => true) {
    this.#turn = this.#turn.then(() => this.#deliver(JSON.stringify(message), wanted));
    return this.#turn;
  }

  async #deliver(body, wanted) {
    for (let wait = FIRST; !this.closed && wanted(); wait = Math.min(wait * 2, LONGEST)) {
      const answer = await post(this.url, body, this.csrf).catch(() => null);
      if (answer?.ok) return "";
      if ([400, 404, 409].includes(answer?.status)) return (await answer.json().catch(() => ({}))).code ?? "no_leg";
      await rest(wait * (0.8 + Math.random() * 0.4));
    }
    return "dropped";
  }
}
