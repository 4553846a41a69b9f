"""Folders of images, one for each class. Decoded once into one file of bytes, which later runs map into memory."""

import hashlib
import io
import json
import os
import pathlib

import numpy as np

from flaxen.data.errors import DataError
from flaxen.data.source import Source, ways

TYPES = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp")
CHANNELS = {1: "L", 3: "RGB", 4: "RGBA"}


def files(spec, assets):
    """All that `read` reads."""
    return [file for folder in _folders(spec, assets).values() for file in _images(folder)]


def read(spec, assets):
    """Columns: the images uint8 [rows, height, width, channels], and their classes int32 [rows]."""
    image, label = spec["columns"]["image"], spec["columns"]["label"]
    shape, fit = spec["expects"][image]["shape"], spec.get("fit", "crop")
    folders = _folders(spec, assets)
    names = _classes(list(folders.values()), spec, label)
    train, labels = _class_by_class(folders.pop("train"), names)
    columns, apart = {image: _decoded(train, shape, fit), label: labels}, {}
    for part, folder in folders.items():
        held, held_labels = _class_by_class(folder, names)
        apart[part] = {image: _decoded(held, shape, fit), label: held_labels}
    marks = {
        part: {"stratify": labels} for part, how in ways(spec).items() if isinstance(how, dict) and "stratify" in how
    }
    fitted = {label: {"kind": "labels", "column": label, "words": names}, image: {"kind": "image", "fit": fit}}
    return Source(columns, apart, lambda row: train[row].name, marks, {"columns": fitted})


def read_more(spec, preprocessing, path):
    """Returns (columns, how a row is named) of another folder with a sub-folder for each class. Raises `DataError`.

    columns: the image's name -> uint8 [rows, height, width, channels], the label's -> int32 [rows].
    """
    image, label = spec["columns"]["image"], spec["columns"]["label"]
    names = preprocessing["columns"][label]["words"]
    if not path.is_dir():
        raise DataError("missing-file", f"the folder {path} does not exist", path=str(path))
    _known(path, names)
    found, labels = _class_by_class(path, names)
    if not found:
        raise DataError("empty-data", f"{path.name} has no images ({', '.join(TYPES)})", path=str(path))
    pixels = _decoded(found, spec["expects"][image]["shape"], spec.get("fit", "crop"))
    return {image: pixels, label: labels}, lambda row: found[row].name


def decode(name, content, lengths, shape, fit):
    """[rows, height, width, channels] of files whose bytes follow each other; `lengths` says where each ends."""
    parts = np.split(np.asarray(content), np.cumsum(lengths)[:-1])
    return np.stack([_pixels(io.BytesIO(part.tobytes()), shape, fit, f"{name}[{at}]") for at, part in enumerate(parts)])


def _folders(spec, assets):
    """Part -> its folder: "train", and the parts that have one of their own."""
    apart = {part: assets / how for part, how in ways(spec).items() if isinstance(how, str)}
    return {"train": assets / spec["path"]} | apart


def _images(folder):
    return sorted(file for file in folder.glob("*/*") if file.suffix.lower() in TYPES)


def _classes(folders, spec, label):
    """The names of the sub-folders, in alphabetical order."""
    root, room = folders[0], spec["expects"][label]["classes"]
    if not root.is_dir():
        raise DataError("missing-file", f"the folder {root.name} does not exist", path=str(root))
    names = sorted(one.name for one in root.iterdir() if one.is_dir() and not one.name.startswith("."))
    if len(names) < 2:
        raise DataError(
            "empty-data",
            f"{root.name} has {len(names)} sub-folders ({', '.join(names) or 'none'}), but a class needs a sub-folder"
            " of its own, and there must be two classes or more",
            path=str(root),
        )
    if len(names) > room:
        raise DataError(
            "label-out-of-range",
            f'{root.name} has {len(names)} sub-folders, but head "{label}" has {room} classes',
            path=str(root),
            expected=room,
            value=len(names),
        )
    for folder in folders:
        for name in names if folder is root else ():
            if not any(file.parent.name == name for file in _images(folder)):
                raise DataError(
                    "empty-data",
                    f"the sub-folder {folder.name}/{name} has no images ({', '.join(TYPES)}). Add some, or take it out",
                    path=str(folder / name),
                )
        _known(folder, names)
    return names


def _known(folder, names):
    """Every image lies in the sub-folder of a class."""
    for file in _images(folder):
        if file.parent.name not in names:
            raise DataError(
                "unknown-category",
                f"{folder.name} has a sub-folder {file.parent.name}, which the training images do not have",
                path=str(file.parent),
            )


def _class_by_class(folder, names):
    """Returns (files, int32 [rows] places of their classes)."""
    found = [file for file in _images(folder) if file.parent.name in names]
    return found, np.array([names.index(file.parent.name) for file in found], np.int32)


def _decoded(images, shape, fit):
    """A memory map of all pixels: the same files in the same size are decoded once."""
    digest = hashlib.sha256(json.dumps([shape, fit]).encode())
    for image in images:
        digest.update(hashlib.sha256(image.read_bytes()).digest())
    size = (len(images), *shape)
    cache = os.environ.get("FLAXEN_CACHE")
    if not cache:
        return _fill(np.empty(size, np.uint8), images, shape, fit)
    path = pathlib.Path(cache) / "images" / f"{digest.hexdigest()}.bin"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            _fill(np.memmap(part, np.uint8, "w+", shape=size), images, shape, fit).flush()
            part.rename(path)
        finally:
            part.unlink(missing_ok=True)
    return np.memmap(path, np.uint8, "r", shape=size)


def _fill(pixels, images, shape, fit):
    for row, image in enumerate(images):
        pixels[row] = _pixels(image, shape, fit, f"{image.parent.name}/{image.name}")
    return pixels


def _pixels(file, shape, fit, name):
    """Uint8 [height, width, channels], resized bilinearly: cut to the middle, or stretched."""
    from PIL import Image, ImageOps

    height, width, channels = shape
    try:
        with Image.open(file) as opened:
            image = ImageOps.exif_transpose(opened).convert(CHANNELS[channels])
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise DataError(
            "wrong-format", f"{name} is no image that can be read: {error}. Replace it, or take it out", file=name
        ) from None
    if image.size != (width, height):
        how = ImageOps.fit if fit == "crop" else Image.Image.resize
        image = how(image, (width, height), Image.Resampling.BILINEAR)
    return np.asarray(image, np.uint8).reshape(height, width, channels)
