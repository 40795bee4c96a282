"""Figures of docs/studies from results files: /usr/bin/python3 docs/studies/figures.py RESULTS_FOLDER [BERYLIA].

RESULTS_FOLDER holds NAME.h5 of the studies in configs/studies; a figure whose study is missing is left out.
"""
import json
import pathlib
import subprocess
import sys

import h5py
import matplotlib
import numpy as np

matplotlib.use("svg")
import matplotlib.pyplot as plt  # noqa: E402

IMAGES = pathlib.Path(__file__).resolve().parents[1] / "images"
BLUE, ORANGE, GREEN, GREY = "#0072B2", "#D55E00", "#009E73", "#777777"  # Okabe and Ito: safe for the colour-blind
plt.rcParams.update({"font.size": 9, "svg.hashsalt": "berylia", "svg.fonttype": "none", "axes.spines.top": False, "axes.spines.right": False})


class Results:
    """One results file: its analysis and its columns."""

    def __init__(self, folder, name, berylia):
        self.path, self.berylia = folder / f"{name}.h5", berylia

    def exists(self):
        return self.path.exists()

    def analysis(self, *options):
        return json.loads(subprocess.run([self.berylia, "analyze", str(self.path), "--json", *options], check=True, capture_output=True).stdout)

    def differences(self, response, nation="JPN"):
        rows = self.analysis("--response", response, "--nation", nation)["paired_differences"]
        return {row["treatment"]: row for row in rows if row["response"] == response and row["nation"] == nation}

    def cube(self, response, nation):
        """Values of finished histories [treatments x futures x replications]."""
        with h5py.File(self.path) as file:
            column = [code.decode().rstrip("\0") for code in file["nations/iso3"][:]].index(nation)
            points, futures = len(file["design/points/name"]), len(file["futures/values"])
            return file[f"responses/{response}"][:, column].reshape(points, futures, -1)

    def factor(self, name):
        with h5py.File(self.path) as file:
            names = [text.decode().rstrip("\0") for text in file["futures/factors/name"][:]]
            return file["futures/values"][:, names.index(name)]


def save(figure, name):
    figure.tight_layout()
    figure.savefig(IMAGES / f"{name}.svg", metadata={"Date": None})
    plt.close(figure)
    print(IMAGES / f"{name}.svg")


def forest(axis, labels, rows, colour, shift=0.0, label=None):
    """Means with 95 % intervals as shares of the reference [%], from top to bottom."""
    y = np.arange(len(labels))[::-1] + shift
    scale = np.array([100 / row["reference_mean"] for row in rows])
    mean, lo, hi = (np.array([row[key] for row in rows]) * scale for key in ("mean", "lo", "hi"))
    axis.errorbar(mean, y, xerr=[mean - lo, hi - mean], fmt="o", ms=4, color=colour, capsize=2, label=label)
    axis.axvline(0, color=GREY, lw=0.8)
    axis.set_yticks(np.arange(len(labels))[::-1], labels)
    axis.set_xlabel("change [% of the reference]")


def prior_sets(results):
    sets = {"flat": results("japan_ccdcoe"), "sceptical": results("japan_sceptical"), "wide": results("japan_wide")}
    if not all(one.exists() for one in sets.values()):
        return
    responses = ["resilience_loss", "effects", "incidents", "campaigns_attempted", "dwell_time", "thefts", "time_to_contain"]
    figure, axes = plt.subplots(1, 2, figsize=(8, 3.4), sharey=True)
    for axis, treatment, title in zip(axes, ["membership", "liaison+exercise+attribution+membership"], ["membership alone", "all four steps"]):
        for (name, one), colour, shift in zip(sets.items(), [BLUE, GREEN, ORANGE], [0.2, 0, -0.2]):
            forest(axis, [r.replace("_", " ") for r in responses], [one.differences(r)[treatment] for r in responses], colour, shift, name)
        axis.set_title(title, fontsize=9)
    axes[1].legend(frameon=False, title="priors")
    save(figure, "study_prior_sets")


def delay(results):
    one = results("delay")
    if not one.exists():
        return
    treatments = ["joins_2018", "joins_2020", "never_joins", "all_2018", "all_2020", "nothing"]
    figure, axes = plt.subplots(1, 2, figsize=(8, 2.6), sharey=True)
    for axis, response in zip(axes, ["effects", "dwell_time"]):
        rows = one.differences(response)
        forest(axis, treatments, [rows[t] for t in treatments], BLUE)
        axis.set_title(response.replace("_", " ") + ", against the record", fontsize=9)
    save(figure, "study_delay")


def wilson(cases, n, z=1.959964):
    """Share and 95 % interval of a proportion: Wilson (1927)."""
    share, middle = cases / n, (cases + z * z / 2) / (n + z * z)
    half = z * np.sqrt(cases * (n - cases) / n + z * z / 4) / (n + z * z)
    return share, middle - half, middle + half


