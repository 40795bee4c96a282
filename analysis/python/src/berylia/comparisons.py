"""Paired differences and distributions of one response as frames."""
from __future__ import annotations

from typing import Dict, List, Optional, Sequence

import numpy as np
import pandas as pd

from . import estimators, paired
from .columns import Columns, Names
from .errors import BeryliaError
from .tables import named


class Comparisons(Columns):
    """What treatments change, pair by pair and in summary (docs/methods/estimators.md)."""

    def paired_differences(self, response: str, nation: Optional[str] = None, treatment: Names = None,
                           reference: Optional[str] = None) -> pd.DataFrame:
        """One row per pair: a history of the treatment and the one of the reference with the same future and replication.
        `attrs` counts pairs and places without one per treatment; in an antithetic study a half alone is left out."""
        cube = self._cube(response, nation)
        h = self._histories
        base, others = self._compared(treatment, reference)
        parts: List[pd.DataFrame] = []
        counts: Dict[str, Dict[str, int]] = {}
        names = [self.study.treatments[t] for t in others]
        for i, t in enumerate(others):
            difference = estimators.pair_differences(cube[t], cube[base], h.unit)
            f, r = np.nonzero(~np.isnan(difference))
            counts[names[i]] = {"n": len(f), "dropped": self._dropped(difference.size - len(f), t, base)}
            parts.append(pd.DataFrame({"treatment": named(np.full(len(f), i), names), "future": f, "replication": r,
                                       "value": cube[t][f, r], "reference": cube[base][f, r], "difference": difference[f, r]}))
        frame = self._labelled(pd.concat(parts, ignore_index=True), response, nation)
        frame.attrs.update(reference=self.study.treatments[base], counts=counts)
        return frame

    def future_differences(self, response: str, nation: Optional[str] = None, treatment: Names = None,
                           reference: Optional[str] = None) -> pd.DataFrame:
        """Mean difference of each future, one column per treatment: the independent units behind every interval,
        but where `study.unit_futures` neighbouring futures share draws: there each such set is one."""
        cube, (base, others) = self._cube(response, nation), self._compared(treatment, reference)
        data = {self.study.treatments[t]: paired.future_differences(cube[t], cube[base], self._histories.unit) for t in others}
        frame = pd.DataFrame(data, index=pd.RangeIndex(self._histories.futures, name="future"))
        frame.columns.name = "treatment"
        return self._labelled(frame, response, nation)

    def summary(self, response: Names = None, nation: Names = None, treatment: Names = None,
                reference: Optional[str] = None) -> pd.DataFrame:
        """Treatment minus reference, one row per response, nation and treatment: mean with its 95 % t-interval over independent units, relative
        change, counts and the rest, the numbers of `paired_differences` in `berylia analyze --json`."""
        base, others = self._compared(treatment, reference)
        rows: List[Dict[str, object]] = []
        for name, of, cube in self._cubes(response, nation):
            for t in others:
                row = paired.paired_difference(cube[t], cube[base], self._histories.unit, self._responses[name].higher_is_worse,
                                               self._histories.unit_futures)
                row["dropped"] = self._dropped(int(row["dropped"]), t, base)
                rows.append({"response": name, "nation": of, "treatment": self.study.treatments[t],
                             "reference": self.study.treatments[base], "unit": self._responses[name].unit, **row})
        return pd.DataFrame(rows)

    def describe(self, response: Names = None, nation: Names = None) -> pd.DataFrame:
        """Distribution over all finished histories of each treatment: n, mean with interval, quantiles, CVaR95; the numbers of
        `summaries` in `berylia analyze --json`."""
        rows: List[Dict[str, object]] = []
        for name, of, cube in self._cubes(response, nation):
            info = self._responses[name]
            for t, treatment in enumerate(self.study.treatments):
                rows.append({"response": name, "nation": of, "treatment": treatment, "unit": info.unit,
                             **estimators.summary(cube[t], self._histories.unit, info.higher_is_worse, self._histories.unit_futures)})
        return pd.DataFrame(rows)

    def quantiles(self, response: str, nation: Optional[str] = None,
                  probabilities: Sequence[float] = (0.05, 0.25, 0.5, 0.75, 0.95)) -> pd.DataFrame:
        """Quantiles over histories (type 7), one row per treatment, one column per probability."""
        if not all(0 <= p <= 1 for p in probabilities):
            raise BeryliaError(f"probabilities {list(probabilities)} (a probability lies from 0 to 1) give such numbers")
        cube = self._cube(response, nation)
        data = [estimators.quantiles(cube[t], probabilities) for t in range(len(cube))]
        frame = pd.DataFrame(data, index=pd.Index(self.study.treatments, name="treatment"),
                             columns=pd.Index(list(probabilities), name="probability"))
        return self._labelled(frame, response, nation)

