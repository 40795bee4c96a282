"""Checks configs/data, each world by itself: every row sourced and graded, dates valid, references resolve, values in range, no foreign rows."""
import datetime
import pathlib
import re
import sys

from cross_border import BorderChecks, broken_borders

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "configs" / "data"
FLAGS = {"liaison", "exercise", "membership", "announcement"}
MECHANISMS = {f"M{k}" for k in range(1, 9)}
# Most rows a table may have: the shipped tables are aggregates, never a data set of single incidents.
MOST_ROWS = 400


def read_table(path):
    """Returns (comments, header, rows); each row is a dict with "line" added."""
    comments, header, rows = [], None, []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            comments.append(line)
        elif header is None:
            header = line.split("\t")
        else:
            cells = line.split("\t")
            if len(cells) != len(header):
                raise ValueError(f"{path.name}:{number}: {len(cells)} cells under {len(header)} columns")
            rows.append(dict(zip(header, cells), line=number))
    if header is None:
        raise ValueError(f"{path.name}: no header")
    return comments, header, rows


def read_folder(folder):
    return {path.stem: read_table(path) for path in sorted(folder.glob("*.tsv"))}


def read_fiction(name):
    """The tables of a fictional world: its own about nations, the shared ones for the rest, the sources of both."""
    shared, own = read_folder(FOLDER), read_folder(FOLDER / name)
    own["sources"] = (*own["sources"][:2], shared["sources"][2] + own["sources"][2])
    return shared | own


def valid_date(text):
    try:
        return re.fullmatch(r"\d{4}-\d\d-\d\d", text) is not None and datetime.date.fromisoformat(text) is not None
    except ValueError:
        return False


