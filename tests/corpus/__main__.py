"""`python -m tests.corpus [build|check|held_out]`: the figures of the screen on one part, nothing else."""

import sys

from tests.corpus.scoring import table

for part in sys.argv[1:] or ["build", "check"]:
    print(table(part))
