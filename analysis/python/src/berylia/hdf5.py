"""Opens a results file and reads its datasets; every fault becomes a BeryliaError that names file and dataset."""
from __future__ import annotations

import os
import pathlib
from typing import Any, List, Optional, Tuple, Union

import h5py
import numpy as np
import numpy.typing as npt

from .errors import BeryliaError

PathLike = Union[str, "os.PathLike[str]"]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

FORMAT = "berylia results"
FORMAT_VERSION = 1
MISSING_INT32 = np.iinfo(np.int32).min  # how an int32 column of the incident table says "no value"
NEEDED = ("study/name", "design/points/name", "futures/values", "nations/iso3", "replications/point",
          "replications/future", "replications/replication", "replications/status", "responses", "provenance/seed")


def _crc_table() -> List[int]:
    table = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0x82F63B78 if byte & 1 else 0)
        table.append(byte)
    return table


_CRC_TABLE = _crc_table()


def crc32c(data: bytes) -> int:
    """CRC-32C of RFC 3720."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc = _CRC_TABLE[(crc ^ byte) & 0xFF] ^ crc >> 8
    return crc ^ 0xFFFFFFFF


def text_of(value: Any) -> str:
    """A string of HDF5 (bytes, padded with NUL) as str."""
    return value.decode("utf-8", "replace").rstrip("\0") if isinstance(value, bytes) else str(value)


class ResultsHdf5:
    """The open file. Reads only what is asked for."""

    def __init__(self, path: PathLike) -> None:
        self.path = pathlib.Path(os.fspath(path))
        self._file = self._opened()
        try:
            self._check_format()
        except BaseException:
            self._file.close()
            raise

    def _opened(self) -> Any:
        if not self.path.exists():
            parts = self.path.with_name(self.path.name + ".parts")
            if (parts / "manifest.toml").exists():
                raise BeryliaError(f"no results in {self.path} yet (the campaign in {parts} is running or was interrupted) "
                                   "wait, repeat its `berylia run` to finish it, or read what there is with `berylia merge --partial`")
            raise BeryliaError(f"cannot read {self.path} (there is no such file) check the path")
        if self.path.is_dir():
            raise BeryliaError(f"cannot read {self.path} (it is a folder) name the .h5 file")
        try:
            if not h5py.is_hdf5(self.path):
                raise self.error("it is not an HDF5 file, or its beginning is damaged", "name a file that `berylia run` has written")
            try:
                return h5py.File(self.path, "r")
            except OSError as why:
                return self._opened_without_lock(why)
        except OSError as why:
            raise self.error(f"it is truncated, damaged or not readable: {why}",
                             "copy it again, or repeat its `berylia run`") from why

    def _opened_without_lock(self, why: OSError) -> Any:
        """File systems that know no locks (NFS, Lustre) refuse one; a finished file never changes and needs none."""
        try:
            return h5py.File(self.path, "r", locking=False)
        except (OSError, TypeError, ValueError):  # the last two: builds of HDF5 without that option
            raise why

    def _check_format(self) -> None:
        if text_of(self._attributes("/").get("format", "")) != FORMAT:
            raise self.error("it is an HDF5 file of another program", "name a file that `berylia run` has written")
        version = text_of(self._attributes("/").get("format_version", "none"))
        if version != str(FORMAT_VERSION):
            raise self.error(f"it has format {version}, this reader knows format {FORMAT_VERSION}",
                             "install the reader of the build that wrote it")
        for name in NEEDED:
            if not self.has(name):
                raise self.error(f"/{name} is missing", "check it with `berylia verify`, or repeat its `berylia run`")

    def error(self, why: str, what_to_do: str) -> BeryliaError:
        return BeryliaError(f"cannot read {self.path} ({why}) {what_to_do}")

    def damaged(self, name: str, why: object) -> BeryliaError:
        return self.error(f"/{name.lstrip('/')} is damaged: {why}", "check it with `berylia verify`, copy it again, or repeat its `berylia run`")

    def close(self) -> None:
        """Closes the file; harmless when repeated."""
        self._file.close()

    def _open_file(self) -> Any:
        if not self._file:
            raise BeryliaError(f"cannot read {self.path} (it has been closed) open it again")
        return self._file

    def _attributes(self, name: str) -> Any:
        try:
            return dict(self._open_file()[name].attrs)
        except (OSError, KeyError, RuntimeError, TypeError) as why:
            raise self.damaged(name, why) from why

    def has(self, name: str) -> bool:
        """True where the file has that dataset or group as a thing of its own: links to other files do not count."""
        group = self._open_file()
        parts = name.strip("/").split("/")
        try:
            for depth, part in enumerate(parts):
                if not isinstance(group, h5py.Group) or not group.id.links.exists(part.encode()):
                    return False
                if group.id.links.get_info(part.encode()).type != h5py.h5l.TYPE_HARD:
                    return False
                group = group[part] if depth + 1 < len(parts) else group
        except (OSError, KeyError, RuntimeError) as why:  # there is something, but it cannot be opened: not the same as nothing
            raise self.damaged(name, why) from why
        return True

    def names(self, group: str) -> List[str]:
        """Datasets of a group, by their place in the study."""
        if not self.has(group):
            return []
        try:
            members = list(self._object(group))
        except (OSError, KeyError, RuntimeError, TypeError) as why:
            raise self.damaged(group, why) from why
        found = [n for n in members if self.has(f"{group}/{n}") and isinstance(self._object(f"{group}/{n}"), h5py.Dataset)]
        return sorted(found, key=lambda n: (int(self.attribute(f"{group}/{n}", "position", 0)), n))

    def attribute(self, name: str, key: str, default: Any) -> Any:
        """An attribute as str or number; `default` where it is not there."""
        value = self._attributes(name).get(key, default)
        return text_of(value) if isinstance(value, (bytes, str)) else value

    def dataset(self, name: str, dims: Optional[Tuple[int, ...]] = None) -> Any:
        """The dataset, unread; BeryliaError where it is missing or has another shape than `dims`."""
        if not self.has(name):
            raise self.error(f"/{name} is missing", "check it with `berylia verify`, or repeat its `berylia run`")
        found = self._object(name)
        if not isinstance(found, h5py.Dataset):
            raise self.damaged(name, "it is no dataset")
        if dims is not None and found.shape != dims:
            raise self.damaged(name, f"its shape is {found.shape}, not {dims}")
        return found

    def _object(self, name: str) -> Any:
        try:
            return self._open_file()[name]
        except (OSError, KeyError, RuntimeError) as why:
            raise self.damaged(name, why) from why

    def read(self, name: str, where: Any = (), dims: Optional[Tuple[int, ...]] = None) -> Any:
        """The selected elements of a dataset; HDF5 compares the checksum of every chunk it reads."""
        dataset = self.dataset(name, dims)
        try:
            values = dataset[where]
            if not dataset.shape:
                self._check_text(name, dataset, values)
        except (OSError, RuntimeError, MemoryError, TypeError) as why:
            raise self.damaged(name, why) from why
        return values

    def _check_text(self, name: str, dataset: Any, value: Any) -> None:
        """Compares a scalar text, of which HDF5 has no checksum, with its attribute `crc32c`."""
        stored = text_of(dataset.attrs.get("crc32c", ""))
        if stored and f"{crc32c(np.asarray(value, dtype=dataset.dtype).tobytes()):08x}" != stored:
            raise self.damaged(name, "it differs from its checksum")

    def texts(self, name: str, where: Any = ()) -> List[str]:
        """A list of strings."""
        return [text_of(v) for v in np.atleast_1d(self.read(name, where))]

    def text(self, name: str, default: str = "") -> str:
        """A scalar text; `default` where the file has none."""
        return text_of(self.read(name)) if self.has(name) else default
