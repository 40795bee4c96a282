"""Prints a table of seconds per test suite from a JUnit file and a last line "N passed, N failed"; exits 1 on a failure."""
import sys
import xml.etree.ElementTree


def status_of(case):
    """A suite that could not even start has failed; one that asked to be skipped has not."""
    skipped = case.find("skipped")
    reason = skipped.get("message", "") if skipped is not None else ""
    if case.get("status") == "run":
        return "passed"
    return "skipped" if case.get("status") == "disabled" or reason.startswith("SKIP_") else "failed"


def main(path):
    suites = []
    for case in xml.etree.ElementTree.parse(path).getroot().iter("testcase"):
        suites.append((float(case.get("time", "0")), case.get("name"), status_of(case)))
    suites.sort(reverse=True)
    for seconds, name, status in suites:
        print(f"{seconds:9.2f} s  {status:8} {name}")
    counts = {state: sum(status == state for *_, status in suites) for state in ("passed", "failed", "skipped")}
    print(f"{sum(seconds for seconds, *_ in suites):9.2f} s  in all")
    skipped = f", {counts['skipped']} skipped" if counts["skipped"] else ""
    print(f"{counts['passed']} passed, {counts['failed']} failed{skipped}")
    return 1 if counts["failed"] or not counts["passed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
