"""Checks what crosses borders: cross_border.tsv and the cycles that it closes with dependencies.tsv."""
import math

# Room of a sector's state (models/world/data/atlas.hpp), cap of a dependence, and the top of both factors' priors.
MOST_PROVIDERS_ABROAD, MOST_NATIONS_SERVED, LARGEST_DEPENDENCY, LARGEST_SCALE = 8, 16, 0.95, 1.5


class BorderChecks:
    """The part of a checker of tables that looks at cross_border.tsv."""

    def borders(self):
        nations, table = self.keys("nations", "iso3"), "cross_border"
        providers = self.keys("dependencies", "provider")
        seen, imports, dependents, served, shares = set(), [], {}, {}, {}
        for row in self.rows(table):
            provider, dependent, sector = key = row["provider"], row["dependent"], row["sector"]
            self.expect(provider in nations and dependent in nations, table, row, "unknown nation")
            self.expect(provider != dependent, table, row, "a nation provides for itself")
            self.expect(sector in providers, table, row, "no sector depends on that one")
            self.expect(key not in seen, table, row, "repeated")
            self.expect(row["basis"], table, row, "does not say what flows")
            seen.add(key)
            share = self.number(table, row, "share", 0.001, 1) or 0
            imports.append((*key, LARGEST_SCALE * share))
            for counts, place, value in ((dependents, dependent, 1), (served, (provider, sector), 1), (shares, (dependent, sector), share)):
                counts[place] = counts.get(place, 0) + value
        for counts, most, text in ((dependents, MOST_PROVIDERS_ABROAD, "providers abroad"), (served, MOST_NATIONS_SERVED, "nations served"),
                                   (shares, 1, "of all it uses from abroad")):
            for place, value in counts.items():
                self.expect(value <= most + 1e-9, table, None, f"{place}: {value:g} {text}, at most {most}")
        self.expect(self.dampened(imports), table, None, "D x share over some cycle multiply to 1 or more: an outage could keep itself alive")

    def dampened(self, imports):
        """Whether largest products of D x share over walks, as sums of logarithms, stop growing (Bellman and Ford): no cycle's reaches 1."""
        uses = {}
        for row in self.rows("dependencies"):
            uses.setdefault(row["provider"], []).append((row["dependent"], min(LARGEST_DEPENDENCY, LARGEST_SCALE * float(row["value"]))))
        at_home = [(n, n, sector, 1) for n in self.keys("nations", "iso3") for sector in uses]
        links = [((provider, sector), (dependent, k), math.log(d * share) + 1e-9) for provider, dependent, sector, share in at_home + imports
                 for k, d in uses.get(sector, []) if d * share > 0]
        largest = {}
        for _ in range(len(self.rows("nations")) * len(self.rows("sectors")) + 1):
            grown = False
            for provider, dependent, loss in links:
                product = largest.get(provider, 0) + loss
                if product > largest.get(dependent, 0):
                    largest[dependent], grown = product, True
            if not grown:
                return True
        return False


def broken_borders(read, checker):
    """Adds rows to the record's borders; the checker must object. Returns what it let pass."""
    def row(provider, dependent, sector, share="0.1"):
        return {"provider": provider, "dependent": dependent, "sector": sector, "share": share, "basis": "a test", "grade": "D", "source": "PORTS", "line": 0}

    nations = [r["iso3"] for r in read()["nations"][2]]
    additions = {"a repeated row": [row("NLD", "DEU", "transport")],
                 "more providers than a sector has room for": [row(n, "RUS", "finance") for n in nations[:9]],
                 "more nations than a sector can tell": [row("ISL", n, "water") for n in nations if n != "ISL"][:17],
                 "more imports than a nation uses": [row(n, "JPN", "energy", "0.4") for n in ("KOR", "CHN", "RUS")]}
    passed = []
    for what, rows in additions.items():
        tables = read()
        tables["cross_border"][2].extend(rows)
        if not checker(tables).run():
            passed.append(f"the Checker does not notice {what} in cross_border.tsv")
    # Two sectors that nearly are each other, and two nations that import them: at home the cap dampens, across the border 1.5 x share does not.
    for share, dampened in (("0.6", True), ("0.75", False)):
        tables = read()
        for d in tables["dependencies"][2]:
            if {d["provider"], d["dependent"]} == {"energy", "telecom"}:
                d["value"] = "0.95"
        tables["cross_border"][2].extend([row("KOR", "JPN", "energy", share), row("JPN", "KOR", "telecom", share)])
        if bool(checker(tables).run()) == dampened:
            passed.append(f"the Checker takes shares of {share} for {'un' if dampened else ''}dampened")
    return passed
