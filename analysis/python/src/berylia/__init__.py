"""Reads the results of Berylia, a simulator of cyber conflict between states.

    import berylia
    results = berylia.open("out.h5")
    print(results.summary("resilience_loss", "JPN"))
"""
from __future__ import annotations

from .analysis import Analysis, read_analysis
from .errors import BeryliaError
from .hdf5 import PathLike
from .histories import Counts
from .results import Results
from .study import Response, Study
from .tables import RareEvent, Stopping

__all__ = ["Analysis", "BeryliaError", "Counts", "RareEvent", "Response", "Results", "Stopping", "Study", "open", "read_analysis"]
__version__ = "0.1.0"


def open(path: PathLike) -> Results:  # noqa: A001  (berylia.open, as in h5py and xarray)
    """Opens a results file; BeryliaError for one that is missing, foreign, damaged, of another format or still being made."""
    return Results(path)
