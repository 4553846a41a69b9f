"""What a run leaves: the files in its `artifacts/` folder, known by their content."""

import hashlib

PIECE = 8 * 1024 * 1024  # bytes


def announce(folder, log):
    """Writes an `artifact` event a file. Yields between pieces, so that a big file holds up nobody else."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest, size = hashlib.sha256(), 0
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                digest.update(piece)
                size += len(piece)
                yield
        log.event("artifact", name=path.relative_to(folder).as_posix(), sha256=digest.hexdigest(), bytes=size)
