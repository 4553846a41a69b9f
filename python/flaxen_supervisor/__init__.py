"""Owns the folders and logs of runs on one machine. Standard library only: it works where an environment is broken."""
