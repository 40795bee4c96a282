"""Runs what the guides show: studies in docs/guide are sound, and the commands that need no results work as written."""
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
WRITTEN_AS = "build/release/berylia"


def blocks(text, language):
    return [block for kind, block in re.findall(r"^```(\w*)\n(.*?)^```", text, re.S | re.M) if kind == language]


def run(arguments, folder):
    return subprocess.run(arguments, cwd=folder, capture_output=True, text=True, timeout=120, check=False)


def check_studies(berylia, folder):
    """Every TOML block that is a whole study passes `berylia check`; a misspelt one does not."""
    problems, count = [], 0
    for page in sorted((ROOT / "docs").rglob("*.md")):
        for block in blocks(page.read_text(encoding="utf-8"), "toml"):
            if "study_format" not in block or "[time]" not in block:
                continue
            count += 1
            study = folder / f"study_{count}.toml"
            study.write_text(block, encoding="utf-8")
            done = run([berylia, "check", study.name], folder)
            if done.returncode != 0:
                problems.append(f"{page.relative_to(ROOT)}: {done.stdout}{done.stderr}")
            study.write_text(block.replace("futures", "futurs", 1) + "\n[nonsense]\nx = 1\n", encoding="utf-8")
            if run([berylia, "check", study.name], folder).returncode != 2:
                problems.append(f"{page.relative_to(ROOT)}: a misspelt key passes")
    return problems + ([] if count else ["docs has no study to check"])


def check_commands(berylia, folder):
    """Commands of README and guides up to `check` are run in order; of the others, the options must exist."""
    problems, count = [], 0
    for page in [ROOT / "README.md", *sorted((ROOT / "docs" / "guide").glob("*.md"))]:
        place = folder / page.stem  # each page begins in a folder of its own, which holds the shipped studies only
        place.mkdir()
        (place / "configs").symlink_to(ROOT / "configs")
        for line in "".join(blocks(page.read_text(encoding="utf-8"), "")).splitlines():
            if not line.startswith(WRITTEN_AS):
                continue
            count += 1
            words = line.split("#")[0].split()
            if words[1] in ("new", "check", "describe", "theory"):
                done = run(["bash", "-c", line.replace(WRITTEN_AS, berylia)], place)
                if done.returncode != 0:
                    problems.append(f"{page.name}: {line}: {done.stdout}{done.stderr}")
                continue
            text = run([berylia, words[1], "--help"], folder).stdout
            for option in (word for word in words[2:] if word.startswith("-")):
                if not re.search(rf"(^|[\s,]){option}\b", text, re.M):
                    problems.append(f"{page.name}: {words[1]} has no option {option}")
    return problems + ([] if count > 5 else [f"only {count} commands found"])


def main(berylia):
    with tempfile.TemporaryDirectory() as folder:
        problems = check_studies(berylia, pathlib.Path(folder)) + check_commands(berylia, pathlib.Path(folder))
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems in the guides")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
