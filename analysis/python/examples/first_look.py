# %% [markdown]
# # A first look at a results file
# Run the cells in Jupyter, VS Code or Spyder, or the whole file as a script: `python first_look.py OUT.h5`. A file to look at:
# `berylia run configs/smoke/japan_ccdcoe.toml -o japan.h5`.

# %%
import sys

import matplotlib.pyplot as pyplot
import pandas as pd

import berylia

path = sys.argv[1] if len(sys.argv) > 1 and sys.argv[1].endswith(".h5") else "japan.h5"
results = berylia.open(path)
pd.set_option("display.width", 120, "display.max_columns", 12, "display.precision", 3)
print(results)

# %% [markdown]
# ## What was asked, and how much of it is there
# Counts come first: an average over what did not fail is no average over everything.

# %%
print(results.study.question)
print(results.counts)
print(results.definitions().query("kind == 'response'")[["name", "unit", "higher_is_worse"]].to_string(index=False))

# %% [markdown]
# ## What does each treatment change?
# The mean of the paired differences with its 95 % interval over futures, the same numbers as `berylia analyze`.

# %%
response = results.response_names[0]
nation = results.study.focal[0]
table = results.summary(response, nation)
print(f"change of {response} [{table.unit[0]}] in {nation} against {results.study.reference}")
print(table[["treatment", "mean", "lo", "hi", "relative", "share_better", "n", "dropped"]].to_string(index=False))

# %% [markdown]
# ## Which assumption does it hang on?
# Spearman's correlation over futures of each factor that varies with the difference; about 2 / sqrt(futures) is what chance gives.

# %%
difference = results.future_differences(response, nation)[results.headline_treatment]
ledger = results.factors()
varied = ledger.index[ledger.varied]
correlation = results.factor_values()[varied].corrwith(difference, method="spearman").dropna()
strongest = correlation.reindex(correlation.abs().sort_values(ascending=False).index)[:5]
print(pd.DataFrame({"correlation": strongest, **ledger.loc[strongest.index, ["unit", "prior", "grade"]]}).to_string())

# %% [markdown]
# ## Which incidents were the worst?

# %%
incidents = results.incidents(["date", "actor", "sector", "severity", "dwell"], treatment=results.study.reference)
print(incidents.sort_values("severity", ascending=False, kind="stable").head(5).to_string(index=False))

# %% [markdown]
# ## Pictures

# %%
figure, axes = pyplot.subplots(3, 1, figsize=(9, 15), constrained_layout=True)
results.plot_difference(response, nation, ax=axes[0])
results.plot_curves("service_loss", nation, ax=axes[1])
results.plot_league(response, most=15, ax=axes[2])
figure.savefig("first_look.png", dpi=100)
print("first_look.png")
