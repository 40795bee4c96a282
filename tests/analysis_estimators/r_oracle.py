"""Compares tests, intervals and adjusted p-values with R's stats package to 1e-10 (relative); argument: the probe's path."""
import shutil
import subprocess
import sys

if shutil.which("Rscript") is None:
    print("skipped: no Rscript")
    sys.exit(77)

SCRIPT = """
x <- scan(file("stdin"), quiet = TRUE)
n <- x[1] * x[2]
arms <- matrix(x[-(1:3)], nrow = n)
future <- rep(seq_len(x[1]), each = x[2])
d <- as.vector(tapply(arms[, 2] - arms[, 1], future, mean))
show <- function(name, value) cat(name, sprintf("%.17g", value), "\\n")
test <- t.test(d)
show("higher.mean", test$estimate); show("higher.lo", test$conf.int[1]); show("higher.hi", test$conf.int[2])
show("inference.p", test$p.value)
show("inference.tost", max(t.test(d, mu = -0.6, alternative = "greater")$p.value, t.test(d, mu = 0.6, alternative = "less")$p.value))
show("inference.sign_p", binom.test(sum(d > 0), length(d))$p.value)
s <- sort(d); k <- qbinom(0.025, length(d), 0.5)
show("inference.median.mean", median(d)); show("inference.median.lo", s[k]); show("inference.median.hi", s[length(s) + 1 - k])
frame <- data.frame(d = arms[, 2] - arms[, 1], future = factor(future))
table <- anova(lm(d ~ future, frame))
f <- table[["F value"]][1]; r <- x[2]
show("inference.shares.mean", max(0, (f - 1) / (f - 1 + r)))
adjusted <- p.adjust(c(0.01, 0.04, 0.03, 0.005, 0.2, 0.04, 0.9), "holm")
for (i in seq_along(adjusted)) show(paste0("holm", i - 1), adjusted[i])
"""

FUTURES, REPLICATIONS = 31, 4
# Any numbers will do: both programs see the same text.
values = [((i * 7919 + 104729) % 1009) / 100 + (i % 124) // 4 * (0.05 if i >= 124 else 0.02) for i in range(2 * FUTURES * REPLICATIONS)]
text = f"{FUTURES} {REPLICATIONS} 2\n" + " ".join(repr(v) for v in values) + "\n"


def numbers(command):
    output = subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout
    return {name: float(value) for name, value in (line.split() for line in output.splitlines())}


got, wanted = numbers([sys.argv[1]]), numbers(["Rscript", "--vanilla", "-e", SCRIPT])
bad = [f"{name}: got {got.get(name)}, R says {value}" for name, value in wanted.items() if name not in got or not abs(got[name] - value) <= 1e-10 * max(1, abs(value))]
print(f"{len(wanted)} numbers compared, {len(bad)} differ")
print("\n".join(bad))
sys.exit(1 if bad or len(wanted) < 16 else 0)
