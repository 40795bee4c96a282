"""Pictures of results with matplotlib: labelled with units, intervals drawn, colours that the colour-blind tell apart.

Blue is better, orange worse, grey not told apart from no change; a filled marker has an interval clear of zero, a hollow one has
not, so that nothing rests on colour alone.
"""
from __future__ import annotations

import textwrap
from typing import Any, List, Optional, Sequence, Tuple

import numpy as np
import pandas as pd

from . import curves as _curves
from .columns import Names, list_of
from .comparisons import Comparisons
from .errors import BeryliaError, index_of
from .hdf5 import Floats
from .study import headline_treatment
from .tables import levels

BETTER, WORSE, UNCLEAR, ZERO = "#1b66ad", "#ad4903", "#626972", "#7d838b"
# Okabe and Ito's palette (2008) in the order of its contrast with white, with line styles.
LINES: Sequence[Tuple[str, str]] = (("#7b838d", "-"), ("#0072b2", "--"), ("#d55e00", "-."), ("#009e73", ":"), ("#cc79a7", "-"),
                                    ("#56b4e9", "--"), ("#e69f00", "-."))
MOST_CURVES = len(LINES)


def _axes(ax: Any, rows: float = 6.0) -> Any:
    """The axes given, or new ones that are high enough for so many rows."""
    if ax is not None:
        return ax
    try:
        import matplotlib.pyplot as pyplot
    except ImportError as why:
        raise ImportError("plots need matplotlib (it is not installed) install python3-matplotlib, or matplotlib with pip") from why
    return pyplot.subplots(figsize=(8.0, max(2.6, 1.5 + 0.32 * rows)), constrained_layout=True)[1]


def _finish(ax: Any, title: str, under: str) -> Any:
    ax.set_title("\n".join(textwrap.wrap(title, 64)), loc="left", fontsize=10, fontweight="bold")
    ax.spines[["top", "right"]].set_visible(False)
    ax.tick_params(labelsize=8)
    if under:
        ax.annotate("\n".join(textwrap.wrap(under, 96)), (0, 0), (0, -36), xycoords="axes fraction", textcoords="offset points", va="top",
                    fontsize=7.5, color=UNCLEAR)
    return ax


def _colour(lo: float, hi: float, higher_is_worse: bool) -> str:
    if lo > 0:
        return WORSE if higher_is_worse else BETTER
    if hi < 0:
        return BETTER if higher_is_worse else WORSE
    return UNCLEAR


def _forest(ax: Any, table: pd.DataFrame, higher_is_worse: bool, predictive: bool) -> None:
    """One row per line of `table` (index: its label), the first on top."""
    for place, (_, row) in enumerate(table.iterrows()):
        y = len(table) - 1 - place
        if row["n"] == 0:
            ax.annotate("no pairs", (0, y), fontsize=8, va="center", color=UNCLEAR)
            continue
        colour = _colour(row["lo"], row["hi"], higher_is_worse) if not row["exactly_zero"] else UNCLEAR
        if predictive:
            ax.plot([row["predictive_lo"], row["predictive_hi"]], [y, y], color=colour, alpha=0.4, linewidth=1, solid_capstyle="butt")
        ax.plot([row["lo"], row["hi"]], [y, y], color=colour, linewidth=3.5, solid_capstyle="butt")
        ax.plot(row["mean"], y, "o", markersize=6.5, color=colour, markerfacecolor="white" if colour == UNCLEAR else colour)
    ax.axvline(0, color=ZERO, linewidth=1, linestyle=":", zorder=0)
    _rows(ax, list(table.index))


def _rows(ax: Any, names: Sequence[str]) -> None:
    """Names of the rows from top to bottom; long ones of several levers are broken after a plus sign."""
    broken = ["\n".join(textwrap.wrap(n.replace("+", "+ "), 26)).replace("+ ", "+") for n in names]
    ax.set_yticks(range(len(names) - 1, -1, -1), broken)
    ax.set_ylim(-0.7, len(names) - 0.3)


