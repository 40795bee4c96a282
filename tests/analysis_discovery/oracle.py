"""Peeling and tree growth against exhaustive searches in plain Python, on small tables with ties, discrete values and gaps."""
import random
import subprocess
import sys

ALPHA, FEWEST, MASS = 0.05, 10, 0.05


def table(seed, rows, factors):
    rng = random.Random(seed)
    data = []
    for _ in range(rows):
        x = [rng.random() if k % 3 == 0 else float(rng.randrange(5)) if k % 3 == 1 else round(rng.random(), 1) for k in range(factors)]
        p = 0.8 if x[0] < 0.5 and x[1] >= 2 else 0.25
        data.append((x, -1 if rng.random() < 0.05 else int(rng.random() < p)))
    return data


def peeling(data, factors):
    """Every end of every factor, every step: the peel with the largest gain per future taken."""
    inside = [(x, c) for x, c in data if c >= 0]
    limits = {}
    fewest = max(FEWEST, -(-len(inside) * 5 // 100))
    while True:
        n, cases = len(inside), sum(c for _, c in inside)
        yield n, cases, dict(limits)
        if n <= fewest or cases == n:
            return
        best = None
        for k in range(factors):
            if len({x[k] for x, _ in data}) < 2:
                continue
            for low in (True, False):
                values = sorted({x[k] for x, _ in inside}, reverse=not low)
                taken = set()
                for value in values[:-1]:
                    taken.add(value)
                    out = [c for x, c in inside if x[k] in taken]
                    if len(out) >= max(1, int(ALPHA * n)):
                        if n - len(out) >= fewest:
                            gain = ((cases - sum(out)) / (n - len(out)) - cases / n) / len(out)
                            if best is None or gain > best[0]:
                                best = (gain, k, taken)
                        break
        if best is None:
            return
        _, k, taken = best
        inside = [(x, c) for x, c in inside if x[k] not in taken]
        limits[k] = (min(x[k] for x, _ in inside), max(x[k] for x, _ in inside), taken)


def impurity(cases):
    return sum(cases) * (len(cases) - sum(cases)) / len(cases)


def best_split(node, factors, fewest):
    best = None
    for k in range(factors):
        for cut in sorted({x[k] for x, _ in node})[:-1]:
            left = [c for x, c in node if x[k] <= cut]
            right = [c for x, c in node if x[k] > cut]
            if min(len(left), len(right)) >= fewest:
                cost = impurity(left) + impurity(right)
                if best is None or cost < best - 1e-9:
                    best = cost
    return best


def check(probe, seed, rows, factors):
    data = table(seed, rows, factors)
    text = f"{rows} {factors}\n" + "\n".join(" ".join(repr(v) for v in x) + f" {c}" for x, c in data)
    lines = subprocess.run([probe], input=text, capture_output=True, text=True, check=True).stdout.splitlines()
    peels = [line.split()[1:] for line in lines if line.startswith("peel")]
    expected = list(peeling(data, factors))
    assert len(peels) == len(expected), (seed, len(peels), len(expected))
    for (n, cases, *limits), (n0, cases0, limits0) in zip(peels, expected):
        assert (int(n), int(cases)) == (n0, cases0), (seed, n, cases, n0, cases0)
        assert [int(l.split(":")[0]) for l in limits] == sorted(limits0), (seed, limits, limits0)
    nodes = [line.split()[1:] for line in lines if line.startswith("node")]
    check_tree(nodes, data, factors, seed)
    return len(peels), len(nodes)


def check_tree(nodes, data, factors, seed):
    """Each split is as good as the best one there is; the cut may lie in a gap."""
    rows = {0: [(x, c) for x, c in data if c >= 0]}
    following = 1
    stack = [0]
    while stack:  # children are numbered when their parent is split, left first
        at = stack.pop()
        n, cases, inner, factor, cut = int(nodes[at][0]), int(nodes[at][1]), nodes[at][2] == "1", int(nodes[at][3]), float(nodes[at][4])
        here = rows[at]
        assert (n, cases) == (len(here), sum(c for _, c in here)), (seed, at)
        best = best_split(here, factors, 5) if len(here) >= 10 and 0 < cases < n else None
        assert inner == (best is not None), (seed, at, n)
        if not inner:
            continue
        left = [(x, c) for x, c in here if x[factor] <= cut]
        right = [(x, c) for x, c in here if x[factor] > cut]
        cost = impurity([c for _, c in left]) + impurity([c for _, c in right])
        assert abs(cost - best) < 1e-9, (seed, at, cost, best)
        rows[following], rows[following + 1] = left, right
        stack += [following + 1, following]
        following += 2


if __name__ == "__main__":
    done = [check(sys.argv[1], seed, 60 + 20 * (seed % 5), 2 + seed % 4) for seed in range(30)]
    print(f"{sum(p for p, _ in done)} peels and {sum(n for _, n in done)} nodes agree")
