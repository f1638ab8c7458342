"""A demo insurer to look around in: `build()` once, `ensure_today()` and `tonight()` at every start."""

from firsthand.home.demo.asked import tonight
from firsthand.home.demo.build import build, ensure_today

__all__ = ["build", "ensure_today", "tonight"]
