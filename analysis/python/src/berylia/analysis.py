"""Frames of what `berylia analyze --json` prints, whatever keys it has."""
from __future__ import annotations

import json
import os
import pathlib
import shutil
import subprocess
from typing import Any, Dict, List, Mapping, Sequence, Set, Tuple, Union

import numpy as np
import pandas as pd

from .errors import BeryliaError, index_of
from .hdf5 import PathLike
from .results import Results

FORMAT = 1
IDENTIFIERS = ("response", "nation", "treatment", "reference", "kind", "group", "name")  # what a row hands down to its lists


class Analysis:
    """An analysis as frames: `analysis["paired_differences"]`, `analysis["study.treatments"]`. A list of objects inside the rows of
    a frame is a frame of its own with the names of its row (`analysis["rare_event.treatments.levels"]`); an object inside a
    row becomes columns with a dot (`controlled.mean`). Undefined numbers are NaN."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        if not isinstance(document, Mapping) or "paired_differences" not in document:
            raise BeryliaError("this is no analysis (it has no key paired_differences) give what `berylia analyze --json` prints")
        if document.get("format") != FORMAT:
            raise BeryliaError(f"an analysis of format {document.get('format')} (this reader knows format {FORMAT}) "
                               "install the reader of the build that wrote it")
        self.document: Mapping[str, Any] = document
        self._rows: Dict[str, List[Dict[str, Any]]] = {}
        self._without_rows: Set[str] = set()  # lists inside rows that were empty wherever they stood
        for key, value in document.items():
            self._take(key, value, {})

    @property
    def names(self) -> Tuple[str, ...]:
        """The frames that there are; a part that is null in the analysis is an empty frame."""
        return tuple(self._rows)

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._without_rows:
            index_of(name, "part of the analysis", self.names)
        frame = pd.DataFrame(self._rows.get(name, []))
        # An object that is null in some rows has its columns from the others.
        frame = frame.drop(columns=[c for c in frame if frame[c].isna().all() and any(d.startswith(f"{c}.") for d in frame)])
        for column in frame.columns:  # a number that is null everywhere is a number still
            if column != "nation" and frame[column].isna().all():
                frame[column] = np.full(len(frame), np.nan)
        return frame

    def __repr__(self) -> str:
        return f"<berylia.Analysis: {', '.join(self.names)}>"

    def _take(self, name: str, value: Any, owner: Dict[str, Any]) -> None:
        if value is None:
            self._rows.setdefault(name, [])
        elif isinstance(value, Mapping):
            self._row(name, value, owner)
        elif isinstance(value, list) and value and all(isinstance(v, Mapping) for v in value):
            for one in value:
                self._row(name, one, owner)
        elif isinstance(value, list):
            self._rows.setdefault(name, []).extend({"value": v} for v in value)
        else:
            self._rows.setdefault(name, []).append({"value": value})

    def _row(self, name: str, value: Mapping[str, Any], owner: Dict[str, Any]) -> None:
        row: Dict[str, Any] = {}
        nested: List[Tuple[str, Any]] = []
        _flatten("", value, row, nested)
        self._rows.setdefault(name, []).append({**owner, **row})
        self._without_rows |= {f"{name}.{key}" for key, inner in row.items() if isinstance(inner, list) and not inner}
        names = {k: row[k] for k in IDENTIFIERS if k in row}
        for key, inner in nested:
            self._take(f"{name}.{key}", inner, {**owner, **names})


def _flatten(prefix: str, value: Mapping[str, Any], row: Dict[str, Any], nested: List[Tuple[str, Any]]) -> None:
    for key, inner in value.items():
        if isinstance(inner, Mapping):
            _flatten(f"{prefix}{key}.", inner, row, nested)
        elif isinstance(inner, list) and any(isinstance(v, Mapping) for v in inner):
            nested.append((prefix + key, inner))
        else:
            row[prefix + key] = inner


def _run(results: pathlib.Path, program: str, arguments: Sequence[str]) -> str:
    found = shutil.which(program)
    if found is None:
        raise BeryliaError(f'cannot analyse {results} (there is no program "{program}") give its path as program=, '
                           "or the JSON that `berylia analyze --json` prints")
    done = subprocess.run([found, "analyze", os.fspath(results), "--json", *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BeryliaError(done.stderr.strip() or f"`{program} analyze` ended with {done.returncode}")
    return done.stdout


def read_analysis(source: Union[PathLike, Results, Mapping[str, Any]], program: str = "berylia",
                  arguments: Sequence[str] = ()) -> Analysis:
    """The analysis in a JSON file, or of a results file (a path ending in .h5, or Results): then `program` is run with
    `analyze --json` and `arguments`. A document already loaded is taken as it is."""
    if isinstance(source, Mapping):
        return Analysis(source)
    path = source.path if isinstance(source, Results) else pathlib.Path(os.fspath(source))
    if path.suffix == ".h5":
        text = _run(path, program, arguments)
    else:
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as why:
            raise BeryliaError(f"cannot read {path} ({why}) name a file that `berylia analyze --json` has written") from why
    try:
        return Analysis(json.loads(text))
    except json.JSONDecodeError as why:
        raise BeryliaError(f"cannot read {path} (it is not JSON: {why}) name a file that `berylia analyze --json` has written") from why
