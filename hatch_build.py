"""At build time the message catalogues are compiled and the word lists stored as they are loaded fastest:
where a wheel is installed nothing else is needed.
"""

import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Catalogues(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        package = Path(self.root, "src/firsthand")
        # By its path: what is being built cannot be imported yet.
        runpy.run_path(str(package / "config" / "catalogues.py"))["compile_stale"](package / "locale")
        for mo in package.glob("locale/*/LC_MESSAGES/*.mo"):
            build_data["artifacts"].append(str(mo.relative_to(self.root)))
        # In a process of its own: only here the source itself is on the path.
        subprocess.run(
            [sys.executable, "-m", "firsthand.protect.pure.screen"],
            env={**os.environ, "PYTHONPATH": str(package.parent)},
            check=True,
        )
        build_data["artifacts"].append("src/firsthand/protect/lexicon/stored.json")