class Checker(BorderChecks):
    """Collects the problems of one set of tables, those of the default world."""
    centre, statuses, most_nations, without_gdp = "CCDCOE", ("CP", "SN"), 71, "PRK"

    def __init__(self, tables):
        self.tables = tables
        self.problems = []

    def expect(self, holds, table, row, text):
        if not holds:
            self.problems.append(f"{table}.tsv:{row['line'] if row else 1}: {text}")

    def rows(self, table):
        return self.tables[table][2]

    def keys(self, table, column):
        return {row[column] for row in self.rows(table)}

    def number(self, table, row, column, low, high, empty=False):
        text = row[column]
        if text == "":
            self.expect(empty, table, row, f"{column} is missing")
            return None
        try:
            value = float(text)
        except ValueError:
            self.expect(False, table, row, f"{column} = {text!r} is not a number")
            return None
        self.expect(low <= value <= high, table, row, f"{column} = {value} is outside [{low}, {high}]")
        return value

    def common(self):
        codes = self.keys("sources", "code")
        for name, (comments, header, rows) in self.tables.items():
            self.expect(comments, name, None, "no comment on top")
            self.expect(any("icence" in line for line in comments) or name == "sources", name, None, "no licence")
            self.expect(0 < len(rows) <= MOST_ROWS, name, None, f"{len(rows)} rows")
            if name == "sources":
                continue
            column = "sources" if "sources" in header else "source"
            self.expect(column in header, name, None, "no column source or sources")
            self.expect("confidence" in header or "grade" in header, name, None, "neither confidence nor grade")
            for row in rows:
                for code in row.get(column, "").split(";"):
                    self.expect(code in codes, name, row, f"unknown source {code!r}")
                if "confidence" in row:
                    self.expect(row["confidence"] in ("H", "M", "L"), name, row, "confidence is not H, M or L")
                if "grade" in row:
                    self.expect(row["grade"] in ("A", "B", "C", "D"), name, row, "grade is not A, B, C or D")

    def nations(self):
        rows = self.rows("nations")
        self.expect(len(rows) == self.most_nations == len(self.keys("nations", "iso3")), "nations", None,
                    f"not {self.most_nations} different nations")
        for row in rows:
            self.expect(re.fullmatch("[A-Z]{3}", row["iso3"]), "nations", row, "iso3 is no alpha-3 code")
            self.number("nations", row, "population", 1e5, 2e9)
            self.number("nations", row, "gdp_usd_bn", 1, 50000, empty=row["iso3"] == self.without_gdp)
            self.number("nations", row, "internet_share", 0, 1)
            for column, top in (("ncsi", 100), ("ncpi_defence", 100), ("gci_legal", 20), ("gci_technical", 20),
                                ("gci_capacity", 20)):
                self.number("nations", row, column, 0, top, empty=True)

    def dated(self, table):
        nations, organisations = self.keys("nations", "iso3"), self.keys("organisations", "organisation")
        for row in self.rows(table):
            self.expect(row["nation"] in nations, table, row, f"unknown nation {row['nation']}")
            self.expect(row["organisation"] in organisations | {""}, table, row, "unknown organisation")
            for end in ("from", "to"):
                precision = row[end + "_precision"]
                if end == "to" and row["to"] == "":
                    self.expect(precision == "", table, row, "a precision without a date")
                    continue
                self.expect(valid_date(row[end]), table, row, f"{end} = {row[end]!r} is no date")
                self.expect(precision in ("day", "month", "year"), table, row, f"{end}_precision = {precision!r}")
                suffix = {"year": "-01-01", "month": "-01"}.get(precision, "")
                self.expect(row[end].endswith(suffix), table, row, f"{end} is not the first day of its {precision}")
            self.expect(row["to"] == "" or row["from"] < row["to"], table, row, "ends before it starts")

    def organisations(self):
        self.expect(len(self.rows("organisations")) == len(self.keys("organisations", "organisation")), "organisations", None,
                    "an organisation stands there twice")
        centre = [row for row in self.rows("organisations") if row["organisation"] == self.centre]
        self.expect([[row[f"has_{flag}"] for flag in ("liaison", "exercise", "membership")] for row in centre] == [["1"] * 3],
                    "organisations", None, f"{self.centre} lacks liaison, exercise or membership")
        for row in self.rows("organisations"):
            founded = row["founded"]
            self.expect(valid_date(founded) or re.fullmatch(r"\d{4}", founded), "organisations", row,
                        f"founded = {founded!r} is neither a date nor a year")
            if not valid_date(founded):
                first = min((r["from"] for r in self.rows("memberships") if r["organisation"] == row["organisation"]),
                            default="")
                self.expect(first[:4] == founded, "organisations", row, "no membership recorded in the founding year")

    def memberships(self):
        founded = {row["organisation"]: row["founded"] for row in self.rows("organisations")}
        spans = {}
        for row in self.rows("memberships"):
            organisation = row["organisation"]
            allowed = self.statuses if organisation == self.centre else ("member",)
            self.expect(row["status"] in allowed, "memberships", row, f"status {row['status']!r} at {organisation}")
            # Compared as exactly as both are known.
            known = min(len(founded.get(organisation, "")), {"year": 4, "month": 7}.get(row["from_precision"], 10))
            self.expect(row["from"][:known] >= founded.get(organisation, "")[:known], "memberships", row,
                        "before the founding")
            spans.setdefault((row["nation"], organisation), []).append((row["from"], row["to"] or "9999", row))
        for entries in spans.values():
            entries.sort(key=lambda entry: entry[0])
            for (_, end, _), (start, _, row) in zip(entries, entries[1:]):
                self.expect(end <= start, "memberships", row, "overlaps the row before it")
                # Of a membership that was taken up again the world follows the later part.
                self.expect(end == start or end < "2009-01-02", "memberships", row, "a gap after studies may have begun")
        self.facts()

    def facts(self):
        """What must stand in the record whatever else changes."""
        japan = [r for r in self.rows("memberships") if (r["nation"], r["organisation"]) == ("JPN", "CCDCOE")]
        self.expect([(r["status"], r["from"], r["to"]) for r in japan] == [("CP", "2022-11-04", "")], "memberships",
                    None, "Japan joined CCDCOE as CP on 2022-11-04")

    def weights(self):
        organisations = self.keys("organisations", "organisation")
        seen = set()
        for row in self.rows("organisation_weights"):
            key = (row["organisation"], row["flag"], row["mechanism"])
            self.expect(key not in seen, "organisation_weights", row, "repeated")
            seen.add(key)
            self.expect(row["organisation"] in organisations, "organisation_weights", row, "unknown organisation")
            self.expect(row["flag"] in FLAGS and row["mechanism"] in MECHANISMS, "organisation_weights", row, "bad key")
            self.number("organisation_weights", row, "weight", 0, 1)
            if row["organisation"] == self.centre and row["mechanism"] == "M4":
                self.expect(float(row["weight"]) == 0, "organisation_weights", row, f"{self.centre} lends no capacity")
        for organisation in organisations:
            for mechanism in MECHANISMS:
                self.expect((organisation, "membership", mechanism) in seen, "organisation_weights", None,
                            f"no weight of {organisation} for {mechanism}")

    def actors(self):
        nations, actors = self.keys("nations", "iso3"), self.keys("state_actors", "actor")
        for row in self.rows("rival_dyads"):
            self.expect(row["actor"] in actors and row["target"] in nations, "rival_dyads", row, "unknown nation")
            shape = self.number("rival_dyads", row, "shape", 1.32, 60)
            rate = self.number("rival_dyads", row, "rate_years", 12.14, 12.14)
            mean = self.number("rival_dyads", row, "mean_per_year", 0, 5)
            self.expect(abs(shape / rate - mean) < 1e-4, "rival_dyads", row, "mean is not shape / rate")
        for row in self.rows("crises"):
            self.expect(row["actor"] in actors and row["target"] in nations and row["actor"] != row["target"], "crises", row, "unknown nation")
            self.expect(valid_date(row["day"]), "crises", row, f"day = {row['day']!r} is no date")
        for row in self.rows("state_actors"):
            mix = [self.number("state_actors", row, c, 0, 100) for c in
                   ("disruption", "short_espionage", "long_espionage", "degradation")]
            self.expect(row["actor"] in nations and row["acquisition"] in ("top", "other"), "state_actors", row, "bad row")
            self.expect(abs(sum(mix) - float(row["pseudo_total"])) < 0.01, "state_actors", row, "mix and total differ")
        self.expect(self.keys("receivers", "iso3") == nations, "receivers", None, "not the nations of nations.tsv")
        self.expect(self.keys("openness", "iso3") == nations, "openness", None, "not the nations of nations.tsv")
        for row in self.rows("openness"):
            self.expect(row["openness"] in ("-1", "0", "1"), "openness", row, "openness is not -1, 0 or 1")
        for row in self.rows("receivers"):
            for kind in ("state", "other"):
                mean = float(row[kind + "_shape"]) / float(row[kind + "_rate_years"])
                self.expect(abs(mean - float(row[kind + "_mean_per_year"])) < 1e-3, "receivers", row, "mean differs")

    def shares(self):
        for table, group in (("severity_given_objective", "objective"), ("objectives", None), ("target_choice", None)):
            sums = {}
            for row in self.rows(table):
                key = row[group] if group else ""
                sums[key] = sums.get(key, 0) + self.number(table, row, "share", 0, 1)
            for key, total in sums.items():
                self.expect(abs(total - 1) < 0.011, table, None, f"shares {key} add up to {total:.4f}")
        for row in self.rows("dwell"):
            self.number("dwell", row, "median_dwell_days", 1, 1000)
            self.number("dwell", row, "internal_share", 0, 1)
        for row in self.rows("time_to_exploit"):
            self.number("time_to_exploit", row, "days", -10, 100)

    def economy(self):
        sectors = [row["sector"] for row in self.rows("sectors")]
        self.expect(len(set(sectors)) == 16, "sectors", None, "not 16 sectors")
        self.expect(abs(sum(float(r["target_weight"]) for r in self.rows("sectors")) - 14) < 1e-9, "sectors", None,
                    "target weights do not add up to 14")
        for row in self.rows("dependencies"):
            self.expect(row["provider"] in sectors and row["dependent"] in sectors, "dependencies", row, "unknown sector")
            self.expect(row["provider"] != row["dependent"], "dependencies", row, "depends on itself")
            self.number("dependencies", row, "value", 0, 0.95)
        for table in ("io_coefficients", "io_coefficients_15"):
            rows = self.rows(table)
            names = [row["supplier"] for row in rows]
            self.expect(self.tables[table][1][1:1 + len(names)] == names, table, None, "rows and columns differ")
            for name in names:
                total = sum(self.number(table, row, name, 0, 1) for row in rows)
                self.expect(0 < total < 1, table, None, f"column {name} adds up to {total:.3f}: no value added")
        self.expect([r["supplier"] for r in self.rows("io_coefficients")] == sectors, "io_coefficients", None,
                    "order differs from sectors.tsv")

    def run(self):
        self.common()
        self.nations()
        self.dated("memberships")
        self.dated("flags")
        self.organisations()
        self.memberships()
        self.weights()
        self.actors()
        self.shares()
        self.economy()
        self.borders()
        return self.problems


