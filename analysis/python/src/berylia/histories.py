"""Puts rows in their places (treatment, future, replication), so that pairs are found by key and never by position."""
from __future__ import annotations

import dataclasses
from typing import List

import numpy as np
import numpy.typing as npt

from .hdf5 import Floats, Ints, ResultsHdf5
from .study import Study

MOST_PLACES = 2**33
STATUS = ("done", "failed", "censored")


@dataclasses.dataclass(frozen=True)
class Counts:
    """How many replications there are of each kind."""

    planned: int
    done: int
    failed: int
    censored: int   # stopped at the event limit
    missing: int    # planned, but without a row
    unpaired: int   # done, but the other half of its antithetic pair is not


class Histories:
    """The replication table by key. Memory: 24 bytes for each row."""

    def __init__(self, file: ResultsHdf5, study: Study) -> None:
        self.points, self.unit = len(study.treatments), 2 if study.antithetic else 1
        self.unit_futures = study.unit_futures
        rows = file.dataset("replications/point").shape
        self.point, self.future, self.replication, self.status = (
            self._column(file, name, rows) for name in ("point", "future", "replication", "status"))
        self._set_shape(file, study)
        self._check(file)
        place = (self.point.astype(np.int64) * self.futures + self.future) * self.replications + self.replication
        size = self.points * self.futures * self.replications
        if size > MOST_PLACES:
            raise file.damaged("design", f"{size} replications are more than a campaign can have")
        if (np.diff(place) <= 0).any():
            raise file.damaged("replications", "a replication occurs twice, or rows are out of order")
        self._place: Ints = place
        self.counts = self._counted(size)

    @staticmethod
    def _column(file: ResultsHdf5, name: str, rows: tuple[int, ...]) -> npt.NDArray[np.int32]:
        column: npt.NDArray[np.int32] = file.read(f"replications/{name}", (), rows)
        if column.dtype.kind != "i" or column.ndim != 1:
            raise file.damaged(f"replications/{name}", "it is no column of whole numbers")
        return column

    def _set_shape(self, file: ResultsHdf5, study: Study) -> None:
        """Futures and replications: as many as any treatment has where a stopping rule has settled that, else as planned."""
        self.futures, self.replications = study.futures, study.replications
        self.needless: List[int] = [0] * self.points  # places of each treatment that a stopping rule found needless
        self._planned = self.points * self.futures * self.replications
        taken = file.read("stopping/taken") if file.has("stopping/taken") else np.empty(0, np.int32)
        if not len(taken):
            return
        if len(taken) != self.points or taken.min() < 0:
            raise file.damaged("stopping/taken", "it does not fit the treatments")
        by_future = file.attribute("stopping", "unit", "futures") == "futures"
        if by_future:
            self.futures = int(taken.max())
        else:
            self.replications = int(taken.max())
        others = self.replications if by_future else self.futures
        self.needless = [self.futures * self.replications - int(t) * others for t in taken]
        self._planned = int(taken.sum()) * others

    def _check(self, file: ResultsHdf5) -> None:
        for column, limit, name in ((self.point, self.points, "point"), (self.future, self.futures, "future"),
                                    (self.replication, self.replications, "replication"), (self.status, len(STATUS), "status")):
            if len(column) and not (0 <= column.min() and column.max() < limit):
                raise file.damaged(f"replications/{name}", "a row lies outside the study")
        if self.replications % self.unit:
            raise file.damaged("design", "an antithetic study with an odd number of replications")

    def _counted(self, size: int) -> Counts:
        of_kind = np.bincount(self.status, minlength=len(STATUS))
        unpaired = 0
        if self.unit == 2:
            halves = np.zeros(size, dtype=bool)
            halves[self._place[self.status == 0]] = True
            unpaired = int((halves[::2] != halves[1::2]).sum())
        done, failed, censored = (int(k) for k in of_kind)
        return Counts(self._planned, done, failed, censored, self._planned - len(self.point), unpaired)

    @property
    def rows(self) -> int:
        """Rows of the replication table."""
        return len(self.point)

    def cube(self, values: npt.NDArray[np.generic]) -> Floats:
        """Values of all rows in their places, NaN where no history is done. [treatments x futures x replications]"""
        cube = np.full(self.points * self.futures * self.replications, np.nan)
        done = self.status == 0
        cube[self._place[done]] = values[done]
        return cube.reshape(self.points, self.futures, self.replications)
