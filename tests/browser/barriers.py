"""Whom a page would keep out, as far as a machine can tell: axe, wide and narrow, in light and in dark."""

from __future__ import annotations

import os
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.conftest import shot

WIDTHS = (1440, 390)
ALL: dict[str, Any] = {"resultTypes": ["violations"]}
# In dark nothing but the colours is another (tests/ui/test_templates.py), so nothing else is asked again.
COLOURS = {**ALL, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
# Each colour changes with a transition, and what inherits it begins its own when that one has ended: else the colours
# of before are judged.
PAINTED = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  const moves = () => document.getAnimations().some((one) => one.playState === "running");
  for (let quiet = 0, seen = 0; quiet < 2; quiet = moves() ? 0 : quiet + 1) {
    if (++seen > 600) throw new Error("it moves for ever");
    await frame();
  }
}"""


def found(page: Page, options: dict[str, Any] = ALL) -> list[object]:
    """What axe finds on the page as it stands, when nothing moves any more."""
    page.evaluate(PAINTED)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    violations = page.evaluate("options => axe.run(options).then(found => found.violations)", options)
    return [(one["id"], [(node["html"], node["any"]) for node in one["nodes"]]) for one in violations]


def none(page: Page, name: str, widths: tuple[int, ...] = ()) -> None:
    """In light and in dark; as wide as it is or, loaded once, at each of these widths, at which nothing is cut off.
    What changes in between is only the window and the light. With FIRSTHAND_SHOTS, pictures at both widths.
    """
    before = page.viewport_size
    height = before["height"] if before else 900
    looked = widths or ((before["width"],) if before else ())
    for width in {*looked, *WIDTHS} if os.environ.get("FIRSTHAND_SHOTS") else looked:
        page.set_viewport_size({"width": width, "height": height})
        if width in widths:
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
        for scheme, options in (("light", ALL), ("dark", COLOURS)):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            if width in looked:
                assert not (seen := found(page, options)), (name, width, scheme, seen)
            else:
                page.evaluate(PAINTED)
            shot(page, f"{name}-{width}-{scheme}")
    page.set_viewport_size(before)
    page.emulate_media(color_scheme="light")
