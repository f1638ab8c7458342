"""Test instruments inside a page: which tones are heard over which connection, and a hand on the connections.

The page's own script offers figures only. This stands beside it, in the test's browser.
"""

from playwright.sync_api import BrowserContext, Page

# As in a real headset test: the browser's clean-up of a voice would take a pure tone for noise.
INSTRUMENT = """
(() => {
  const microphones = navigator.mediaDevices;
  if (microphones) {
    const open = microphones.getUserMedia.bind(microphones);
    microphones.getUserMedia = () =>
      open({ audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false } });
  }
  const lines = (window.testLines = []);
  window.testAnswers = [];
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(config) {
      super(config);
      this.config = config;
      lines.push(this);
    }
  };
  const ask = window.fetch;
  window.fetch = async (...said) => {
    const answer = await ask(...said);
    if (String(said[0]).endsWith("/signal") && !answer.ok) {
      testAnswers.push({ status: answer.status, ...(await answer.clone().json()) });
    }
    return answer;
  };
  const context = () => (window.testContext ??= new AudioContext({ sampleRate: 48000 }));
  window.testTones = async (frequencies, ms = 500) => {
    await context().resume();
    const ears = lines.filter((line) => line.connectionState === "connected").map((line) => {
      const [receiver] = line.getReceivers();
      if (!receiver) return null;
      if (!line.testEar) {
        line.testEar = context().createAnalyser();
        line.testEar.fftSize = 4096;
        line.testEar.smoothingTimeConstant = 0;
        context().createMediaStreamSource(new MediaStream([receiver.track])).connect(line.testEar);
      }
      return line.testEar;
    }).filter(Boolean);
    await new Promise((done) => setTimeout(done, ms));
    const loudest = {};
    for (const ear of ears) {
      const bins = new Float32Array(ear.frequencyBinCount);
      ear.getFloatFrequencyData(bins);
      for (const [name, hz] of Object.entries(frequencies)) {
        const at = Math.round((hz * 4096) / 48000);
        loudest[name] = Math.max(loudest[name] ?? -200, ...bins.slice(at - 1, at + 2));
      }
    }
    return loudest;
  };
})();
"""
TONES = {"customer": 440, "helper": 700, "specialist": 1100}
AUDIBLE = -60  # dB; a tone that is sent arrives at about -22, one that is not at -90 or less


def put_ears(context: BrowserContext) -> None:
    context.add_init_script(INSTRUMENT)


def heard(page: Page) -> set[str]:
    """Whose tone this page receives right now."""
    loudness = page.evaluate("tones => testTones(tones)", TONES)
    return {name for name, decibel in loudness.items() if decibel is not None and decibel > AUDIBLE}


def figures(page: Page) -> dict:
    """What the page's own instrument says of the one call it has."""
    all_calls = page.evaluate("firsthandVoice.stats()")
    return all_calls[0] if all_calls else {}
