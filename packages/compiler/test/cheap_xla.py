"""Importing it before JAX makes XLA compile as quickly as it can: for programs that run once or twice."""

import importlib.metadata
import os

# The old emitters compile in half the time; a later XLA has them no more, and stops at flags that it does not know.
OLD_EMITTERS = importlib.metadata.version("jaxlib").startswith("0.10.")
os.environ["XLA_FLAGS"] = " ".join(
    ["--xla_backend_optimization_level=0", "--xla_cpu_parallel_codegen_split_count=1"]
    + ["--xla_cpu_use_fusion_emitters=false"] * OLD_EMITTERS
)