class FictionChecker(Checker):
    """The fictional world of Berylia: nothing of the real world in it, and every number says that it is assumed."""
    centre, statuses, most_nations, without_gdp = "CYDEC", ("member",), 9, None

    def facts(self):
        joined = [r for r in self.rows("memberships") if (r["nation"], r["organisation"]) == ("XBE", self.centre)]
        self.expect(not joined, "memberships", None, "whether Berylia joins the centre is the question of its studies")
        self.expect(any(r["actor"] == "XCR" and r["target"] == "XBE" for r in self.rows("rival_dyads")), "rival_dyads", None,
                    "Crimsonia does not threaten Berylia")

    def assumed(self):
        real = {row["iso3"] for row in read_folder(FOLDER)["nations"][2]}
        for row in self.rows("nations"):
            self.expect(row["iso3"].startswith("X") and row["iso3"] not in real, "nations", row, "not a code for private use")
        for name in read_folder(FOLDER / "berylia"):
            comments, _, rows = self.tables[name]
            self.expect(any("Grade D throughout: invented" in line for line in comments), name, None, "does not say that it is invented")
            for row in rows if name != "sources" else []:
                self.expect(row["grade"] == "D" and row.get("source", row.get("sources")) == "FICTION", name, row, "not assumed")

    def income(self):
        """Where a case costs what it costs in the default world, income per head is that of the United States."""
        per_head = {row["iso3"]: float(row["gdp_usd_bn"]) * 1e9 / float(row["population"])
                    for row in self.rows("nations") + read_folder(FOLDER)["nations"][2] if row["gdp_usd_bn"]}
        self.expect(abs(per_head["XAM"] / per_head["USA"] - 1) < 0.01, "nations", None, "Ambera's income is not that of the United States")

    def run(self):
        super().run()
        self.assumed()
        self.income()
        return self.problems


