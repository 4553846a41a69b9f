"""The part of a training program that is the same for every model; copied beside each program."""

import os

# The same seed gives the same bits on a GPU too. XLA reads this once, when its first device is made.
_FLAG = "--xla_gpu_deterministic_ops"
if _FLAG not in os.environ.get("XLA_FLAGS", ""):
    os.environ["XLA_FLAGS"] = f"{os.environ.get('XLA_FLAGS', '')} {_FLAG}=true".strip()
