"""`python -m tests.corpus [build|check|held_out]`: the figures of the screen on one part, nothing else.

`python -m tests.corpus learn`: learn anew what a clause tells (`pure/screen/sense.py`).
`python -m tests.corpus cross`: the figures on each writer's notes, learned on all the others'.
"""

import os
import sys

os.environ["OPENBLAS_NUM_THREADS"] = (
    "1"  # before numpy: what is learned must not hang on how many cores added it up
)

from tests.corpus.crossing import cross
from tests.corpus.learning import learn
from tests.corpus.scoring import table

if sys.argv[1:] == ["learn"]:
    learn()
elif sys.argv[1:] == ["cross"]:
    print(cross())
else:
    for part in sys.argv[1:] or ["build", "check"]:
        print(table(part))
