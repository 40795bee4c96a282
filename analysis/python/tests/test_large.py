"""A million replications are read a column at a time."""
import tracemalloc

import h5py
import numpy as np
import pytest

import berylia

POINTS, FUTURES, REPLICATIONS, NATIONS = 2, 1000, 500, 40


@pytest.fixture(scope="module")
def million(smoke, tmp_path_factory):
    """The smallest results file with 10^6 rows: one response of 40 nations, 320 MB, in chunks of one nation."""
    path = tmp_path_factory.mktemp("large") / "million.h5"
    point, future, replication = (a.ravel().astype(np.int32) for a in np.indices((POINTS, FUTURES, REPLICATIONS)))
    with h5py.File(smoke) as old, h5py.File(path, "w") as file:
        file.attrs.update(old.attrs)
        old.copy("study", file)
        file["provenance/seed"] = old["provenance/seed"][()]
        file["design/points/name"] = np.array([b"none", b"all"])
        file["design"].attrs.update(reference="none", futures=FUTURES, replications=REPLICATIONS)
        file["futures/values"] = np.zeros((FUTURES, 0))
        file["nations/iso3"] = np.array([b"N%02d" % n for n in range(NATIONS)])
        for name, column in (("point", point), ("future", future), ("replication", replication), ("status", 0 * point)):
            file[f"replications/{name}"] = column
        loss = file.create_dataset("responses/loss", (len(point), NATIONS), chunks=(8192, 1), compression=1, dtype=float)
        loss.attrs.update(per_nation=1, unit="d", higher_is_worse=1)
        loss[:, 7] = future + (replication % 10) / 10 + point * 0.5
    return path


def test_a_summary_needs_the_memory_of_its_column(million):
    tracemalloc.start()
    with berylia.open(million) as results:
        row = results.summary("loss", "N07").iloc[0]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (row["mean"], row.n, row.futures, row.dropped) == (pytest.approx(0.5, abs=1e-9), 500_000, 1000, 0)
    assert peak < 90e6


def test_pieces_need_the_memory_of_a_piece(million):
    tracemalloc.start()
    with berylia.open(million) as results:
        rows = total = 0
        for frame in results.iter_responses("loss", ["N06", "N07"], rows=100_000):
            rows += len(frame)
            total += frame.value.sum()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert rows == 2_000_000 and total == pytest.approx(1e6 * (499.5 + 0.45 + 0.25))
    assert peak < 50e6
