"""Numbers equal to those of `berylia analyze --json`, and to SciPy's where it computes the same."""
import numpy as np
import pandas as pd
import pytest
from scipy import stats

import berylia
from berylia import estimators, paired, student
from conftest import PROGRAM


def assert_equal_numbers(mine, theirs):
    """Every column of `theirs` that is in `mine`, row by row, to 1e-12."""
    assert len(mine) == len(theirs) > 0
    for column in set(theirs.columns) & set(mine.columns):
        if theirs[column].dtype == object:
            assert list(mine[column]) == list(theirs[column]), column
        else:
            np.testing.assert_allclose(mine[column].astype(float), theirs[column].astype(float), rtol=1e-12, atol=0, err_msg=column)


@pytest.mark.parametrize("campaign", ["smoke", "censored", "partial", "stopped"])
def test_summaries_equal_the_programs(campaign, request):
    with berylia.open(request.getfixturevalue(campaign)) as results:
        analysis = berylia.read_analysis(results, PROGRAM)
        assert_equal_numbers(results.summary(), analysis["paired_differences"])
        assert_equal_numbers(results.describe(), analysis["summaries"])
        counts = dict(analysis.document["counts"])
        by_treatment = counts.pop("by_treatment")
        for key in ("planned", "done", "failed", "censored", "missing"):
            assert sum(row[key] for row in by_treatment) == counts[key]
        assert {k: getattr(results.counts, k) for k in counts} == counts


def test_futures_that_share_draws_count_as_the_program_counts_them(designed):
    with berylia.open(designed) as results:
        analysis = berylia.read_analysis(results, PROGRAM)
        mine = results.summary()
        assert results.counts.censored > 0
        assert results.study.unit_futures == analysis.document["study"]["independent_units"]["futures_a_unit"] > 1
        assert {"units", "lo", "monte_carlo_se"} <= set(mine.columns) & set(analysis["paired_differences"].columns)
        assert_equal_numbers(mine, analysis["paired_differences"])
        assert_equal_numbers(results.describe(), analysis["summaries"])
        alone = analysis.document["study"]["independent_units"]["design"] == "one_at_a_time"
        assert mine.lo.isna().all() if alone else mine.lo.notna().any()


def test_any_nation_can_be_summarised(smoke):
    with berylia.open(smoke) as results:
        analysis = berylia.read_analysis(results, PROGRAM, ["--nation", "EST"])
        assert_equal_numbers(results.summary(nation="EST"), analysis["paired_differences"])


def test_a_rare_event_has_one_treatment_and_no_nation(rare):
    with berylia.open(rare) as results:
        analysis = berylia.read_analysis(results, PROGRAM)
        assert_equal_numbers(results.describe(), analysis["summaries"])
        assert results.rare_event.levels[-1] == analysis["rare_event.treatments.levels"]["level"].iloc[-1]
        assert results.responses().nation.isna().all() and results.headline_treatment is None
        with pytest.raises(berylia.BeryliaError, match="one treatment only"):
            results.summary()
        with pytest.raises(berylia.BeryliaError, match="whole world"):
            results.quantiles("reach_1", "JPN")


def test_a_stopping_rule_is_read(stopped):
    with berylia.open(stopped) as results:
        rule, analysis = results.stopping, berylia.read_analysis(results, PROGRAM)
        assert rule.taken == {row.treatment: row.count for row in analysis["stopping.taken"].itertuples(index=False, name="Row")}
        assert list(rule.looks.estimate) == list(analysis["stopping.looks"].estimate)
        assert list(rule.looks.state) == list(analysis["stopping.looks"].state)


