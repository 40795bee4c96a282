"""A results file, open for reading: what was asked, the design, responses, differences, series, incidents, provenance."""
from __future__ import annotations

import functools
from types import TracebackType
from typing import Any, Dict, Iterable, Iterator, List, Optional, Type

import numpy as np
import pandas as pd

from . import curves as _curves
from . import plots, tables
from .columns import Names, list_of
from .errors import BeryliaError, index_of
from .events import Incidents
from .histories import STATUS, Counts
from .study import headline_treatment
from .tables import RareEvent, Stopping, named

CHUNK = 1 << 16  # rows


class Results(plots.Plots):
    """The results of one campaign, read lazily: opening reads a few attributes; each call reads the columns it needs.

    A context manager. Frames carry their units in `attrs`. What a replication that failed, was censored or is missing
    would have brought is NaN, and `counts` says how many there are. Every fault of file or name is a BeryliaError.
    """

    def __enter__(self) -> Results:
        return self

    def __exit__(self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]) -> None:
        self.close()

    def __repr__(self) -> str:
        s = self.study
        return (f"<berylia.Results {self.path.name}: {s.name}, {len(s.treatments)} treatments x {s.futures} futures x {s.replications} "
                f"replications, {len(self._responses)} responses, {len(s.nations)} nations>")

    # What there is

    @property
    def counts(self) -> Counts:
        """Planned, done, failed, censored, missing and unpaired replications: look at them before the numbers."""
        return self._histories.counts

    @property
    def headline_treatment(self) -> Optional[str]:
        """All levers on in a factorial, else the first treatment that is not the reference; None with one treatment."""
        return headline_treatment(self.study, tables.levels(self._file, self.study))

    @property
    def provenance(self) -> Dict[str, str]:
        """Build, flags, checksum of the sources, fingerprint and seed."""
        return tables.provenance(self._file)

    @property
    def study_text(self) -> str:
        """The study as given, TOML."""
        return self._file.text("provenance/study_text")

    @property
    def resolved_study(self) -> str:
        """The study with every default filled in, TOML."""
        return self._file.text("provenance/resolved_study")

    @functools.cached_property
    def stopping(self) -> Optional[Stopping]:
        """The stopping rule and its looks; None without one."""
        return tables.stopping(self._file, self.study)

    @functools.cached_property
    def rare_event(self) -> Optional[RareEvent]:
        """The rare event of a splitting study; None in others."""
        return tables.rare_event(self._file)

    def definitions(self) -> pd.DataFrame:
        """Every response, series and incident column with unit and definition."""
        return tables.definitions(self._file, list(self._responses.values()))

    def treatments(self) -> pd.DataFrame:
        """Label, is_reference and the levels of the levers of each treatment."""
        return tables.treatments(self._file, self.study)

    def interventions(self) -> pd.DataFrame:
        """The dated interventions of each treatment."""
        return tables.interventions(self._file, self.study)

    def nations(self) -> pd.DataFrame:
        """Name, is_focal, is_member, is_adversary of each nation."""
        return tables.nations(self._file, self.study)

    def factors(self) -> pd.DataFrame:
        """The assumption ledger: unit, prior, range, meaning, source and grade of evidence of each uncertain factor."""
        return tables.factors(self._file)

    def factor_values(self) -> pd.DataFrame:
        """Value of each factor in each future; units in `attrs`. [futures x factors]"""
        return tables.factor_values(self._file, self.factors(), self.study)

    def data_checksums(self) -> pd.DataFrame:
        """The data tables that the campaign has read, with their checksums."""
        return tables.data_checksums(self._file)

    def replications(self) -> pd.DataFrame:
        """One row per replication in the file: status, committed events, digests of its trace, and why it failed."""
        h = self._histories
        frame = self._keys(slice(None))
        frame["events"] = self._file.read("replications/events", (), (h.rows,))
        for name in ("digest", "digest_before"):
            if self._file.has(f"replications/{name}"):
                frame[name] = self._file.texts(f"replications/{name}")
        frame["message"] = ""
        if self._file.has("replications/messages/row"):
            rows = self._file.read("replications/messages/row")
            if len(rows) and not (0 <= rows.min() and rows.max() < h.rows):
                raise self._file.damaged("replications/messages/row", "a message of no replication")
            frame.loc[rows, "message"] = self._file.texts("replications/messages/text")
        return frame

    # Responses

    def responses(self, names: Names = None, nations: Names = None) -> pd.DataFrame:
        """Tidy: one row per replication, response and nation with its value, status and unit. By default all responses but
        the control variates, of the focal nations; nations="all" for every one. `nation` is missing for responses of the world."""
        parts = list(self.iter_responses(names, nations, max(1, self._histories.rows)))
        return parts[0] if parts else self._tidy(names, nations, slice(0, 0))

    def iter_responses(self, names: Names = None, nations: Names = None, rows: int = CHUNK) -> Iterator[pd.DataFrame]:
        """The same in frames of at most `rows` replications each, for files larger than memory."""
        if rows < 1:
            raise BeryliaError(f"rows = {rows} (a frame needs at least one) take 1 or more")
        for first in range(0, self._histories.rows, rows):
            yield self._tidy(names, nations, slice(first, min(first + rows, self._histories.rows)))

    def wide(self, response: str, nation: Optional[str] = None) -> pd.DataFrame:
        """One row per (future, replication), one column per treatment: pairs stand beside each other. NaN where none is done."""
        cube = self._cube(response, nation)
        h = self._histories
        index = pd.MultiIndex.from_product([range(h.futures), range(h.replications)], names=["future", "replication"])
        frame = pd.DataFrame(cube.reshape(h.points, -1).T, index=index, columns=pd.Index(self.study.treatments, name="treatment"))
        return self._labelled(frame, response, nation)

    def by_nation(self, response: str, nations: Names = "all") -> pd.DataFrame:
        """One row per replication, one column per nation."""
        if not self._info(response).per_nation:
            raise BeryliaError(f'response "{response}" (it is one number for the whole world) use wide()')
        wanted = self._nations_of(response, nations)
        keys = self._keys(slice(None))
        index = pd.MultiIndex.from_frame(keys[["treatment", "future", "replication"]])
        values = self._values(response, wanted, slice(None))
        return self._labelled(pd.DataFrame(values, index=index, columns=pd.Index(wanted, name="nation")), response, None)

    def _keys(self, rows: slice) -> pd.DataFrame:
        h = self._histories
        return pd.DataFrame({"treatment": named(h.point[rows], self.study.treatments), "future": h.future[rows],
                             "replication": h.replication[rows], "status": named(h.status[rows], STATUS)})

    def _tidy(self, names: Names, nations: Names, rows: slice) -> pd.DataFrame:
        asked = [self._info(n).name for n in list_of(names) or self.response_names]
        plans = [(n, self._nations_of(n, nations)) for n in asked]
        keys = self._keys(rows)
        shown = list(dict.fromkeys(of for _, all_of in plans for of in all_of if of))  # no categories that nobody asked for
        block = len(keys)
        places = np.repeat(np.array([shown.index(of) if of else -1 for _, all_of in plans for of in all_of], dtype=np.int16), block)
        which = np.repeat(np.array([i for i, (_, all_of) in enumerate(plans) for _ in all_of], dtype=np.int16), block)
        columns = [self._values(n, all_of, rows).T.ravel() for n, all_of in plans]
        copies = len(places) // block if block else 0
        frame = pd.DataFrame({name: pd.Categorical.from_codes(np.tile(keys[name].cat.codes, copies), dtype=keys[name].dtype)
                              if name in ("treatment", "status") else np.tile(keys[name], copies) for name in keys.columns})
        frame.insert(3, "nation", named(places, shown))
        frame.insert(4, "response", named(which, asked))
        frame.insert(5, "value", np.concatenate(columns) if columns else np.empty(0))
        units = [self._responses[n].unit for n in asked]
        frame.insert(6, "unit", named(which, units))
        frame.attrs["units"] = dict(zip(asked, units))
        return frame

    # Series and incidents

    def series(self, names: Names = None, treatments: Names = None, nations: Names = None, futures: Optional[Iterable[int]] = None) -> Any:
        """Every history of the focal nations as an xarray Dataset (treatment, future, replication, nation, time), float32; of
        large files a few treatments or futures at a time."""
        every = range(self._histories.futures)
        wanted = sorted(set(every if futures is None else futures))
        if not wanted or any(f not in every for f in wanted):
            raise BeryliaError(f"futures {wanted} (the results have 0 to {len(every) - 1}) choose among these")
        points = [self._treatment(t) for t in list_of(treatments)] or list(range(len(self.study.treatments)))
        focal = [index_of(n, "focal nation", self.study.focal) for n in list_of(nations)] or list(range(len(self.study.focal)))
        return _curves.series(self._file, self.study, self._histories, None if names is None else list_of(names), points, focal, wanted)

    def curves(self, names: Names = None) -> Any:
        """Quantiles and means over histories of the series of all nations, as an xarray Dataset on the coarse grid."""
        return _curves.quantile_curves(self._file, self.study, None if names is None else list_of(names))

    @functools.cached_property
    def _incidents(self) -> Incidents:
        return Incidents(self._file, self.study, self._histories)

    def incidents(self, columns: Names = None, treatment: Optional[str] = None) -> pd.DataFrame:
        """The incidents of the focal nations with decoded labels and dates (UTC, rounded to microseconds); `incident` is the
        id, unsigned 64 bits. Of one treatment, or of all."""
        first, end = self._incidents.range_of(None if treatment is None else self._treatment(treatment))
        return self._incidents.frame(first, end, None if columns is None else list_of(columns))

    def iter_incidents(self, columns: Names = None, treatment: Optional[str] = None, rows: int = CHUNK) -> Iterator[pd.DataFrame]:
        """The same in frames of at most `rows` incidents."""
        if rows < 1:
            raise BeryliaError(f"rows = {rows} (a frame needs at least one) take 1 or more")
        of = None if treatment is None else self._treatment(treatment)
        return self._incidents.chunks(of, None if columns is None else list_of(columns), rows)
