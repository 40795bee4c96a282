"""Checks the house rules over the whole repository, after showing that each rule catches its broken twin."""
import os
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import source_rules  # noqa: E402
import text_rules  # noqa: E402
import twins  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
SKIPPED_FOLDERS = {".git", "build", "results", "node_modules", "__pycache__", ".pytest_cache", "dist", "shared"}
SOURCES = (".cpp", ".hpp")


def text_files(root):
    """Relative path and text of every text file, in a fixed order."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(f for f in folders if f not in SKIPPED_FOLDERS)
        for name in sorted(names):
            path = pathlib.Path(folder, name)
            if path.is_symlink() or name in SKIPPED_FOLDERS:  # .git of a worktree is a file
                continue
            data = path.read_bytes()
            if b"\0" not in data[:4096]:
                yield path.relative_to(root).as_posix(), data.decode("utf-8", "replace")


def check(path, text):
    problems = text_rules.check_text(path, text)
    if path.endswith(SOURCES):
        problems += source_rules.check_source(path, text)
    return problems


def check_twins():
    """A rule that does not notice its broken twin, or objects to a sound snippet, is itself a problem."""
    problems, caught = [], set()
    for path, text, rule in twins.SNIPPETS:
        found = {name for _, name, _ in check(path, text)}
        caught |= found & {rule}
        if found != ({rule} if rule else set()):
            problems.append(f"twin of {rule or 'no rule'} at {path}: found {sorted(found)} in {text[:60]!r}")
    rules = {rule.__name__ for rule in source_rules.RULES + text_rules.RULES}
    problems += [f"rule {name} has no broken twin" for name in sorted(rules - caught)]
    return problems


def main():
    problems = check_twins()
    count = 0
    for path, text in text_files(ROOT):
        count += 1
        problems += [f"{path}:{line}: {message} [{rule}]" for line, rule, message in check(path, text)]
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems in {count} files")
    return 1 if problems or count < 20 else 0


if __name__ == "__main__":
    sys.exit(main())
