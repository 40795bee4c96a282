"""Any document of an analysis becomes frames, whatever keys are added to it."""
import numpy as np

import berylia

DOCUMENT = {
    "format": 1, "stopping": None, "failures": [],
    "study": {"name": "s", "title": "a title", "seed": "18446744073709551615", "treatments": [{"name": "none", "levels": []}]},
    "paired_differences": [
        {"response": "loss", "nation": None, "treatment": "a", "mean": 1.5, "lo": None, "controlled": {"mean": 1.0, "controls": [{"name": "c", "weight": 2.0}]},
         "quantiles": [{"probability": 0.5, "difference": 1.0}, {"probability": 0.95, "difference": None}]},
        {"response": "loss", "nation": None, "treatment": "b", "mean": None, "lo": None, "controlled": None, "quantiles": []}],
    "tables": {"response": "loss", "prim": {"boxes": []}, "factors": [{"name": "f", "sobol": None}, {"name": "g", "sobol": {"first": 0.5}}]},
    "headline": {"sentences": ["one", "two"]}}


def test_rows_objects_and_lists_become_frames():
    analysis = berylia.read_analysis(DOCUMENT)
    main = analysis["paired_differences"]
    assert list(main["mean"].isna()) == [False, True] and main.lo.dtype == np.float64 and main.lo.isna().all()
    assert list(main["controlled.mean"].isna()) == [False, True] and "controlled" not in main
    inner = analysis["paired_differences.quantiles"]
    assert list(inner.treatment) == ["a", "a"] and np.isnan(inner.difference[1])
    assert analysis["paired_differences.controlled.controls"].iloc[0].to_dict() == {
        "response": "loss", "nation": None, "treatment": "a", "name": "c", "weight": 2.0}
    factors = analysis["tables.factors"]
    assert list(factors.columns) == ["response", "name", "sobol.first"] and np.isnan(factors["sobol.first"][0])


def test_what_is_empty_is_an_empty_frame():
    analysis = berylia.read_analysis(DOCUMENT)
    for name in ("stopping", "failures", "tables.prim.boxes"):
        assert analysis[name].empty, name
    assert "tables.prim.boxes" not in analysis.names and "stopping" in analysis.names


def test_a_seed_keeps_its_64_bits_and_treatments_do_not_carry_titles():
    analysis = berylia.read_analysis(DOCUMENT)
    assert int(analysis["study"].seed[0]) == 2**64 - 1
    assert list(analysis["study.treatments"].columns) == ["name", "levels"]
    assert analysis["headline"].sentences[0] == ["one", "two"]
