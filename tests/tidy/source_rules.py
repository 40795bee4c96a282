"""Rules for C++ sources: who may include whom, banned words, headers, budgets. Each rule yields (line, text)."""
import re

LONGEST_FILE = 400

# Folder -> prefixes of repository includes it may use besides its own folder.
MAY_INCLUDE = {
    "sim/base": [],
    "sim/rng": ["sim/base/"],
    "sim/kernel": ["sim/base/", "sim/rng/"],
    "sim/exec": ["sim/base/", "sim/rng/", "sim/kernel/"],
    "sim/config": ["sim/base/"],
    "sim/io": ["sim/base/"],
    "sim/campaign": ["sim/base/", "sim/rng/", "sim/kernel/", "sim/config/", "analysis/estimators/"],
    "models": ["sim/base/", "sim/rng/", "sim/kernel/", "sim/config/", "sim/campaign/scenario.hpp",
               "sim/campaign/study.hpp", "sim/campaign/study_vocabulary.hpp", "sim/campaign/factors.hpp"],
    # Decision rules stand by themselves; theories and the world call them from their agents.
    "models/decision": ["sim/base/"],
    "models/world": ["sim/base/", "sim/rng/", "sim/kernel/", "sim/config/", "sim/campaign/scenario.hpp", "sim/campaign/study.hpp",
                     "sim/campaign/study_vocabulary.hpp", "sim/campaign/factors.hpp", "models/decision/"],
    "models/theory": ["sim/base/", "sim/rng/", "sim/kernel/", "models/decision/", "models/world/data", "analysis/estimators/",
                      "models/queue/overflow.hpp", "sim/campaign/run_replication.hpp"],  # the last two: of splitting, which the campaign does
    "models/exercise": ["sim/base/", "sim/rng/", "sim/kernel/", "sim/config/", "models/decision/", "analysis/estimators/"],
    # Loads of benches; what their yardsticks share.
    "models/phold": ["sim/base/", "sim/rng/", "sim/kernel/", "models/yardstick/"],
    "models/network": ["sim/base/", "sim/rng/", "sim/kernel/", "models/yardstick/"],
    "analysis/estimators": ["sim/base/", "sim/rng/"],  # streams, to resample with
    "analysis/sensitivity": ["sim/base/", "sim/rng/", "analysis/estimators/"],
    "analysis/discovery": ["sim/base/", "sim/rng/", "analysis/estimators/"],
    "analysis/robustness": ["sim/base/", "sim/rng/", "analysis/estimators/"],
    "analysis/explain": ["sim/base/"],
    "analysis/report": ["sim/base/", "sim/io/", "analysis/"],
    "sim/app": ["sim/", "models/", "analysis/"],
}

# Third-party header (pattern) -> folders that may see it; a folder with "*.cpp" only in sources.
CONTAINED = [
    (r"hdf5\.h", ["sim/io"]),
    (r"toml\+\+/.*", ["sim/config*.cpp"]),
    (r"CLI/.*", ["sim/app*.cpp"]),
    (r"nlohmann/.*", ["sim/io*.cpp", "analysis/report*.cpp", "analysis/report/json", "sim/app*.cpp"]),
    (r"mpi\.h", ["sim/exec*.cpp", "sim/app*.cpp"]),
    (r"(oneapi/)?tbb/.*", ["sim/campaign", "sim/app*.cpp", "analysis/report"]),
    (r"boost/math/.*", []),
    (r"random", []),
    (r"thread|mutex|atomic|condition_variable|chrono|fstream|filesystem|ctime|iostream",
     ["sim/app", "sim/io", "sim/exec", "sim/campaign", "sim/config*.cpp", "sim/kernel*.cpp", "sim/base*.cpp",
      "analysis/report"]),
]

LIBM = ("exp|exp2|expm1|log|log2|log10|log1p|pow|cbrt|hypot|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|asinh|acosh|"
        "atanh|erf|erfc|tgamma|lgamma")


def strip_comments(text):
    """Blanks comments, string and character literals; keeps every line break."""
    token = re.compile(r'R"(?P<d>[^ ()\\\t\n]{0,16})\(.*?\)(?P=d)"|"(?:\\.|[^"\\\n])*"|(?<![0-9A-Fa-f])\'(?:\\.|[^\'\\\n])+\''
                       r'|//[^\n]*|/\*.*?\*/', re.S)
    return token.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)


def folder_of(path):
    """Longest key of MAY_INCLUDE that holds the path; empty for tests and anything else."""
    folders = [f for f in MAY_INCLUDE if path.startswith(f + "/")]
    return max(folders, key=len, default="")


