"""Who is started by the supervisor ends with it, also when it is killed while its child begins."""

import os
import signal
import subprocess
import sys

from firsthand.config import orphan
from tests.config import homes

WATCHES = """
import time
from firsthand.config import orphan
orphan.watch()
print("watches", flush=True)
time.sleep(60)
"""

STARTS = """
import subprocess, sys
from firsthand.config import orphan
child = subprocess.Popen([sys.executable, "-c", sys.argv[1]], env=orphan.environment())
print(child.pid, flush=True)
child.wait()
"""


def watching(parent: int) -> subprocess.Popen[str]:
    surroundings = {**os.environ, orphan.SUPERVISED: str(parent)}
    return subprocess.Popen(
        [sys.executable, "-c", WATCHES], env=surroundings, stdout=subprocess.PIPE, text=True
    )


def test_it_goes_on_while_its_parent_is_there():
    with watching(os.getpid()) as child:
        assert child.stdout.readline() == "watches\n"
        try:
            child.wait(orphan.LOOK * 2)
        except subprocess.TimeoutExpired:
            child.kill()
    assert child.returncode == -signal.SIGKILL


def test_it_ends_when_its_parent_was_gone_before_it_looked():
    with subprocess.Popen(["true"]) as gone:
        gone.wait()
    with watching(gone.pid) as child:
        assert child.wait(20) == -signal.SIGTERM


def test_it_ends_when_its_parent_is_killed_while_it_begins():
    with subprocess.Popen(
        [sys.executable, "-c", STARTS, WATCHES], stdout=subprocess.PIPE, text=True
    ) as parent:
        number = int(parent.stdout.readline())
        parent.kill()
    homes.until(lambda: not homes.runs(number))
