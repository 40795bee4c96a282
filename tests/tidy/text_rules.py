"""Rules for every text file: length, machine paths, hosts of package registries, unfinished work, dead links."""
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
LONGEST_FILE = 400
CODE = (".cpp", ".hpp", ".ts", ".py", ".cmake", ".sh", ".R")

# Written in pieces so that this file keeps its own rules.
MACHINE_PATH = re.compile(r"(?<![\w.$}])/" + r"(work|farm|root|home/\w+|Users/\w+)/[a-zA-Z.]")
REGISTRY = re.compile(r"\b(deb|registry|ftp|archive|security)\.(deb" + r"ian|npm" + r"js|ya" + r"rnpkg|ubuntu)\.(org|com)\b|"
                      r"\bregistry\.[a-z]+\.(org|com)\b|\bpypi\." + r"org\b")
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|HA" + r"CK)\b|\bX" + r"XX:|not imple" + r"mented")


def lines_matching(text, pattern):
    for number, line in enumerate(text.splitlines(), 1):
        found = pattern.search(line)
        if found:
            yield number, found.group()


def budget(path, text):
    length = text.count("\n")
    if path.endswith(CODE) and length > LONGEST_FILE:
        yield length, f"{length} lines, none may have more than {LONGEST_FILE}"


def machine_paths(path, text):
    for number, found in lines_matching(text, MACHINE_PATH):
        yield number, f"path of one machine: {found}"


def registry_hosts(path, text):
    for number, found in lines_matching(text, REGISTRY):
        yield number, f"host of a package registry: {found}"


def unfinished(path, text):
    if path.endswith(CODE + (".toml", ".txt", ".md")):
        for number, found in lines_matching(text, UNFINISHED):
            yield number, f"unfinished by its own word: {found}"


def dead_links(path, text):
    if path.endswith(".md"):
        for number, line in enumerate(text.splitlines(), 1):
            for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", line):
                if "://" not in target and not target.startswith("mailto:"):
                    if not (ROOT / path).parent.joinpath(target).exists():
                        yield number, f"link to nothing: {target}"


RULES = [budget, machine_paths, registry_hosts, unfinished, dead_links]


def check_text(path, text):
    """All problems of one text file as (line, rule, text)."""
    return [(line, rule.__name__, message) for rule in RULES for line, message in rule(path, text)]
