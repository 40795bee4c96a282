"""The code on the page of the guide runs as written, and its links and names are right."""
import re
import shutil

import matplotlib.pyplot as pyplot

import berylia
from conftest import PROGRAM, ROOT

PAGE = (ROOT / "docs/guide/python.md").read_text(encoding="utf-8")


def test_the_code_of_the_guide_runs_in_order(smoke, tmp_path, monkeypatch, capsys):
    shutil.copyfile(smoke, tmp_path / "out.h5")
    monkeypatch.chdir(tmp_path)
    names = {}
    blocks = re.findall(r"^```python\n(.*?)^```", PAGE, re.S | re.M)
    for block in blocks:
        exec(block.replace("build/release/berylia", PROGRAM), names)  # the page of this repository
    pyplot.close("all")
    assert len(blocks) > 6 and names["total"] > 0
    assert "campaigns - campaigns discovered" in capsys.readouterr().out


def test_the_guide_names_every_function():
    public = {n for n in dir(berylia.Results) if not n.startswith("_")} - {"close", "path"}
    missing = [n for n in sorted(public) if not re.search(rf"\b{n}\b", PAGE)]
    assert not missing
    called = set(re.findall(r"^\| `(\w+)\(", PAGE, re.M))
    assert called <= public
