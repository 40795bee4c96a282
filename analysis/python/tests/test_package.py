"""The package installs from the checkout without a network, and the example runs."""
import importlib.util
import os
import shutil
import subprocess
import sys

import pytest

import berylia
from conftest import PACKAGE


def run(*arguments, **options):
    done = subprocess.run([str(a) for a in arguments], capture_output=True, text=True, timeout=240, check=False, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.skipif(any(importlib.util.find_spec(m) is None for m in ("ensurepip", "setuptools", "wheel")), reason="no pip here")
def test_pip_installs_it_from_the_checkout(tmp_path, smoke):
    source = tmp_path / "python"
    shutil.copytree(PACKAGE, source, ignore=shutil.ignore_patterns("build", "*.egg-info", "__pycache__"))
    run(sys.executable, "-m", "venv", "--system-site-packages", tmp_path / "venv")
    python = tmp_path / "venv/bin/python"
    run(python, "-m", "pip", "install", "--no-index", "--no-build-isolation", "--no-deps", "--quiet", source)
    code = ("import berylia, importlib.resources as r; "
            f"print(berylia.__file__, berylia.open({str(smoke)!r}).counts.done, r.files('berylia').joinpath('py.typed').is_file())")
    where, done, typed = run(python, "-c", code, cwd=tmp_path, env={k: v for k, v in os.environ.items() if k != "PYTHONPATH"}).split()
    assert where.startswith(str(tmp_path / "venv")) and (done, typed) == ("128", "True")
    assert berylia.__version__ in run(python, "-m", "pip", "show", "berylia")


def test_the_example_runs_as_a_script(smoke, tmp_path):
    environment = dict(os.environ, MPLBACKEND="Agg", PYTHONPATH=str(PACKAGE / "src"))
    said = run(sys.executable, PACKAGE / "examples/first_look.py", smoke, cwd=tmp_path, env=environment)
    assert "Counts(planned=128, done=128" in said and "service-days" in said
    assert (tmp_path / "first_look.png").stat().st_size > 20_000


def test_every_public_name_says_what_it_is():
    for name in berylia.__all__:
        assert getattr(berylia, name).__doc__, name
    public = [n for n in dir(berylia.Results) if not n.startswith("_")]
    assert len(public) > 25 and all(getattr(berylia.Results, n).__doc__ for n in public)
