"""What a results file says about its study before any replication has run."""
from __future__ import annotations

import dataclasses
from typing import Optional, Tuple

import pandas as pd

from .errors import index_of
from .hdf5 import ResultsHdf5


@dataclasses.dataclass(frozen=True)
class Study:
    """Facts of a study; dates are `YYYY-MM-DD`, the warm-up is [start, record_from), `end` is exclusive."""

    name: str
    title: str
    question: str
    start: str
    record_from: str
    end: str
    seed: int                        # 64 bits
    futures: int                     # planned, per treatment
    replications: int                # planned, per treatment and future
    antithetic: bool                 # replications 2k and 2k + 1 are halves of a pair
    unit_futures: int                # neighbouring futures that make one independent unit, as in the analysis
    reference: str                   # treatment that the others are compared with
    treatments: Tuple[str, ...]
    levers: Tuple[str, ...]
    mechanisms_on: Tuple[str, ...]
    nations: Tuple[str, ...]         # ISO 3166 alpha-3; order of every per-nation array
    nation_names: Tuple[str, ...]
    focal: Tuple[str, ...]           # nations with full series and incidents


@dataclasses.dataclass(frozen=True)
class Response:
    """One number per history, or per history and nation."""

    name: str
    unit: str
    definition: str
    per_nation: bool
    window_from: str      # counted in [window_from, window_to)
    window_to: str
    higher_is_worse: bool
    control: bool         # a control variate: its mean is 0 in every treatment and future


def _unit_futures(file: ResultsHdf5, futures: int) -> int:
    """Futures that share draws: a row of Saltelli's layout, a trajectory of Morris's; of one at a time all; else 1."""
    group = "futures/sampling"
    if not file.has(f"{group}/factors"):
        return 1
    kind, factors = str(file.attribute(group, "type", "random")), len(file.texts(f"{group}/factors"))
    if kind == "saltelli":
        return (2 if int(file.attribute(group, "second_order", 0)) else 1) * factors + 2
    if kind == "morris":
        return factors + 1
    return max(futures, 1) if kind == "one_at_a_time" else 1


def read_study(file: ResultsHdf5) -> Study:
    """The study's facts; BeryliaError for a file that contradicts itself."""
    def texts(name: str) -> Tuple[str, ...]:
        return tuple(file.texts(name)) if file.has(name) else ()

    treatments, nations = texts("design/points/name"), texts("nations/iso3")
    reference = str(file.attribute("design", "reference", ""))
    if not treatments:
        raise file.damaged("design/points/name", "there is no treatment")
    if reference not in treatments:
        raise file.damaged("design", f'the reference "{reference}" is no treatment')
    names = texts("nations/name")
    try:
        seed = int(file.text("provenance/seed"), 16)
    except ValueError as why:
        raise file.damaged("provenance/seed", why) from why
    futures = int(file.attribute("design", "futures", 0))
    return Study(
        name=file.text("study/name"), title=file.text("study/title"), question=file.text("study/question"),
        start=file.text("study/start"), record_from=file.text("study/record_from"), end=file.text("study/end"),
        seed=seed, futures=futures,
        replications=int(file.attribute("design", "replications", 0)),
        antithetic=bool(file.attribute("design", "antithetic", 0)), unit_futures=_unit_futures(file, futures), reference=reference, treatments=treatments,
        levers=texts("design/levers"), mechanisms_on=texts("study/mechanisms_on"), nations=nations,
        nation_names=names if len(names) == len(nations) else nations,
        focal=texts("series/focal_nations") or nations[:1])


def read_responses(file: ResultsHdf5) -> Tuple[Response, ...]:
    """The responses in the study's order."""
    def one(name: str) -> Response:
        def get(key: str, default: object) -> str:
            return str(file.attribute(f"responses/{name}", key, default))

        return Response(name, get("unit", ""), get("definition", ""), get("per_nation", 0) == "1", get("window_from", ""),
                        get("window_to", ""), get("higher_is_worse", 1) == "1", get("control", 0) == "1")
    return tuple(one(name) for name in file.names("responses"))


def headline_treatment(study: Study, levels: pd.DataFrame) -> Optional[str]:
    """All levers on in a factorial, else the first that is not the reference; None where there is only one treatment."""
    others = [t for t in study.treatments if t != study.reference]
    for name in others if len(levels.columns) else ():
        row = levels.loc[name]
        if row.notna().all() and (row != 0).all():
            return name
    return others[0] if others else None


def nation_index(study: Study, nation: str) -> int:
    """Position of an ISO code; BeryliaError with a suggestion."""
    return index_of(nation, "nation", study.nations, study.nation_names)


