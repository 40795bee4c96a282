"""Campaigns of seconds, run once by the program that the environment variable BERYLIA names."""
import os
import pathlib
import shutil
import subprocess
import sys

import h5py
import matplotlib
import pytest

matplotlib.use("Agg")
PACKAGE = pathlib.Path(__file__).resolve().parents[1]
ROOT = PACKAGE.parents[1]
sys.path.insert(0, str(PACKAGE / "src"))
PROGRAM = os.environ.get("BERYLIA", str(ROOT / "build/release/berylia"))


def run_study(out, study, *options):
    """Runs a smoke study, or the study of a file, into `out`; some of its replications may be censored."""
    path = study if isinstance(study, pathlib.Path) else ROOT / f"configs/smoke/{study}.toml"
    arguments = [PROGRAM, "run", path, "-o", out, "--progress", "none", *options]
    done = subprocess.run([str(a) for a in arguments], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode in (0, 3), done.stderr
    return out


@pytest.fixture(scope="session")
def campaigns(tmp_path_factory):
    return tmp_path_factory.mktemp("campaigns")


@pytest.fixture(scope="session")
def smoke(campaigns):
    """16 treatments x 4 futures x 2 replications of Japan."""
    return run_study(campaigns / "smoke.h5", "japan_ccdcoe", "--futures", "4", "--replications", "2")


@pytest.fixture(scope="session")
def censored(campaigns):
    """An antithetic study with controls, some of its halves cut off early."""
    return run_study(campaigns / "censored.h5", "japan_ccdcoe", "--futures", "4", "--replications", "4", "--set",
                     "campaign.event_limit=64000", "--set", "variance_reduction.antithetic=true", "--set", "variance_reduction.controls=true")


@pytest.fixture(scope="session", params=["saltelli", "morris", "one_at_a_time"])
def designed(campaigns, request):
    """Futures that share draws, some of their histories cut off early."""
    sampling = {"saltelli": 'type = "saltelli"\nbase = 4', "morris": 'type = "morris"\ntrajectories = 4', "one_at_a_time": 'type = "one_at_a_time"'}
    study = campaigns / f"{request.param}.toml"
    text = (ROOT / "configs/smoke/japan_ccdcoe.toml").read_text(encoding="utf-8").replace("futures = 4 ", " ", 1)
    factors = '["M1.detection_ratio", "M2.share_probability"]'
    study.write_text(f"{text}\n[sampling]\n{sampling[request.param]}\nfactors = {factors}\n", encoding="utf-8")
    return run_study(campaigns / f"{request.param}.h5", study, "--replications", "2", "--set", "campaign.event_limit=72000")


@pytest.fixture(scope="session")
def partial(campaigns):
    """One of four shards of a campaign, as `merge --partial` writes it; beside it whole.h5.parts of the campaign that runs."""
    whole = campaigns / "whole.h5"
    run_study(whole, "delay", "--futures", "3", "--replications", "2", "--shard", "0/4")
    subprocess.run([PROGRAM, "merge", whole, "--partial", campaigns / "partial.h5"], capture_output=True, timeout=60, check=False)
    return campaigns / "partial.h5"


@pytest.fixture(scope="session")
def stopped(campaigns):
    """A study that stops when its interval is narrow."""
    return run_study(campaigns / "stopped.h5", "enough")


@pytest.fixture(scope="session")
def rare(campaigns):
    """A rare event by splitting, with one treatment and responses of the world."""
    return run_study(campaigns / "rare.h5", "rare_cascade")


@pytest.fixture
def altered(smoke, tmp_path):
    """A copy of `smoke` that a function of the open HDF5 file has changed."""
    def alter(change):
        copy = tmp_path / "altered.h5"
        shutil.copyfile(smoke, copy)
        with h5py.File(copy, "r+") as file:
            file.visititems(lambda name, item: item.attrs.pop("crc32c", None) and None)
            change(file)
        return copy
    return alter