def in_place(path, place):
    folder, _, suffix = place.partition("*")
    return path.startswith(folder + "/") and path.endswith(suffix)


def included(text):
    for number, line in enumerate(text.splitlines(), 1):
        found = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if found:
            yield number, found.group(2), found.group(1) == '"'


def include_graph(path, text, code):
    folder = folder_of(path)
    if not folder:
        return
    own = "/".join(path.split("/")[:2]) + "/"
    for number, name, quoted in included(text):
        if quoted or re.match(r"(sim|models|analysis|tests)/", name):
            allowed = [own] + MAY_INCLUDE[folder]
            if not name.startswith(tuple(allowed)):
                yield number, f"{folder} may not include {name}"


def contained_headers(path, text, code):
    if not folder_of(path):
        return
    for number, name, quoted in included(text):
        for pattern, places in CONTAINED:
            if not quoted and re.fullmatch(pattern, name) and not any(in_place(path, place) for place in places):
                yield number, f"<{name}> does not belong here (only in: {', '.join(places) or 'no folder'})"


def search(code, pattern, message):
    for found in re.finditer(pattern, code):
        yield code.count("\n", 0, found.start()) + 1, f"{message}: {found.group().strip()}"


def libm(path, text, code):
    folder = folder_of(path)
    if folder in ("", "sim/app", "sim/io", "analysis/report") or path.startswith("sim/base/math"):
        return
    for found in re.finditer(rf"(?<![\w.>:])((?:::)?(?:\w+::)*)({LIBM})[fl]?\s*\(", code):
        if not found.group(1).endswith("math::"):
            line = code.count("\n", 0, found.start()) + 1
            yield line, f"{found.group().strip()}...): use sim::math (libm's bits change with the CPU)"


def clocks(path, text, code):
    folder = folder_of(path)
    if folder not in ("", "sim/app", "sim/io"):
        yield from search(code, r"\bsystem_clock\b|(?<![\w.>:])(std::)?time\s*\(\s*(nullptr|NULL|0|&)|\bclock\s*\(\s*\)"
                          r"|\bgettimeofday\b|\blocaltime\b", "wall clock outside app and io")
    if folder not in ("", "sim/app", "sim/io", "sim/exec", "sim/campaign"):
        yield from search(code, r"\bsteady_clock\b|\bhigh_resolution_clock\b", "wall clock outside app and io")


def randomness(path, text, code):
    if folder_of(path):
        yield from search(code, r"(?<![\w.>])(std::)?s?rand\s*\(|\brandom_device\b|\bmt19937|\bdrand48\b",
                          "randomness that is not sim::RngStream")


def printing(path, text, code):
    if folder_of(path) not in ("", "sim/app"):
        yield from search(code, r"\bstd::(cout|cerr|clog)\b|(?<![\w.>])(std::)?f?printf\s*\(|(?<![\w.>])(std::)?puts\s*\("
                          r"|(?<![\w.>:])(std::)?(quick_)?_?exit\s*\(|\bstd::abort\b|\bfmt::print\b",
                          "only sim/app prints or exits")


def unordered_iteration(path, text, code):
    if not path.startswith(("sim/kernel/", "sim/exec/", "models/")):
        return
    names = set(re.findall(r"unordered_(?:multi)?(?:map|set)\s*<[^;{}=]*>\s*&?\s*(\w+)", code))
    for name in sorted(names):
        yield from search(code, rf"\bfor\s*\([^;()]*:\s*(?:\w+(?:\.|->))*{name}\s*\)|\b{name}\s*\.\s*c?begin\s*\(",
                          "the order of an unordered container")


def header_form(path, text, code):
    if not path.endswith(".hpp"):
        return
    lines = text.splitlines()
    comment = []
    for line in lines:
        if not line.startswith("//"):
            break
        comment.append(line.lstrip("/ "))
    sentence = " ".join(comment)
    if len(sentence.split()) < 3 or not sentence.endswith("."):
        yield 1, "the first line says in one sentence what the header is for"
    rest = lines[len(comment):]
    if not rest or rest[0] != "#pragma once":
        yield len(comment) + 1, "#pragma once follows the first comment"


def fast_math(path, text, code):
    yield from search(code, r"-ffast-math|-Ofast|-ffp-contract=fast|#\s*pragma\s+omp\b|__attribute__\s*\(\(optimize",
                      "changes the bits of results")


RULES = [include_graph, contained_headers, libm, clocks, randomness, printing, unordered_iteration, header_form, fast_math]


def check_source(path, text):
    """All problems of one C++ file as (line, rule, text)."""
    code = strip_comments(text)
    return [(line, rule.__name__, message) for rule in RULES for line, message in rule(path, text, code)]
