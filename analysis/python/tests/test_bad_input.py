"""Bad input is a BeryliaError that says what is wrong, why, and what to do; never a crash, never a wrong number."""
import shutil

import h5py
import numpy as np
import pytest

import berylia
from berylia.hdf5 import crc32c
from conftest import PROGRAM


def refused(path, words):
    with pytest.raises(berylia.BeryliaError, match=words):
        with berylia.open(path) as results:
            results.summary(results.response_names[0])


def test_files_that_are_no_results(tmp_path):
    refused(tmp_path / "none.h5", "there is no such file")
    refused(tmp_path, "it is a folder")
    (tmp_path / "text.h5").write_text("hello")
    refused(tmp_path / "text.h5", "not an HDF5 file")
    (tmp_path / "empty.h5").touch()
    refused(tmp_path / "empty.h5", "not an HDF5 file")
    with h5py.File(tmp_path / "foreign.h5", "w") as file:
        file["x"] = [1, 2]
    refused(tmp_path / "foreign.h5", "of another program")


def test_truncated_at_any_length(smoke, tmp_path):
    whole = smoke.read_bytes()
    for share in (0.01, 0.3, 0.9, 0.9999):
        cut = tmp_path / "cut.h5"
        cut.write_bytes(whole[:int(len(whole) * share)])
        refused(cut, "cannot read .*cut.h5")


