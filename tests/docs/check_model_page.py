"""docs/model says what the program says: generated tables are current, and the ODD page names every agent, event and parameter."""
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
TABLES = ROOT / "docs" / "model" / "parameters.md"
PAGE = ROOT / "docs" / "model" / "odd.md"
LEDGER = ROOT / "docs" / "model" / "assumptions.md"
HEAD = """# Agents, mechanisms, responses and parameters

Generated from the program by `berylia describe --format md`; do not edit. After a change of the model:
`/usr/bin/python3 tests/docs/check_model_page.py build/release/berylia --write`. Grades: A measured in the record, B reported by one source,
C expert bound, D assumption. The rules behind the numbers are in [odd.md](odd.md).

"""


THEORIES = ROOT / "docs" / "model" / "theories.md"
THEORIES_HEAD = """# Theories with known answers

Generated from the program by `berylia theory --list --markdown`; do not edit. After a change of a theory:
`/usr/bin/python3 tests/docs/check_model_page.py build/release/berylia --write`. How to use them is in [../guide/theory.md](../guide/theory.md). Grades: A measured in
the record, B reported by one source, C expert bound, D assumption.

"""


def theories(berylia):
    done = subprocess.run([berylia, "theory", "--list", "--markdown"], capture_output=True, text=True, timeout=120, check=True)
    return THEORIES_HEAD + done.stdout


EXERCISE = ROOT / "docs" / "model" / "exercise.md"
EXERCISE_HEAD = """# Keys of an exercise and items of its score sheet

Generated from the program by `berylia exercise --describe --markdown`; do not edit. After a change of the exercise:
`/usr/bin/python3 tests/docs/check_model_page.py build/release/berylia --write`. How it is played is in [../guide/exercise.md](../guide/exercise.md). Grades: A measured
in the record, B reported by one source, C expert bound, D assumption.

"""


def exercise(berylia):
    done = subprocess.run([berylia, "exercise", "--describe", "--markdown"], capture_output=True, text=True, timeout=120, check=True)
    return EXERCISE_HEAD + done.stdout


def describe(berylia, kind):
    done = subprocess.run([berylia, "describe", "--format", kind], capture_output=True, text=True, timeout=120, check=True)
    return done.stdout


def stale_tables(written, generated, name="parameters.md"):
    """Lines that only one of the two holds."""
    if written == generated:
        return []
    old, new = written.splitlines(), generated.splitlines()
    return [f"{name} is not what the program says: {line}" for line in [*(x for x in new if x not in old), *(x for x in old if x not in new)]] \
        or [f"{name} has its lines in another order"]


def unnamed(tables, page):
    """Agents, events, parameters and mechanisms of the program that the page does not name in code type, and names it should not."""
    problems = []
    code = {word for span in re.findall(r"`([^`]+)`", page) for word in span.split()}
    for agent in tables["agents"]:
        names = [agent["name"], *(event.strip() for event in agent["events"].split(","))]
        problems += [f"odd.md does not name {name} of {agent['name']}" for name in names if name and name not in code]
    parameters = [parameter["name"] for parameter in tables["parameters"]]
    # Numbered families are named by their first and last member.
    families = {re.sub(r"M\d+$", "", name) for name in parameters if name.startswith("centre_weight.")}
    problems += [f"odd.md does not name parameter {name}" for name in parameters
                 if name not in code and not any(name.startswith(family) for family in families)]
    problems += [f"odd.md does not say how {mechanism['name']} acts" for mechanism in tables["mechanisms"]
                 if mechanism["available"] == "yes" and not re.search(rf"^\| {mechanism['name']} ", page, re.M)]
    return problems


def unknown_names(tables, text, page):
    """Parameters in code type that the program does not know."""
    known = {parameter["name"] for parameter in tables["parameters"]}
    named = re.findall(r"`(M\d+\.\w+|centre_weight\.M\d+)`", text)
    return [f"{page} names the unknown parameter {name}" for name in named
            if name not in known and not re.fullmatch(r"centre_weight\.M\d", name)]


def ledger_gaps(text):
    """Rows are numbered without gaps and have a bias and a grade."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if re.match(r"\| \d", line)]
    problems = [f"assumption {row[0]} stands at place {place}" for place, row in enumerate(rows, 1) if row[0] != str(place)]
    problems += [f"assumption {row[0]} lacks what, why, bias or grade" for row in rows if len(row) != 6 or not all(row[:5])]
    return problems + ([] if len(rows) > 40 else [f"only {len(rows)} assumptions"])


def twins(tables, generated, page, ledger):
    """Broken copies that the checks must catch."""
    parameter = tables["parameters"][5]["name"]
    event = tables["agents"][0]["events"].split(",")[0]
    broken = [stale_tables(generated.replace("uniform(", "uniform(0", 1), generated),
              unnamed(tables, page.replace(f"`{parameter}`", "it")), unnamed(tables, page.replace(f"`{event}`", "it")),
              unknown_names(tables, page + "`M1.no_such_ratio`", "twin"), ledger_gaps(re.sub(r"^\| 7 .*\n", "", ledger, flags=re.M))]
    return [f"broken twin {i} passes" for i, problems in enumerate(broken) if not problems]


def main(berylia, *options):
    generated = HEAD + describe(berylia, "md")
    if "--write" in options:
        TABLES.write_text(generated, encoding="utf-8")
        THEORIES.write_text(theories(berylia), encoding="utf-8")
        EXERCISE.write_text(exercise(berylia), encoding="utf-8")
        return 0
    tables = json.loads(describe(berylia, "json"))
    page, ledger = PAGE.read_text(encoding="utf-8"), LEDGER.read_text(encoding="utf-8")
    problems = stale_tables(TABLES.read_text(encoding="utf-8"), generated) + unnamed(tables, page) + ledger_gaps(ledger)
    problems += stale_tables(THEORIES.read_text(encoding="utf-8"), theories(berylia), "theories.md")
    problems += stale_tables(EXERCISE.read_text(encoding="utf-8"), exercise(berylia), "exercise.md")
    problems += unknown_names(tables, page, "odd.md") + unknown_names(tables, ledger, "assumptions.md")
    problems += twins(tables, generated, page, ledger)
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems in docs/model")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
