"""Frames of the small tables of a results file: design, nations, factors, definitions, stopping rule, provenance."""
from __future__ import annotations

import dataclasses
from typing import Dict, List, Optional, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from .hdf5 import Floats, ResultsHdf5
from .study import Response, Study

FAMILIES = ("constant", "uniform", "log-uniform", "triangular", "normal", "lognormal", "beta", "gamma", "exponential",
            "Weibull", "sceptical", "discrete")
AS_READ = {"day": ("date", "UTC", "discovery"), "incident_high": ("incident", "1", "id of the incident, unsigned 64 bits")}
LOOK_STATES = ("open", "reached", "exhausted")
DOUBTS = ("", "too few units", "too few of them differ", "too skewed for their number")


def named(codes: npt.ArrayLike, names: Sequence[str]) -> pd.Categorical:
    """Codes 0, 1, ... as an ordered list of names; a code without a name is missing."""
    known = np.asarray(codes)
    known = np.where((known >= 0) & (known < len(names)), known, -1)
    unique = list(dict.fromkeys(names))
    if len(unique) < len(names):  # two codes of one name
        known = np.where(known >= 0, np.array([unique.index(n) for n in names] + [-1])[known], -1)
    return pd.Categorical.from_codes(known, categories=unique)


def treatments(file: ResultsHdf5, study: Study) -> pd.DataFrame:
    """One row per treatment: label, is_reference, and its level of each lever (0: absent; missing in an explicit design)."""
    frame = pd.DataFrame({"label": file.texts("design/points/label"),
                          "is_reference": [t == study.reference for t in study.treatments]},
                         index=pd.Index(study.treatments, name="treatment"))
    return frame.join(levels(file, study))


def levels(file: ResultsHdf5, study: Study) -> pd.DataFrame:
    """Level of each lever in each treatment. [treatments x levers]"""
    table = np.full((len(study.treatments), len(study.levers)), -1)
    if file.has("design/points/levels"):
        stored = file.read("design/points/levels")
        if stored.shape == table.shape:
            table = stored
    frame = pd.DataFrame(table, index=pd.Index(study.treatments, name="treatment"), columns=list(study.levers)).astype("Int32")
    return frame.mask(frame < 0)


def interventions(file: ResultsHdf5, study: Study) -> pd.DataFrame:
    """The dated interventions of each treatment; `to` is missing for what never ends."""
    point = file.read("design/interventions/point")
    frame = pd.DataFrame({"treatment": named(point, study.treatments),
                          **{name: file.texts(f"design/interventions/{name}")
                             for name in ("lever", "nation", "organisation", "action", "status")}})
    for name in ("from", "to"):
        dates = [d if d < "2262" else None for d in file.texts(f"design/interventions/{name}")]
        frame[name] = pd.to_datetime(pd.Series(dates, dtype=object), format="%Y-%m-%d")
    return frame


def nations(file: ResultsHdf5, study: Study) -> pd.DataFrame:
    """One row per nation: name, is_focal, is_member of the organisation studied, is_adversary (missing in older files)."""
    frame = pd.DataFrame({"name": study.nation_names, "is_focal": [n in study.focal for n in study.nations]},
                         index=pd.Index(study.nations, name="nation"))
    for name in ("is_member", "is_adversary"):
        there = file.has(f"nations/{name}")
        frame[name] = pd.array(file.read(f"nations/{name}", (), (len(frame),)) != 0 if there else [None] * len(frame), dtype="boolean")
    return frame


def factors(file: ResultsHdf5) -> pd.DataFrame:
    """The assumption ledger: one row per uncertain factor with unit, prior, range, meaning, source and grade of evidence."""
    base = "futures/factors/"
    frame = pd.DataFrame({n: file.texts(base + n) for n in ("unit", "prior", "grade", "meaning", "source")},
                         index=pd.Index(file.texts(base + "name"), name="factor"))
    for name in ("minimum", "maximum", "prior_a", "prior_b", "prior_c"):
        frame[name] = file.read(base + name)
    frame["family"] = named(file.read(base + "prior_family"), FAMILIES)
    if file.has("futures/sampling/factors"):
        varied = file.texts("futures/sampling/factors")
        frame["varied"] = [name in varied for name in frame.index]
    else:
        frame["varied"] = True  # without a group `sampling`, futures are draws of all factors
    return frame


def factor_values(file: ResultsHdf5, ledger: pd.DataFrame, study: Study) -> pd.DataFrame:
    """Value of each factor in each future; units in `attrs`. [futures x factors]"""
    values = file.read("futures/values", (), (study.futures, len(ledger)))
    frame = pd.DataFrame(values, index=pd.RangeIndex(study.futures, name="future"), columns=list(ledger.index))
    frame.attrs["units"] = dict(ledger["unit"])
    return frame