def test_a_damaged_chunk_is_noticed_when_it_is_read(smoke, tmp_path):
    data = bytearray(smoke.read_bytes())
    with h5py.File(smoke) as file:
        chunk = file["responses/resilience_loss"].id.get_chunk_info(0)
    data[chunk.byte_offset + chunk.size // 2] ^= 0xFF
    (tmp_path / "bad.h5").write_bytes(data)
    refused(tmp_path / "bad.h5", "/responses/resilience_loss is damaged")


@pytest.mark.parametrize("name", ["responses/robustness", "futures/sampling", "replications/messages", "responses"])
def test_a_part_that_cannot_be_opened_is_not_taken_as_absent(smoke, tmp_path, name):
    data = bytearray(smoke.read_bytes())
    with h5py.File(smoke) as file:
        header = h5py.h5o.get_info(file[name].id).addr
    data[header + 20] ^= 1
    (tmp_path / "bad.h5").write_bytes(data)
    with pytest.raises(berylia.BeryliaError, match=f"/{name}.* is damaged"):
        with berylia.open(tmp_path / "bad.h5") as results:
            results.factors()
            results.replications()


def test_a_newer_format_is_refused(altered):
    refused(altered(lambda f: f.attrs.modify("format_version", np.int32(2))), "format 2, this reader knows format 1")


def test_a_campaign_still_running_is_told(partial):
    refused(partial.with_name("whole.h5"), "running or was interrupted.*merge --partial")


@pytest.mark.parametrize("name", ["replications/status", "design/points/name", "provenance/seed", "responses"])
def test_missing_parts(altered, name):
    refused(altered(lambda f: f.__delitem__(name)), f"/{name} is missing")


def replaced(name, change):
    def alter(file):
        values = file[name][:]
        change(values)
        del file[name]
        file[name] = values
    return alter


@pytest.mark.parametrize("name, value, words", [
    ("replications/point", 99, "outside the study"), ("replications/future", -1, "outside the study"),
    ("replications/status", 7, "outside the study"), ("replications/replication", 0, "occurs twice"),
    ("provenance/data_checksums/file", b"", None)])
def test_tables_that_contradict_themselves(altered, name, value, words):
    path = altered(replaced(name, lambda values: values.__setitem__(5, value)))
    if words:
        refused(path, words)
    else:
        berylia.open(path).summary("resilience_loss")


def test_columns_of_another_length(altered):
    def shorten(file):
        values = file["responses/resilience_loss"][:-1]
        attributes = dict(file["responses/resilience_loss"].attrs)
        del file["responses/resilience_loss"]
        file["responses/resilience_loss"] = values
        file["responses/resilience_loss"].attrs.update(attributes)
    refused(altered(shorten), "its shape is")


def test_links_to_other_files_are_not_followed(altered, smoke):
    def link(file):
        del file["replications/status"]
        file["replications/status"] = h5py.ExternalLink(str(smoke), "/replications/status")
    refused(altered(link), "/replications/status is missing")


def test_failed_rows_are_left_out_and_counted(altered):
    def fail(file):
        file["replications/status"][3] = 1
        file["responses/resilience_loss"][3] = np.nan
    with berylia.open(altered(fail)) as results:
        assert (results.counts.done, results.counts.failed) == (127, 1)
        table = results.summary("resilience_loss")
        assert (table.n == 7).all() and (table.dropped == 1).all() and table["mean"].notna().all()
        assert results.describe("resilience_loss").n.tolist() == [7] + [8] * 15
        assert np.isnan(results.series("incidents", "none").incidents.isel(future=1, replication=1)).all()


def test_a_value_that_is_not_defined_costs_its_pair_only(altered):
    def undefine(file):
        file["responses/resilience_loss"][3] = np.nan
    with berylia.open(altered(undefine)) as results:
        assert results.counts.failed == 0 and (results.summary("resilience_loss").dropped == 1).all()
        assert (results.summary("incidents").dropped == 0).all()


def test_an_older_file_lacks_some_parts(altered):
    def age(file):
        del file["futures/sampling"], file["nations/is_adversary"], file["provenance/data_checksums"]
        del file["replications/digest_before"], file["incidents"]
    with berylia.open(altered(age)) as results:
        assert results.factors().varied.all() and results.nations().is_adversary.isna().all()
        assert results.data_checksums().empty and "digest_before" not in results.replications()
        assert results.incidents().empty


def test_missing_values_of_incidents_are_missing(altered):
    def lose(file):
        file["incidents/severity"][0] = file["incidents/actor"][0] = np.iinfo(np.int32).min
        file["incidents/day"][0] = np.nan
    with berylia.open(altered(lose)) as results:
        first = results.incidents().iloc[0]
        assert all(first[["severity", "actor", "date"]].isna()) and first.treatment == "none"


def test_names_get_suggestions(smoke):
    with berylia.open(smoke) as results:
        for call, words in ((lambda: results.summary("resilence_loss"), 'did you mean "resilience_loss"'),
                            (lambda: results.summary("incidents", "Japan"), r'did you mean "JPN" \(Japan\)'),
                            (lambda: results.wide("incidents", "JPM"), 'did you mean "JPN"'),
                            (lambda: results.summary("incidents", treatment="member"), 'did you mean "membership"'),
                            (lambda: results.summary("incidents", treatment="none"), "it is the reference"),
                            (lambda: results.series("service"), 'did you mean "service_loss"'),
                            (lambda: results.incidents("sectors"), 'did you mean "sector"'),
                            (lambda: results.responses("xyzzy"), "choose one of: resilience_loss"),
                            (lambda: results.plot_league("incidents", "Liaison"), 'did you mean "liaison"'),
                            (lambda: results.quantiles("incidents", probabilities=[5]), "from 0 to 1")):
            with pytest.raises(berylia.BeryliaError, match=words):
                call()


def test_a_closed_file_says_so(smoke):
    results = berylia.open(smoke)
    results.close()
    results.close()
    with pytest.raises(berylia.BeryliaError, match="has been closed"):
        results.responses()


def test_analyses_that_are_none(tmp_path, smoke):
    (tmp_path / "a.json").write_text("{")
    for source, words in ((tmp_path / "none.json", "cannot read"), (tmp_path / "a.json", "not JSON"), ({"x": 1}, "no analysis"),
                          ({"format": 2, "paired_differences": []}, "format 2")):
        with pytest.raises(berylia.BeryliaError, match=words):
            berylia.read_analysis(source)
    with pytest.raises(berylia.BeryliaError, match="no program"):
        berylia.read_analysis(smoke, "berylia-that-is-not-there")
    with pytest.raises(berylia.BeryliaError, match="Japan"):
        berylia.read_analysis(smoke, PROGRAM, ["--nation", "Japan"])
    copy = tmp_path / "copy.h5"
    shutil.copyfile(smoke, copy)
    analysis = berylia.read_analysis(copy, PROGRAM)
    assert analysis["stopping"].empty and analysis["failures"].empty and "factorial.effects" in analysis.names
    with pytest.raises(berylia.BeryliaError, match='did you mean "summaries"'):
        analysis["summary"]


def test_a_flipped_bit_in_a_text_is_noticed(smoke, tmp_path):
    data = bytearray(smoke.read_bytes())
    seed = data.find(b"0000000001348cb0")  # in one piece: HDF5 has no checksum of it
    data[seed] ^= 1
    (tmp_path / "bad.h5").write_bytes(data)
    refused(tmp_path / "bad.h5", "/provenance/seed is damaged: it differs from its checksum")
    assert crc32c(b"123456789") == 0xE3069283


def test_a_list_of_no_names_is_no_default(smoke):
    with berylia.open(smoke) as results:
        for call in (lambda: results.responses([]), lambda: results.summary("incidents", treatment=[]), lambda: results.incidents([]),
                     lambda: results.series(treatments=[]), lambda: results.series(futures=[4]), lambda: results.wide("incidents", "all")):
            with pytest.raises(berylia.BeryliaError):
                call()
