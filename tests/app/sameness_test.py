"""The results file is the same, byte for byte, for any number of jobs and any executor; replays agree with it."""
import pathlib

import program
from program import ProgramTest


def crc32c(data):
    """CRC-32C of bytes, RFC 3720, bit by bit."""
    crc = 0xffffffff
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82f63b78 if crc & 1 else 0)
    return crc ^ 0xffffffff


class Sameness(ProgramTest):
    def test_jobs_and_executor_do_not_matter(self):
        reference = self.run_smoke("reference.h5", "--executor", "sequential", "--jobs", 1, futures=2)
        for jobs in [2, 8]:
            self.assert_same_bytes(self.run_smoke(f"jobs{jobs}.h5", "--jobs", jobs, futures=2), reference)
        for extra in [[], ["--executor", "auto", "--threads", 4]]:
            self.assert_same_bytes(self.run_smoke(f"auto{len(extra)}.h5", *extra, futures=2), reference)
        self.assert_same_bytes(self.run_smoke("checked.h5", "--executor", "rollback-check", futures=2), reference)
        for threads in [1, 2, 3]:
            path = self.run_smoke(f"windows{threads}.h5", "--executor", "conservative", "--threads", threads, futures=2)
            self.assert_same_bytes(path, reference)

    def test_the_seed_matters(self):
        a = self.run_smoke("a.h5", "--seed", 1)
        b = self.run_smoke("b.h5", "--seed", 2)
        self.assertNotEqual(a.read_bytes(), b.read_bytes())

    def test_a_replay_agrees_and_its_trace_names_events_and_causes(self):
        out = self.run_smoke("a.h5", futures=3, replications=2)
        trace = self.folder / "trace.tsv"
        said, _ = self.berylia("replay", out, "--point", 1, "--future", 2, "--replication", 1, "--trace", trace)
        self.assertIn("the same", said)
        lines = pathlib.Path(trace).read_text().splitlines()
        self.assertEqual(lines[0].split("\t"), ["time", "agent", "kind", "key", "parent", "incident"])
        self.assertGreater(len(lines), 100)
        known = {row.split("\t")[3] for row in lines[1:]}
        parents = {row.split("\t")[4] for row in lines[1:]} - {"-", "init"}
        self.assertTrue(parents)
        self.assertTrue(parents <= known)

    def test_a_replication_that_is_not_in_the_file_is_refused(self):
        out = self.run_smoke("a.h5")
        self.berylia("replay", out, "--point", 0, "--future", 99, "--replication", 0, expect=2)

    def test_a_replay_notices_a_different_digest(self):
        import h5py
        out = self.run_smoke("a.h5")
        key = {"point": 0, "future": 0, "replication": 0}
        arguments = [word for name, value in key.items() for word in (f"--{name}", value)]
        self.berylia("replay", out, *arguments)
        with h5py.File(out, "r+") as file:
            digests = file["replications/digest"]
            text = digests[0]
            digests[0] = (b"f" if text[:1] != b"f" else b"0") + text[1:]
            value = digests.attrs["crc32c"]
            digests.attrs.create("crc32c", b"%08x" % crc32c(digests[:].tobytes()), dtype=value.dtype)
        _, err = self.berylia("replay", out, *arguments, expect=4)
        self.assertIn("digest", err)


if __name__ == "__main__":
    program.main()
