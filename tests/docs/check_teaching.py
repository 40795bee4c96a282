"""The lesson shows what the program prints: the lines in docs/guide/teaching.md are those of its own commands, run anew."""
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "guide" / "teaching.md"
WRITTEN_AS = "build/release/berylia"


def keyed(lines):
    """((response, nation or group, treatment) or None, line) of each line: rows stand below the heading of their response."""
    response = None
    for line in lines:
        heading = re.match(r"([a-z_0-9]+) \[.*\], (?:higher|lower) is worse$", line)
        row = re.match(r"  (\S+) +(\S+) ", line)
        if heading:
            response = heading[1]
        yield ((response, row[1], row[2]) if row and response and not heading else None), line


def run(berylia, line, folder):
    """Standard output of a command of the page."""
    words = [str(ROOT / word) if word.startswith("configs/") else word for word in shlex.split(line)]
    done = subprocess.run([berylia, *words[1:]], cwd=folder, capture_output=True, text=True, timeout=600, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{line}: {done.stdout}{done.stderr}")
    return done.stdout


def as_printed(page, berylia, folder):
    """(the page with every row of its text blocks as the analysis above it prints it, number of rows)."""
    out, rows, printed = [], 0, {}
    for part in re.split(r"(^```.*?^```\n)", page, flags=re.M | re.S):
        if part.startswith("```\n"):
            for line in part.splitlines():
                words = line.split()
                if line.startswith(f"{WRITTEN_AS} run configs/"):
                    run(berylia, line, folder)
                elif words[1:2] == ["analyze"]:
                    printed = dict(keyed(run(berylia, line, folder).splitlines()))
        if part.startswith("```text\n"):
            lines = list(keyed(part.splitlines()))
            rows += sum(key is not None for key, _ in lines)
            part = "".join((line if key is None else printed.get(key, f"no row {key}")) + "\n" for key, line in lines)
        out.append(part)
    return "".join(out), rows


def main(berylia, *options):
    page = PAGE.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        current, rows = as_printed(page, str(pathlib.Path(berylia).resolve()), folder)
    if "--write" in options:
        PAGE.write_text(current, encoding="utf-8")
        return 0
    problems = [f"the page says {old}\nthe program {new}" for old, new in zip(page.splitlines(), current.splitlines()) if old != new]
    problems += [] if rows > 10 else [f"only {rows} rows to compare"]
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems in teaching.md")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
