"""The incident table in pieces: codes decoded, dates, and what is missing said as missing."""
from __future__ import annotations

from typing import Dict, Iterator, List, Optional, Sequence, Tuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from .errors import index_of
from .hdf5 import MISSING_INT32, ResultsHdf5
from .histories import Histories
from .study import Study
from .tables import named

DAYS_MAX = 106_000.0  # last day that a nanosecond date holds, in 2260


class Incidents:
    """The columns of the incident table of one file, read by stretches of rows."""

    def __init__(self, file: ResultsHdf5, study: Study, histories: Histories) -> None:
        self._file, self._study, self._histories = file, study, histories
        stored = [n for n in file.names("incidents") if n != "replication_row"]
        self._halves = ("incident_high", "incident_low") if {"incident_high", "incident_low"} <= set(stored) else ()
        # `day` becomes `date`; the two halves of the incident id become one unsigned number of 64 bits.
        self.columns: List[str] = ["date" if n == "day" else n for n in stored if n not in self._halves]
        if self._halves:
            self.columns.append("incident")
        self.rows = int(file.dataset("incidents/replication_row").shape[0]) if file.has("incidents/replication_row") else 0

    def range_of(self, treatment: Optional[int]) -> Tuple[int, int]:
        """First row and end of one treatment's incidents; both are of all for None."""
        if treatment is None or not self.rows:
            return 0, self.rows
        owner = self._owner(0, self.rows)
        of = np.searchsorted(np.asarray(self._histories.point), [treatment, treatment + 1])
        first, end = np.searchsorted(owner, of)
        return int(first), int(end)

    def _owner(self, first: int, end: int) -> npt.NDArray[np.int32]:
        if not self.rows:
            return np.empty(0, dtype=np.int32)
        owner: npt.NDArray[np.int32] = self._file.read("incidents/replication_row", slice(first, end))
        if len(owner) and (owner.min() < 0 or owner.max() >= self._histories.rows or (np.diff(owner) < 0).any()):
            raise self._file.damaged("incidents/replication_row", "an incident of no replication, or out of order")
        return owner

    def _column(self, name: str, rows: slice) -> object:
        file = self._file
        if name == "incident":
            high, low = (file.read(f"incidents/{n}", rows, (self.rows,)) for n in self._halves)
            return high.view(np.uint32).astype(np.uint64) << np.uint64(32) | low.view(np.uint32).astype(np.uint64)
        stored = file.read("incidents/" + ("day" if name == "date" else name), rows, (self.rows,))
        if name == "date":
            days = np.where(np.abs(stored) < DAYS_MAX, stored, np.nan)
            micros = np.where(np.isnan(days), 0, np.rint(days * 86_400e6)).astype("datetime64[us]")
            return pd.Series(np.where(np.isnan(days), np.datetime64("NaT"), micros).astype("datetime64[ns]"))
        if stored.dtype.kind == "f":
            return stored
        if file.has(f"incidents/labels/{name}"):
            return named(stored, file.texts(f"incidents/labels/{name}"))
        missing = stored == MISSING_INT32
        if name == "recorded":
            return pd.arrays.BooleanArray(stored == 1, missing)
        return pd.arrays.IntegerArray(np.where(missing, 0, stored).astype(np.int32), missing)

    def frame(self, first: int, end: int, columns: Optional[Sequence[str]]) -> pd.DataFrame:
        """Rows [first, end) with treatment, future and replication before the columns asked for."""
        wanted = self.columns if columns is None else list(columns)
        for name in wanted:
            index_of(name, "incident column", self.columns)
        owner = self._owner(first, end)
        h = self._histories
        data: Dict[str, object] = {"treatment": named(h.point[owner], self._study.treatments), "future": h.future[owner],
                                   "replication": h.replication[owner]}
        for name in wanted:
            data[name] = self._column(name, slice(first, end))
        frame = pd.DataFrame(data)
        frame.attrs["units"] = {n: self._file.attribute(f"incidents/{n}", "unit", "") for n in wanted if n not in ("date", "incident")}
        return frame

    def chunks(self, treatment: Optional[int], columns: Optional[Sequence[str]], rows: int) -> Iterator[pd.DataFrame]:
        """Frames of at most `rows` incidents."""
        first, end = self.range_of(treatment)
        for at in range(first, end, rows):
            yield self.frame(at, min(end, at + rows), columns)
