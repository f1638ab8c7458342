// A call as one page knows it: (state, event) → state. No clock, no network, no page: what is shown follows from this.

export const start = Object.freeze({
  phase: "idle", // idle · elsewhere (another page of mine has it) · on · over
  epoch: 0,
  role: "",
  mode: "",
  lines: [], // whom I must be connected to
  others: [], // roles in the call beside me
  away: [], // those whose page is closed, reloading or silent
  linked: {}, // role → whether sound can flow
  muted: false,
  microphone: "", // "", "on", or why not (media.js)
  blocked: false, // the browser wants a click before it plays sound
  endedBy: "",
  talkedFor: null, // seconds, when `talkedAt` was
  talkedAt: 0,
});

const steps = {
  leg: (state) => ({ ...start, muted: state.muted, microphone: state.microphone, phase: "on" }),
  topology: (state, { topology, at }) =>
    topology.epoch < state.epoch || state.phase !== "on"
      ? state
      : {
          ...state,
          epoch: topology.epoch,
          role: topology.role,
          mode: topology.mode,
          lines: topology.lines,
          others: topology.others,
          away: topology.away,
          talkedFor: topology.talked_for,
          talkedAt: at,
        },
  linked: (state, { role, on }) => ({ ...state, linked: { ...state.linked, [role]: on } }),
  muted: (state, { on }) => ({ ...state, muted: on }),
  microphone: (state, { says }) => ({ ...state, microphone: says }),
  blocked: (state, { on }) => ({ ...state, blocked: on }),
  elsewhere: (state) => ({ ...start, muted: state.muted, phase: "elsewhere" }),
  over: (state, { endedBy }) => ({ ...state, phase: "over", lines: [], linked: {}, endedBy, talkedFor: null }),
};

export const next = (state, event) => steps[event.type](state, event);

// A conversation is between these two; a specialist comes to it.
const isPair = (role) => role === "customer" || role === "helper";

// Which sentence of the page's templates says how the call stands.
export function sentence(state) {
  if (state.phase === "over") return `over-${state.endedBy || "house"}`;
  if (state.phase !== "on" || !state.epoch) return state.phase === "on" ? "joining" : state.phase;
  if (!state.others.some(isPair)) return "alone";
  if (state.away.some(isPair)) return "away";
  if (state.role === "specialist" && !state.lines.length) return "aside";
  const missing = isPair(state.role) && !state.lines.some((line) => isPair(line.role));
  const silent = state.lines.some((line) => (line.send || line.recv) && !state.linked[line.role]);
  return missing || silent ? "connecting" : state.mode;
}

// Whether somebody else hears this call, by the mode in which they do: shown as long as it is so, whatever else is.
const OVERHEARD = new Set(["listen", "whisper", "conference"]);
export const overheard = (state) =>
  state.phase === "on" && state.role !== "specialist" && OVERHEARD.has(state.mode) && state.others.includes("specialist")
    ? state.mode
    : "";

// Whole seconds since both sides heard each other; null before.
export const talked = (state, now) =>
  state.talkedFor === null ? null : Math.max(0, Math.floor(state.talkedFor + (now - state.talkedAt) / 1000));

// 65 → 1:05, an hour and more → 1:01:05, as the server writes it.
export function clock(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
