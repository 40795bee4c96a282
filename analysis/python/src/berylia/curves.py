"""Series as xarray Datasets: every history of the focal nations, and quantiles of all nations over histories."""
from __future__ import annotations

from typing import Any, Dict, Optional, Sequence

import numpy as np
import numpy.typing as npt

from .errors import index_of
from .hdf5 import ResultsHdf5
from .histories import Histories
from .study import Study


def _xarray() -> Any:
    try:
        import xarray
    except ImportError as why:
        raise ImportError("series need xarray (it is not installed) install python3-xarray, or xarray with pip") from why
    return xarray


def times(file: ResultsHdf5, grid: str) -> npt.NDArray[np.datetime64]:
    """Ends of the intervals of a grid, UTC."""
    micros = file.read(f"series/{grid}/time_us")
    return np.asarray(micros).astype(np.int64).astype("datetime64[us]").astype("datetime64[ns]")


def _names(file: ResultsHdf5, group: str, wanted: Optional[Sequence[str]]) -> Sequence[str]:
    stored = file.names(group)
    if isinstance(wanted, str):
        wanted = [wanted]
    for name in wanted or ():
        index_of(name, "series", stored)
    return stored if wanted is None else list(wanted)


def _facts(file: ResultsHdf5, name: str) -> Dict[str, str]:
    return {"units": str(file.attribute(name, "unit", "")), "long_name": str(file.attribute(name, "definition", ""))}


def _dataset(study: Study, grid: npt.NDArray[np.datetime64], coords: Dict[str, object], data: Dict[str, object]) -> Any:
    attributes = {"study": study.name, "reference": study.reference, "time": "ends of the intervals, UTC"}
    return _xarray().Dataset(data, coords=dict(coords, time=grid), attrs=attributes)


def series(file: ResultsHdf5, study: Study, histories: Histories, names: Optional[Sequence[str]],
           treatments: Sequence[int], nations: Sequence[int], futures: Sequence[int]) -> Any:
    """Variables (treatment, future, replication, nation, time), float32, NaN where no history is done; `nations` are
    positions among the focal ones, `futures` rise. Reads the rows of one treatment at a time."""
    grid = times(file, "focal_grid")
    dims = ("treatment", "future", "replication", "nation", "time")
    shape = (len(treatments), len(futures), histories.replications, len(nations), len(grid))
    data: Dict[str, object] = {}
    done = histories.status == 0
    wanted = np.isin(histories.future, futures)
    place = np.full(histories.futures, -1)
    place[list(futures)] = np.arange(len(futures))
    for name in _names(file, "series/focal", names):
        whole = (histories.rows, len(study.focal), len(grid))
        cube = np.full(shape, np.nan, dtype=np.float32)
        for t, point in enumerate(treatments):
            rows = np.flatnonzero((histories.point == point) & wanted)
            if not len(rows):
                continue
            first, end = int(rows[0]), int(rows[-1]) + 1
            part = file.read(f"series/focal/{name}", slice(first, end), whole)[:, list(nations)]
            kept = rows[done[rows]]
            cube[t, place[histories.future[kept]], histories.replication[kept]] = part[kept - first]
        data[name] = (dims, cube, _facts(file, f"series/focal/{name}"))
    coords: Dict[str, object] = {
        "treatment": [study.treatments[t] for t in treatments], "future": list(futures),
        "replication": np.arange(histories.replications), "nation": [study.focal[n] for n in nations]}
    return _dataset(study, grid, coords, data)


def quantile_curves(file: ResultsHdf5, study: Study, names: Optional[Sequence[str]]) -> Any:
    """Variables NAME (treatment, nation, probability, time) and NAME_mean (treatment, nation, time) over the finished
    histories of each treatment, of all nations on the coarse grid."""
    grid = times(file, "other_grid")
    probabilities = file.read("series/probabilities")
    shape = (len(study.treatments), len(study.nations), len(probabilities), len(grid))
    data: Dict[str, object] = {}
    for name in _names(file, "series/quantiles", names):
        facts = _facts(file, f"series/quantiles/{name}")
        data[name] = (("treatment", "nation", "probability", "time"), file.read(f"series/quantiles/{name}", (), shape), facts)
        mean = file.read(f"series/mean/{name}", (), (shape[0], shape[1], shape[3]))
        data[f"{name}_mean"] = (("treatment", "nation", "time"), mean, facts)
    coords: Dict[str, object] = {"treatment": list(study.treatments), "nation": list(study.nations), "probability": probabilities}
    return _dataset(study, grid, coords, data)
