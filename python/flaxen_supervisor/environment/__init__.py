"""Named Python environments, built once from lock files with hashes and shared by all runs."""
