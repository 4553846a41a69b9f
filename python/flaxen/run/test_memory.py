"""Page faults are counted, not timed: a page that was handed back must be faulted in anew."""

import subprocess
import sys

import pytest

PROGRAM = """
import resource, sys
import numpy as np
from flaxen.run.memory import keep_freed_memory
if sys.argv[1] == "keep":
    keep_freed_memory({})
np.ones(8_000_000)
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(10):
    np.ones(8_000_000)
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other C libraries are left as they are")
def test_freed_memory_serves_the_next_step(pytestconfig):
    def faults(how):
        command = [sys.executable, "-c", PROGRAM, how]
        return int(subprocess.check_output(command, cwd=pytestconfig.rootpath, text=True))

    assert faults("keep") * 4 < faults("as it is")
