"""Reads a results file with h5py alone and checks it against docs/formats/results.md."""
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import h5py
import numpy as np

writer, page = sys.argv[1:3]
directory = tempfile.TemporaryDirectory()
out = Path(directory.name) / "sample.h5"
printed = subprocess.run([writer, out], check=True, capture_output=True, text=True).stdout.split()

with h5py.File(out) as f:
    found = {}
    f.visititems(lambda name, item: found.__setitem__(name, item))

    # Every dataset and group stands on the page, and the other way round; <x> stands for any name.
    documented = set(re.findall(r"^\| `/([^`]+)`", Path(page).read_text(), re.M))
    patterns = {p: re.compile(re.sub(r"<[a-z ]+>", "[^/]+", p) + "$") for p in documented}
    for name, item in found.items():
        if isinstance(item, h5py.Dataset):
            assert any(p.match(name) for p in patterns.values()), f"/{name} is not documented"
    for p, pattern in patterns.items():
        assert any(pattern.match(name) for name in found), f"/{p} is documented but not there"

    # Numbers are int32, float32 (series only) or double; strings have a fixed length; all datasets have a checksum.
    for name, item in found.items():
        if not isinstance(item, h5py.Dataset):
            continue
        kind = item.dtype
        allowed = [np.dtype("<i4"), np.dtype("<f8")] + ([np.dtype("<f4")] if name.startswith("series/") else [])
        assert kind in allowed or kind.kind == "S", (name, kind)
        assert re.fullmatch("[0-9a-f]{8}", item.attrs["crc32c"].decode()), name
        if item.nbytes > 4096 and item.shape:
            assert item.shuffle and item.fletcher32 and item.compression == "gzip" and item.compression_opts == 1, name

    assert f.attrs["format"] == b"berylia results" and f.attrs["format_version"] == 1
    table = f["replications"]
    rows = len(table["point"])
    assert rows == 3 * 30 * 5
    key = np.stack([table["point"], table["future"], table["replication"]], axis=1)
    assert (key == [[p, q, r] for p in range(3) for q in range(30) for r in range(5)]).all()
    row = int(np.flatnonzero((key == [1, 7, 2]).all(axis=1))[0])
    assert table["status"][row] == int(printed[0]) and table["events"][row] == float(printed[1])
    assert table["digest"][row].decode() == printed[2]
    names = sorted(f["responses"], key=lambda n: f["responses"][n].attrs["position"])
    values = np.concatenate([np.atleast_1d(f["responses"][n][row]) for n in names])
    assert (values == np.array(printed[3:], dtype=float)).all()
    failed = np.flatnonzero(table["status"][:] == 1)
    assert len(failed) and (table["messages/row"][:] == failed).all()
    assert np.isnan(f["responses/total_loss"][:][failed]).all()
    assert f["responses"][names[1]].attrs["unit"] == b"MUSD"

    # Quantiles rise with their probability; the series lie in [0, 1].
    q = f["series/quantiles/s_series"][:]
    assert q.shape == (3, 5, 5, 12) and (np.diff(q, axis=2) >= 0).all()
    mean = f["series/mean/s_series"][:]
    assert (mean >= q[:, :, 0]).all() and (mean <= 1).all()

    owner = f["incidents/replication_row"][:]
    assert (np.diff(owner) >= 0).all() and owner.max() < rows
    assert set(f["incidents/nation"][:]) == {0, 1} and len(f["incidents/labels/nation"]) == 2
    assert f["study/title"][()].decode().startswith("A sample with üml")
    assert f["provenance/study_text"][()].decode() == "study_format = 1\n# as given\n"
    assert f["provenance/seed"][()] == b"fedcba9876543210"
    assert f["series/focal_grid/date"][0].startswith(b"2015-01-02T00:00:00")

subprocess.run(["h5dump", "-H", str(out)], check=True, stdout=subprocess.DEVNULL)
print("ok")
