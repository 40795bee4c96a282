"""One response of one nation in its places: what every frame and every difference is made from."""
from __future__ import annotations

import functools
import pathlib
from typing import Dict, Iterator, List, Optional, Sequence, Tuple, Union

import numpy as np
import numpy.typing as npt
import pandas as pd

from .errors import BeryliaError, index_of
from .hdf5 import Floats, PathLike, ResultsHdf5
from .histories import Histories
from .study import Response, Study, nation_index, read_responses, read_study

Names = Union[None, str, Sequence[str]]  # None: the default, which each function says


def list_of(names: Names) -> List[str]:
    """One name, several or none as a list; BeryliaError for a list that asks for nothing."""
    if names is None:
        return []
    wanted = [names] if isinstance(names, str) else list(names)
    if not wanted:
        raise BeryliaError("an empty list of names (it asks for nothing) leave it out for the default")
    return wanted


class Columns:
    """The open file and its columns."""

    def __init__(self, path: PathLike) -> None:
        self._file = ResultsHdf5(path)
        try:
            self.study: Study = read_study(self._file)
            self._responses: Dict[str, Response] = {r.name: r for r in read_responses(self._file)}
        except BaseException:
            self.close()
            raise

    @property
    def path(self) -> pathlib.Path:
        """The file."""
        return self._file.path

    def close(self) -> None:
        """Closes the file; frames already made stay."""
        self._file.close()

    @functools.cached_property
    def _histories(self) -> Histories:
        return Histories(self._file, self.study)

    @property
    def response_names(self) -> Tuple[str, ...]:
        """The responses without the control variates, in the study's order."""
        return tuple(r.name for r in self._responses.values() if not r.control) or tuple(self._responses)

    def _treatment(self, name: str) -> int:
        return index_of(name, "treatment", self.study.treatments)

    def _info(self, response: str) -> Response:
        names = list(self._responses)
        return self._responses[names[index_of(response, "response", names)]]

    def _compared(self, treatment: Names, reference: Optional[str]) -> Tuple[int, List[int]]:
        base = self._treatment(self.study.reference if reference is None else reference)
        wanted = list_of(treatment) or [t for i, t in enumerate(self.study.treatments) if i != base]
        if not wanted:
            raise BeryliaError(f'nothing to compare (the study has one treatment only, "{self.study.reference}") use describe()')
        others = [self._treatment(t) for t in wanted]
        if base in others:
            raise BeryliaError(f'treatment "{self.study.treatments[base]}" (it is the reference, which the others are compared with) '
                               "choose another treatment or reference")
        return base, others

    def _nations_of(self, response: str, nations: Names) -> List[str]:
        """ISO codes to read; the focal ones by default. One empty code for a response of the world."""
        if not self._info(response).per_nation:
            return [""]
        wanted = list(self.study.nations) if isinstance(nations, str) and nations == "all" else list_of(nations) or list(self.study.focal)
        return [self.study.nations[nation_index(self.study, n)] for n in wanted]

    def _dropped(self, without: int, treatment: int, reference: int) -> int:
        return without - max(self._histories.needless[treatment], self._histories.needless[reference])

    def _values(self, response: str, nations: Sequence[str], rows: slice) -> Floats:
        """Values of some rows. [rows x nations]"""
        info, h = self._info(response), self._histories
        path = f"responses/{info.name}"
        if self._file.dataset(path).dtype != np.float64:
            raise self._file.damaged(path, "its elements are no doubles")
        if not info.per_nation:
            whole: Floats = self._file.read(path, rows, (h.rows,))
            return whole.reshape(-1, 1)
        dims = (h.rows, len(self.study.nations))
        places = [nation_index(self.study, n) for n in nations]
        if len(places) > len(self.study.nations) // 2:
            everything: Floats = self._file.read(path, rows, dims)
            return everything[:, places]
        columns: List[npt.NDArray[np.float64]] = [self._file.read(path, (rows, p), dims) for p in places]
        return np.stack(columns, axis=1)

    def _one_nation(self, response: str, nation: Optional[str]) -> str:
        info = self._info(response)
        if not info.per_nation and nation:
            raise BeryliaError(f'response "{info.name}" of nation "{nation}" (it is one number for the whole world) leave the nation out')
        if info.per_nation and nation is None and not self.study.focal:
            raise BeryliaError(f'response "{info.name}" (the study has no focal nation) name a nation')
        if not info.per_nation:
            return ""
        return self.study.focal[0] if nation is None else self.study.nations[nation_index(self.study, nation)]

    def _cube(self, response: str, nation: Optional[str]) -> Floats:
        """One response of one nation in every place, NaN where none is done. [treatments x futures x replications]"""
        return self._histories.cube(self._values(response, [self._one_nation(response, nation)], slice(None))[:, 0])

    def _cubes(self, response: Names, nation: Names) -> Iterator[Tuple[str, Optional[str], Floats]]:
        asked = [self._info(r).name for r in list_of(response) or self.response_names]
        plans = [(name, self._nations_of(name, nation)) for name in asked]  # every name is checked before anything is read
        for name, nations in plans:
            for of in nations:
                yield name, of or None, self._histories.cube(self._values(name, [of], slice(None))[:, 0])

    def _labelled(self, frame: pd.DataFrame, response: str, nation: Optional[str]) -> pd.DataFrame:
        info = self._info(response)
        frame.attrs.update(response=info.name, unit=info.unit, definition=info.definition)
        if nation:
            frame.attrs["nation"] = nation
        return frame
