"""Microphones that hum: a tone for each party, so that a test can hear who speaks to whom."""

import math
import struct
import tempfile
import wave
from functools import cache
from pathlib import Path

RATE = 48_000
SECONDS = 2


@cache
def tone(hz: int) -> Path:
    """A WAV file that Chromium plays as its microphone, over and over, without a click (whole periods)."""
    path = Path(tempfile.mkdtemp(prefix="firsthand-tones-")) / f"{hz}.wav"
    samples = (int(9000 * math.sin(2 * math.pi * hz * n / RATE)) for n in range(RATE * SECONDS))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
    return path