def shares_by_decile(axis, one, factor, response, colour, label, marker):
    """Share of futures that membership makes worse by at least 1 % of the reference mean, by tenths of the factor."""
    values = one.cube(response, "JPN")
    change = (values[1] - values[0]).mean(axis=1)
    hurts = change >= 0.01 * values[0].mean()
    x = one.factor(factor)
    tenth = np.minimum((np.argsort(np.argsort(x)) * 10) // len(x), 9)
    middle = [x[tenth == k].mean() for k in range(10)]
    share, lo, hi = (100 * np.array(each) for each in zip(*[wilson(hurts[tenth == k].sum(), (tenth == k).sum()) for k in range(10)]))
    axis.errorbar(middle, share, yerr=[share - lo, hi - share], fmt=marker + "-", ms=4, lw=1, capsize=2, color=colour, label=label)


def when_not(results):
    one = results("when_not")
    if not one.exists():
        return
    panels = [("M8.targeting_ratio", "being a member attracts (M8.targeting_ratio)", [("campaigns_attempted", BLUE, "o"), ("effects", ORANGE, "s")]),
              ("M9.partnership_cost", "response capacity away (M9.partnership_cost)", [("resilience_loss", BLUE, "o"), ("time_to_contain", ORANGE, "s")])]
    figure, axes = plt.subplots(1, 2, figsize=(8, 3.2), sharey=True)
    for axis, (factor, label, responses) in zip(axes, panels):
        for response, colour, marker in responses:
            shares_by_decile(axis, one, factor, response, colour, response.replace("_", " "), marker)
        axis.set_xlabel(label)
        axis.legend(frameon=False, loc="upper left")
    axes[0].set_ylabel("futures worse by 1 % or more [%]")
    save(figure, "study_when_not")


def mechanisms(results):
    one = results("mechanisms")
    if not one.exists():
        return
    figure, axis = plt.subplots(figsize=(7, 4.2))
    responses = [("campaigns_attempted", BLUE, 0.25), ("effects", ORANGE, 0.0), ("dwell_time", GREEN, -0.25)]
    names = None
    for response, colour, shift in responses:
        factors = {f["name"]: f["sobol"] for f in one.analysis("--response", response)["sensitivity"]["factors"]}
        names = names or sorted(factors, key=lambda name: -factors[name]["total"])
        y = np.arange(len(names))[::-1] + shift
        total, lo, hi = (np.array([factors[name][key] for name in names]) for key in ("total", "total_lo", "total_hi"))
        axis.barh(y, total, height=0.22, color=colour, label=response.replace("_", " "), xerr=[total - lo, hi - total], error_kw={"lw": 0.8})
    axis.set_yticks(np.arange(len(names))[::-1], names, fontsize=8)
    axis.set_xlabel("total Sobol' index of the change")
    axis.legend(frameon=False, loc="lower right")
    save(figure, "study_mechanisms")


def circles(results):
    one = results("wider_circle")
    if not one.exists():
        return
    treatments = ["centre", "eu", "five_eyes", "treaty", "eu+five_eyes+treaty", "centre+eu+five_eyes+treaty"]
    figure, axes = plt.subplots(1, 3, figsize=(9, 2.6), sharey=True)
    for axis, response in zip(axes, ["effects", "dwell_time", "campaigns_attempted"]):
        rows = one.differences(response)
        forest(axis, treatments, [rows[t] for t in treatments], BLUE)
        axis.set_title(response.replace("_", " "), fontsize=9)
    save(figure, "study_wider_circle")


def league(results):
    one = results("league_never_members")
    if not one.exists():
        return
    rows = []
    with h5py.File(one.path) as file:
        names = [text.decode() for text in file["design/points/name"][:]]
    for treatment in names[1:]:
        nation = treatment.split(".")[1]
        rows.append((nation, one.differences("effects", nation)[treatment]))
    rows.sort(key=lambda row: row[1]["mean"] / row[1]["reference_mean"])
    figure, axis = plt.subplots(figsize=(5, 5.6))
    forest(axis, [nation for nation, _ in rows], [row for _, row in rows], BLUE)
    axis.tick_params(axis="y", labelsize=7)
    axis.set_title("campaigns with an effect, each nation joining by itself", fontsize=9)
    save(figure, "study_league")


def tail(results):
    one = results("tail")
    if not one.exists():
        return
    lost = 1 - one.cube("robustness", "JPN").reshape(2, -1)
    figure, axis = plt.subplots(figsize=(4.6, 3))
    for values, colour, label, style in zip(lost, [BLUE, ORANGE], ["never joins", "joins in 2022"], ["-", "--"]):
        ordered = np.sort(values[~np.isnan(values)])[::-1]
        axis.step(100 * ordered, np.arange(1, len(ordered) + 1) / len(ordered), color=colour, label=label, ls=style)
    axis.set(xlabel="service lost at a time, at least [%]", ylabel="probability", yscale="log", xscale="log", xlim=(1, 100))
    axis.legend(frameon=False)
    save(figure, "study_tail")


def main():
    folder = pathlib.Path(sys.argv[1])
    berylia = sys.argv[2] if len(sys.argv) > 2 else "build/release/berylia"
    for figure in (prior_sets, delay, mechanisms, when_not, circles, league, tail):
        figure(lambda name: Results(folder, name, berylia))


if __name__ == "__main__":
    main()
