"""Every frame against h5py alone."""
import h5py
import numpy as np
import pandas as pd
import pytest

import berylia


@pytest.fixture
def results(smoke):
    with berylia.open(smoke) as opened:
        yield opened


def test_a_tidy_frame_has_every_value_in_its_place(results, smoke):
    frame = results.responses(["resilience_loss", "incidents"], ["JPN", "USA"])
    assert list(frame.columns) == ["treatment", "future", "replication", "nation", "response", "value", "unit", "status"]
    assert len(frame) == 128 * 4 and frame.attrs["units"] == {"resilience_loss": "service-days", "incidents": "campaigns"}
    assert list(frame.groupby("nation").size().index) == ["JPN", "USA"]  # no empty groups of nations not asked for
    with h5py.File(smoke) as file:
        usa = list(file["nations/iso3"][:]).index(b"USA")
        loss = file["responses/resilience_loss"][:, usa]
        points = file["design/points/name"][:].astype(str)[file["replications/point"][:]]
    found = frame[(frame.response == "resilience_loss") & (frame.nation == "USA")]
    assert (found.value.to_numpy() == loss).all() and (found.treatment.to_numpy() == points).all()
    assert (found.unit == "service-days").all() and (found.status == "done").all()


def test_chunks_are_the_whole_in_pieces(results):
    whole = results.responses("thefts", "all")
    parts = list(results.iter_responses("thefts", "all", rows=50))
    assert [len(p) for p in parts] == [50 * 71, 50 * 71, 28 * 71]
    order = ["treatment", "future", "replication", "nation"]
    both = [f.sort_values(order, kind="stable").reset_index(drop=True) for f in (whole, pd.concat(parts))]
    pd.testing.assert_frame_equal(*both)
    with pytest.raises(berylia.BeryliaError, match="rows = 0"):
        next(results.iter_responses(rows=0))


def test_wide_frames_put_pairs_beside_each_other(results):
    wide, tidy = results.wide("effects", "JPN"), results.responses("effects", "JPN")
    assert wide.shape == (8, 16) and wide.attrs == {"response": "effects", "unit": "campaigns", "nation": "JPN",
                                                     "definition": "campaigns whose effect fell due before they were detected"}
    again = tidy.pivot(index=["future", "replication"], columns="treatment", values="value")
    assert (again[list(wide.columns)].to_numpy() == wide.to_numpy()).all()
    by_nation = results.by_nation("effects")
    assert by_nation.shape == (128, 71)
    assert (by_nation.loc["liaison", "JPN"].to_numpy() == wide["liaison"].to_numpy()).all()


def test_the_study_and_its_design_are_told(results):
    s = results.study
    assert (s.name, s.reference, s.futures, s.replications, s.antithetic, s.focal) == ("japan_ccdcoe", "none", 4, 2, False, ("JPN",))
    assert s.seed == int(results.provenance["seed"], 16) and len(s.nations) == 71
    assert results.headline_treatment == "liaison+exercise+attribution+membership"
    design = results.treatments()
    assert list(design.columns) == ["label", "is_reference", *s.levers] and design.loc["liaison", "liaison"] == 1
    acts = results.interventions()
    assert (acts.nation == "JPN").all() and acts["to"].isna().all() and acts["from"].min() == pd.Timestamp("2019-03-01")
    assert results.nations().loc["EST", "is_member"] and results.nations().loc["JPN", "name"] == "Japan"
    assert "study_format" in results.study_text and len(results.data_checksums()) > 10
    assert results.stopping is None and results.rare_event is None
    assert results.counts == berylia.Counts(128, 128, 0, 0, 0, 0)


def test_factors_come_with_their_ledger(results):
    ledger, values = results.factors(), results.factor_values()
    assert values.shape == (4, len(ledger)) and set(ledger.grade) <= set("ABCD") and (ledger.source != "").all()
    assert values.attrs["units"]["M5.attribution_odds"] == ledger.loc["M5.attribution_odds", "unit"]
    assert (values[ledger.index[~ledger.varied]].nunique() == 1).all()
    inside = (values >= ledger.minimum) & (values <= ledger.maximum)
    assert inside.to_numpy().all()


def test_definitions_name_everything_with_a_unit(results):
    frame = results.definitions()
    assert (frame.unit != "").all() and (frame.definition != "").all()
    assert set(frame.kind) == {"response", "series", "incident column"}


def test_incidents_are_decoded(results, smoke):
    frame = results.incidents()
    with h5py.File(smoke) as file:
        day, high, low = (file[f"incidents/{n}"][:] for n in ("day", "incident_high", "incident_low"))
        sector = file["incidents/labels/sector"][:].astype(str)[file["incidents/sector"][:]]
        owner = file["replications/future"][:][file["incidents/replication_row"][:]]
    assert (frame.sector.to_numpy() == sector).all() and (frame.future.to_numpy() == owner).all()
    assert frame.incident.dtype == np.uint64
    assert int(frame.incident[5]) == (int(high[5]) << 32) | (int(low[5]) & 0xFFFFFFFF)
    seconds = (frame.date - pd.Timestamp("1970-01-01")).dt.total_seconds()
    assert np.abs(seconds / 86400 - day).max() < 1e-10
    assert str(frame.severity.dtype) == "Int32" and str(frame.recorded.dtype) == "boolean"


def test_incidents_of_one_treatment_and_in_pieces(results):
    whole = results.incidents(["date", "actor"])
    one = results.incidents(["date", "actor"], "membership")
    pd.testing.assert_frame_equal(one, whole[whole.treatment == "membership"].reset_index(drop=True))
    pieces = pd.concat(results.iter_incidents(["date", "actor"], "membership", rows=100), ignore_index=True)
    pd.testing.assert_frame_equal(one, pieces)


def test_series_have_coordinates_and_units(results, smoke):
    data = results.series("service_loss", ["membership", "none"])
    assert data.service_loss.dims == ("treatment", "future", "replication", "nation", "time")
    assert data.service_loss.attrs["units"] == "share"
    with h5py.File(smoke) as file:
        row = int(np.flatnonzero((file["replications/point"][:] == 8) & (file["replications/future"][:] == 2))[1])
        stored, dates = file["series/focal/service_loss"][row, 0], file["series/focal_grid/date"][:].astype(str)
    assert (data.service_loss.sel(treatment="membership", future=2, replication=1, nation="JPN").to_numpy() == stored).all()
    part = results.series("service_loss", ["membership", "none"], futures=[3, 1])
    assert part.equals(data.sel(future=[1, 3]))
    assert (data.time.to_numpy() == dates.astype("datetime64[ns]")).all()


def test_curves_are_of_all_nations(results, smoke):
    data = results.curves()
    with h5py.File(smoke) as file:
        stored = file["series/quantiles/incidents"][3, 7, 1]
    assert (data.incidents.isel(treatment=3, nation=7, probability=1).to_numpy() == stored).all()
    assert set(data.incidents_mean.dims) == {"treatment", "nation", "time"}


def test_replications_keep_digests_as_text(results):
    frame = results.replications()
    assert len(frame) == 128 and frame.digest.str.fullmatch("[0-9a-f]{16}").all() and (frame.events > 0).all()
