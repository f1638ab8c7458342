// The microphone: opening it, how loud it is, hearing oneself. Nothing is kept.

const CHOICE = "firsthand-microphone"; // which device, not who: the browser's own random name for it

export const chosen = () => localStorage.getItem(CHOICE) ?? "";
export const choose = (id) => (id ? localStorage.setItem(CHOICE, id) : localStorage.removeItem(CHOICE));

const REASONS = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotFoundError: "missing",
  NotReadableError: "busy",
  AbortError: "busy",
  OverconstrainedError: "gone",
};

// Why there is no microphone, as the name of a sentence.
export class NoMicrophone extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

export async function open(device = chosen()) {
  // Over plain http a browser hides the microphone altogether, except on this machine itself.
  if (!navigator.mediaDevices?.getUserMedia) throw new NoMicrophone("insecure");
  const audio = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  if (device) audio.deviceId = { exact: device };
  try {
    return await navigator.mediaDevices.getUserMedia({ audio, video: false });
  } catch (error) {
    throw new NoMicrophone(REASONS[error.name] ?? "other");
  }
}

export const close = (stream) => stream?.getTracks().forEach((track) => track.stop());

export async function microphones() {
  const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  return devices.filter(({ kind, deviceId }) => kind === "audioinput" && deviceId);
}

let context;
// One for the page; it sleeps until the page may make a sound.
export async function sounds() {
  context ??= new AudioContext();
  if (context.state === "suspended") await Promise.race([context.resume(), new Promise((done) => setTimeout(done, 300))]);
  return context;
}

// Calls back about ten times a second with 0…1 until the returned function is called.
export async function level(stream, show) {
  const ctx = await sounds();
  const source = ctx.createMediaStreamSource(stream);
  const analyser = ctx.createAnalyser();
  analyser.fftSize = 1024;
  source.connect(analyser);
  const wave = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(wave);
    const power = wave.reduce((sum, value) => sum + value * value, 0) / wave.length;
    // Decibels, because ears work that way: -60 dB is 0, -10 dB is 1.
    show(Math.min(1, Math.max(0, (10 * Math.log10(power + 1e-9) + 60) / 50)));
  }, 100);
  return () => { clearInterval(timer); source.disconnect(); };
}

// Hear oneself a second later, straight from the microphone. Ends with the returned function.
export async function echo(stream) {
  const ctx = await sounds();
  const source = ctx.createMediaStreamSource(stream);
  const delay = ctx.createDelay(1);
  delay.delayTime.value = 1;
  source.connect(delay).connect(ctx.destination);
  return () => { source.disconnect(); delay.disconnect(); };
}