class Plots(Comparisons):
    """Every function draws on `ax`, or on a new figure, and returns the axes."""

    def _which_way(self, response: str) -> str:
        return "less is better" if self._info(response).higher_is_worse else "more is better"

    def plot_difference(self, response: str, nation: Optional[str] = None, treatment: Names = None,
                        reference: Optional[str] = None, ax: Any = None) -> Any:
        """Mean differences of treatments to the reference: thick 95 % interval of the mean, thin 95 % of futures."""
        of = self._one_nation(response, nation)
        table = self.summary(response, of or None, treatment, reference).set_index("treatment")
        info = self._info(response)
        ax = _axes(ax, len(table))
        _forest(ax, table, info.higher_is_worse, predictive=True)
        ax.set_xlabel(f"change of {info.name} [{info.unit}], {self._which_way(response)}", fontsize=9)
        base = table["reference"].iloc[0]
        return _finish(ax, f"Change against {base}{' in ' + of if of else ''}: {info.definition}",
                       f"Thick: 95 % interval of the mean over {_span(table['futures'])} futures ({_span(table['n'])} pairs, {_span(table['dropped'])} places without one). "
                       "Thin: where 95 % of futures lie. Hollow: the interval contains no change.")

    def plot_distribution(self, response: str, nation: Optional[str] = None, treatments: Names = None, ax: Any = None) -> Any:
        """Distribution over histories of each treatment: 5 to 95 %, quartiles, median, and the mean with its interval."""
        of = self._one_nation(response, nation)
        info = self._info(response)
        table = self.describe(response, of or None).set_index("treatment")
        wanted = [self.study.treatments[self._treatment(t)] for t in list_of(treatments)]
        table = table.loc[wanted] if wanted else table
        ax = _axes(ax, len(table))
        for place, (_, row) in enumerate(table.iterrows()):
            y = len(table) - 1 - place
            if row["n"] == 0:
                ax.annotate("no history done", (0.01, y), xycoords=("axes fraction", "data"), fontsize=8, va="center", color=UNCLEAR)
                continue
            ax.plot([row["q05"], row["q95"]], [y, y], color=UNCLEAR, linewidth=1)
            ax.barh(y, row["q75"] - row["q25"], left=row["q25"], height=0.5, color="#c9def1", edgecolor=BETTER, linewidth=0.8)
            ax.plot([row["q50"]] * 2, [y - 0.25, y + 0.25], color=BETTER, linewidth=2)
            ax.plot([row["lo"], row["hi"]], [y, y], color=WORSE, linewidth=2)
            ax.plot(row["mean"], y, "D", color=WORSE, markersize=4.5)
        _rows(ax, list(table.index))
        ax.set_xlabel(f"{info.name} [{info.unit}], {self._which_way(response)}", fontsize=9)
        return _finish(ax, f"Histories{' of ' + of if of else ''}: {info.definition}",
                       f"Line: 5 to 95 % of {_span(table['n'])} histories, box: quartiles, stroke: median. Diamond: mean with its 95 % interval over futures.")

    def plot_curves(self, series: str, nation: Optional[str] = None, treatments: Names = None, ax: Any = None) -> Any:
        """A series over time: mean over histories and the band of their 5 to 95 %; by default reference and headline treatment."""
        names = self._file.names("series/mean")
        index_of(series, "series", names)
        of = nation if nation is not None else (self.study.focal or self.study.nations)[0]
        place = index_of(of, "nation", self.study.nations, self.study.nation_names)
        shown = [self._treatment(t) for t in list_of(treatments)] or self._reference_and_headline()
        if len(shown) > MOST_CURVES:
            raise BeryliaError(f"{len(shown)} curves (more than {MOST_CURVES} cannot be told apart) choose fewer treatments")
        time, mean, low, high = self._curve(series, place, shown)
        ax = _axes(ax, 8)
        for i, point in enumerate(shown):
            colour, style = LINES[i]
            ax.fill_between(time, low[i], high[i], color=colour, alpha=0.16, linewidth=0)
            ax.plot(time, mean[i], style, color=colour, linewidth=2.2 if i == 0 else 1.5, label=self.study.treatments[point])
        if np.isnan(mean).all():
            ax.annotate("no history done", (0.5, 0.5), xycoords="axes fraction", ha="center", color=UNCLEAR)
        unit = self._file.attribute(f"series/mean/{series}", "unit", "")
        definition = self._file.attribute(f"series/mean/{series}", "definition", "")
        ax.set_ylabel(f"{series} [{unit}]", fontsize=9)
        ax.set_xlabel("end of interval (UTC)", fontsize=9)
        ax.set_ylim(top=ax.get_ylim()[1] * 1.22)  # room for the legend
        ax.legend(fontsize=8, frameon=False, loc="upper left", ncol=2)
        return _finish(ax, f"{of}: {definition}", "Line: mean over finished histories; band: 5 to 95 % of them.")

    def plot_league(self, response: str, treatment: Optional[str] = None, nations: Names = "all", most: int = 30, ax: Any = None) -> Any:
        """The change that one treatment makes in every nation, the largest first, with 95 % intervals; at most `most` are drawn."""
        if not self._info(response).per_nation:
            raise BeryliaError(f'response "{response}" (it is one number for the whole world) choose a response per nation')
        chosen = treatment or headline_treatment(self.study, levels(self._file, self.study))
        every = self._nations_of(response, nations)
        table = self.summary(response, every, chosen).set_index("nation")
        order = table["mean"].abs().sort_values(ascending=False, kind="stable").index[:most]
        shown = table.loc[order].sort_values("mean", ascending=self._info(response).higher_is_worse, kind="stable")
        info = self._info(response)
        ax = _axes(ax, len(shown))
        _forest(ax, shown, info.higher_is_worse, predictive=False)
        for label in ax.get_yticklabels():
            label.set_fontweight("bold" if label.get_text() in self.study.focal else "normal")
        ax.set_xlabel(f"change of {info.name} [{info.unit}], {self._which_way(response)}", fontsize=9)
        left = f"The {len(shown)} largest changes of {len(table)} nations, best first. " if len(shown) < len(table) else "Best first. "
        return _finish(ax, f"Change by nation, {table['treatment'].iloc[0]} against {table['reference'].iloc[0]}: {info.definition}",
                       left + "Bar: 95 % interval of the mean over futures, not adjusted for the number of nations. Hollow: it contains no change.")

    def _reference_and_headline(self) -> List[int]:
        headline = headline_treatment(self.study, levels(self._file, self.study))
        return [self._treatment(t) for t in (self.study.reference, headline) if t is not None]

    def _curve(self, series: str, nation: int, points: Sequence[int]) -> Tuple[Any, Floats, Floats, Floats]:
        """Times, mean, 5 and 95 % of the treatments `points`, from the quantiles in the file. [points x times]"""
        file, grid = self._file, _curves.times(self._file, "other_grid")
        shape = (len(self.study.treatments), len(self.study.nations), len(grid))
        quantile_shape = (*shape[:2], len(file.read("series/probabilities")), shape[2])
        mean = [file.read(f"series/mean/{series}", (p, nation), shape) for p in points]
        band = [file.read(f"series/quantiles/{series}", (p, nation), quantile_shape) for p in points]
        return grid, np.array(mean, dtype=float), np.array([b[0] for b in band], dtype=float), np.array([b[-1] for b in band], dtype=float)


def _span(counts: pd.Series) -> str:
    """One number, or the least and the most."""
    least, most = int(counts.min()), int(counts.max())
    return f"{least}" if least == most else f"{least} to {most}"
