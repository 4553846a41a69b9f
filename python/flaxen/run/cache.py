"""XLA's compiled executables, kept between processes."""

import os
import pathlib

import jax


def use_cache():
    """Uses the folder named by FLAXEN_CACHE, if there is one; it is for its owner's eyes only.

    No maximum size: it makes JAX read the times of all files at every compilation.
    """
    folder = os.environ.get("FLAXEN_CACHE")
    if folder:
        pathlib.Path(folder).mkdir(mode=0o700, parents=True, exist_ok=True)
        jax.config.update("jax_compilation_cache_dir", folder)
        jax.config.update("jax_persistent_cache_min_compile_time_secs", 0)
        jax.config.update("jax_persistent_cache_min_entry_size_bytes", 0)
