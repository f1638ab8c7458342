"""`python -m tests.corpus [build|check|held_out]`: the figures of the screen on one part, nothing else.

`python -m tests.corpus learn`: count the words of build anew (`pure/screen/tone.py`).
"""

import sys

from tests.corpus.learning import learn
from tests.corpus.scoring import table

if sys.argv[1:] == ["learn"]:
    learn()
else:
    for part in sys.argv[1:] or ["build", "check"]:
        print(table(part))