def broken_twins():
    """Changes one cell at a time; the checker must object to each. Returns what it let pass."""
    fictional = [("nations", 1, "iso3", "EST"), ("nations", 0, "gdp_usd_bn", "4000"), ("nations", 2, "grade", "A"),
                 ("nations", 1, "ncsi", "162"), ("organisations", 0, "has_exercise", "0"), ("organisations", 1, "organisation", "UNION"),
                 ("memberships", 0, "nation", "XBE"), ("memberships", 0, "from", "2009-01-01"), ("memberships", 4, "nation", "USA"),
                 ("organisation_weights", 3, "weight", "0.2"), ("flags", 0, "organisation", "CCDCOE"), ("receivers", 3, "iso3", "XZZ"),
                 ("receivers", 2, "state_mean_per_year", "2"), ("rival_dyads", 1, "target", "XOP"), ("rival_dyads", 0, "shape", "9"),
                 ("cross_border", 0, "dependent", "JPN"), ("cross_border", 2, "share", "1e1"),
                 ("state_actors", 1, "pseudo_total", "9"), ("state_actors", 0, "source", "DCID2")]
    changes = [("nations", 0, "sources", "NOBODY"), ("nations", 3, "internet_share", "1.2"),
               ("memberships", 0, "from", "2022-02-30"), ("memberships", 2, "organisation", "NATTO"),
               ("memberships", 5, "to", "1950-01-01"), ("memberships", 7, "confidence", ""),
               ("organisations", 0, "founded", "2008-05-15"), ("organisations", 5, "founded", "2021-09-31"),
               ("organisations", 12, "founded", "2022"),
               ("organisation_weights", 3, "weight", "0.2"), ("rival_dyads", 0, "target", "QQQ"), ("crises", 0, "day", "2008-13-07"),
               ("cross_border", 0, "provider", "QQQ"), ("cross_border", 0, "provider", "ALB"), ("cross_border", 3, "sector", "mining"),
               ("cross_border", 5, "share", "1.2"), ("cross_border", 5, "share", ""), ("cross_border", 7, "basis", ""),
               ("severity_given_objective", 0, "share", "0.5"), ("io_coefficients", 4, "energy", "0.99"),
               ("dependencies", 0, "dependent", "energy"), ("sectors", 0, "grade", "E"), ("openness", 0, "iso3", "XZZ"), ("openness", 1, "openness", "2")]
    passed = []
    for checker, read, cells in ((Checker, lambda: read_folder(FOLDER), changes), (FictionChecker, lambda: read_fiction("berylia"), fictional)):
        for table, index, column, value in cells:
            tables = read()
            tables[table][2][index][column] = value
            if not checker(tables).run():
                passed.append(f"the {checker.__name__} does not notice {table}.tsv row {index} with {column} = {value!r}")
    return passed + broken_borders(lambda: read_folder(FOLDER), Checker)


def main():
    problems = Checker(read_folder(FOLDER)).run() + [f"berylia: {each}" for each in FictionChecker(read_fiction("berylia")).run()]
    problems = problems or broken_twins()
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems in configs/data")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