def definitions(file: ResultsHdf5, responses: Sequence[Response]) -> pd.DataFrame:
    """What every response, series and incident column is: unit, definition and what else the file says."""
    rows: List[Dict[str, object]] = [{"kind": "response", **dataclasses.asdict(r)} for r in responses]
    for kind, group in (("series", "series/focal"), ("incident column", "incidents")):
        rows += [{"kind": kind, "name": n, "unit": file.attribute(f"{group}/{n}", "unit", ""),
                  "definition": file.attribute(f"{group}/{n}", "definition", "")} for n in file.names(group)
                 if n not in ("replication_row", "incident_low")]
    for row in rows:  # named as in incidents()
        if row["kind"] == "incident column" and row["name"] in AS_READ:
            row["name"], row["unit"], row["definition"] = AS_READ[str(row["name"])]
    columns = ["kind", "name", "unit", "definition", "per_nation", "higher_is_worse", "control", "window_from", "window_to"]
    frame = pd.DataFrame(rows, columns=columns)
    for name in ("per_nation", "higher_is_worse", "control"):
        frame[name] = frame[name].astype("boolean")
    return frame


@dataclasses.dataclass(frozen=True)
class Stopping:
    """A stopping rule and what came of it (docs/methods/stopping.md)."""

    unit: str               # what counts count: futures or replications
    together: bool          # no treatment stops before all may
    confidence: float       # of all looks of a comparison together
    look_level: float       # of each look's interval by itself
    counts: List[int]       # at which it looks
    taken: Optional[Dict[str, int]]  # count of each treatment that belongs to the results; None: the rule is not settled
    targets: pd.DataFrame
    looks: pd.DataFrame


def stopping(file: ResultsHdf5, study: Study) -> Optional[Stopping]:
    """The stopping rule, None for a study without one."""
    if not file.has("stopping"):
        return None
    taken = [int(t) for t in file.read("stopping/taken")]
    targets = pd.DataFrame({n: file.texts(f"stopping/targets/{n}") for n in ("response", "nation", "statistic", "relative_to")})
    for name in ("probability", "threshold", "half_width"):
        targets[name] = file.read(f"stopping/targets/{name}")
    for name in ("is_difference", "controls"):
        targets[name] = file.read(f"stopping/targets/{name}") != 0
    counts = [int(c) for c in file.read("stopping/counts")]
    look, doubt = file.read("stopping/looks/look"), file.read("stopping/looks/doubt")
    known = (look >= 0) & (look < len(counts))
    if not known.all():
        raise file.damaged("stopping/looks/look", "a look outside the rule")
    looks = pd.DataFrame({"count": np.array(counts, dtype=np.int64)[look], "target": file.read("stopping/looks/target"),
                          "treatment": named(file.read("stopping/looks/point"), study.treatments),
                          **{n: file.read(f"stopping/looks/{n}") for n in ("n", "estimate", "lo", "hi", "wanted", "needed")},
                          "state": named(file.read("stopping/looks/state"), LOOK_STATES), "doubt": named(doubt, DOUBTS)})
    confidence, look_level = (float(v) for v in file.read("stopping/levels", (), (2,)))
    return Stopping(str(file.attribute("stopping", "unit", "")), bool(file.attribute("stopping", "together", 0)), confidence,
                    look_level, counts, dict(zip(study.treatments, taken)) if taken else None, targets, looks)


@dataclasses.dataclass(frozen=True)
class RareEvent:
    """A rare event and the levels on the way to it; the responses are then reach_1, reach_2, ..., the last level's the event."""

    level: str          # what rises
    unit: str
    definition: str
    nation: str         # empty where the level is the world's
    effort: int         # histories that start from each level
    levels: Floats      # rising


def rare_event(file: ResultsHdf5) -> Optional[RareEvent]:
    """The rare event, None for a study without one."""
    if not file.has("rare_event"):
        return None
    text = {n: str(file.attribute("rare_event", n, "")) for n in ("level", "unit", "definition", "nation")}
    return RareEvent(**text, effort=int(file.attribute("rare_event", "effort", 0)), levels=file.read("rare_event/levels"))


def provenance(file: ResultsHdf5) -> Dict[str, str]:
    """Where the results come from: build, flags, checksum of the sources, fingerprint and seed (16 hexadecimal digits)."""
    names = ("version", "commit", "compiler", "flags", "source_sha256", "fingerprint", "seed")
    facts = {n: file.text(f"provenance/{n}") for n in names if file.has(f"provenance/{n}")}
    if file.has("provenance/dirty"):
        facts["dirty"] = "yes" if file.read("provenance/dirty").any() else "no"
    return facts


def data_checksums(file: ResultsHdf5) -> pd.DataFrame:
    """The data tables that were read, with their checksums."""
    base = "provenance/data_checksums/"
    return pd.DataFrame({n: file.texts(base + n) if file.has(base + n) else [] for n in ("file", "checksum")})