def test_pairs_are_counted_and_a_half_alone_is_left_out(censored):
    with berylia.open(censored) as results:
        frame, summary = results.paired_differences("resilience_loss"), results.summary("resilience_loss")
        assert results.counts.unpaired > 0 and results.counts.censored > 0
        for row in summary.itertuples():
            assert frame.attrs["counts"][row.treatment] == {"n": row.n, "dropped": row.dropped}
            assert (frame.treatment == row.treatment).sum() == row.n
        halves = frame[frame.treatment == "membership"].groupby(["future", frame.replication // 2]).size()
        assert (halves == 2).all() and frame.notna().to_numpy().all()
        assert results.responses("resilience_loss").value.isna().sum() == results.counts.censored
        assert "event_limit" in results.replications().query("status == 'censored'").message.iloc[0]


def test_futures_are_the_units_of_the_interval(smoke):
    with berylia.open(smoke) as results:
        means = results.future_differences("incidents", treatment="liaison")["liaison"]
        pairs = results.paired_differences("incidents", treatment="liaison")
        np.testing.assert_allclose(pairs.groupby("future").difference.mean(), means)
        row = results.summary("incidents", treatment="liaison").iloc[0]
        half = stats.t.ppf(0.975, 3) * means.std() / 2
        np.testing.assert_allclose([row.lo, row.hi], [means.mean() - half, means.mean() + half], rtol=1e-9)


def test_another_reference_turns_the_sign(smoke):
    with berylia.open(smoke) as results:
        there = results.summary("incidents", treatment="liaison").iloc[0]
        back = results.summary("incidents", treatment="none", reference="liaison").iloc[0]
        assert (back["mean"], back.lo, back.hi, back.sd) == (-there["mean"], -there.hi, -there.lo, there.sd)


def test_t_quantiles_are_those_of_the_distribution():
    for degrees in (1, 2, 3, 10, 99, 2000, 2001, 10**6):
        assert student.quantile(0.975, degrees) == pytest.approx(stats.t.isf(0.025, degrees), rel=1e-8)
    assert student.quantile(0.975, 2) == pytest.approx(4.302652729749464, rel=1e-15)  # a closed form


def test_quantiles_are_numpys():
    x = np.random.default_rng(1).normal(size=(7, 3))
    x[2, 1] = np.nan
    p = (0, 0.05, 0.5, 0.975, 1)
    np.testing.assert_allclose(estimators.quantiles(x, p), np.nanquantile(x, p), rtol=1e-14)
    assert np.isnan(estimators.quantiles(np.full((2, 2), np.nan), p)).all()


def test_the_edges_have_defined_outcomes():
    nan = np.full((3, 2), np.nan)
    none = paired.paired_difference(nan, nan, 1, True)
    assert (none["n"], none["dropped"], none["exactly_zero"]) == (0, 6, False) and np.isnan(none["mean"])
    same = np.full((3, 2), 0.1)
    equal = paired.paired_difference(same, same, 1, True)
    assert (equal["mean"], equal["lo"], equal["hi"], equal["exactly_zero"]) == (0, 0, 0, True)
    assert np.isnan(equal["variance_reduction"]) and equal["share_equal"] == 1
    single = nan.copy()
    single[1, 0] = 2.0
    pair = paired.paired_difference(single, single - 0.5, 1, True)
    assert (pair["n"], pair["futures"], pair["mean"]) == (1, 1, 0.5) and np.isnan(pair["lo"]) and np.isnan(pair["sd"])
    one_future = np.array([[1.0, 2.0, 4.0]])
    row = paired.paired_difference(one_future, np.zeros((1, 3)), 1, False)
    assert row["lo"] < row["mean"] < row["hi"] and np.isnan(row["future_sd"]) and np.isnan(row["relative"])


def test_a_broken_twin_that_pools_pairs_is_caught(smoke):
    with berylia.open(smoke) as results:
        frame = results.paired_differences("incidents", treatment="liaison")
        pooled = stats.t.interval(0.95, len(frame) - 1, frame.difference.mean(), stats.sem(frame.difference))
        row = results.summary("incidents", treatment="liaison").iloc[0]
        assert abs((row.hi - row.lo) / (pooled[1] - pooled[0]) - 1) > 0.01
        assert isinstance(frame, pd.DataFrame)
