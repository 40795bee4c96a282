# The R script of the guide gives the numbers of `berylia analyze --json`; run from the top of the repository.
program <- commandArgs(trailingOnly = TRUE)[1]
source("docs/guide/read_results.R")
folder <- tempfile("r_reader")
dir.create(folder)

run <- function(name, study, ...) {
  out <- file.path(folder, name)
  status <- system2(program, c("run", paste0("configs/smoke/", study, ".toml"), "-o", out, "--progress", "none", ...), stdout = FALSE,
                    stderr = FALSE)
  stopifnot(status %in% c(0, 3))
  out
}

analysis <- function(path) {
  json <- system2(program, c("analyze", path, "--json"), stdout = TRUE)
  jsonlite::fromJSON(paste(json, collapse = "\n"))
}

# NULL of JSON is NA here, and NaN there.
same <- function(mine, theirs) {
  theirs <- as.numeric(theirs)
  stopifnot(all(is.na(mine) == is.na(theirs)))
  scale <- pmax(abs(theirs), max(abs(theirs), na.rm = TRUE) * 1e-3)
  stopifnot(all(abs(mine - theirs) <= 1e-10 * scale, na.rm = TRUE))
}

compare <- function(path) {
  results <- open_results(path)
  theirs <- analysis(path)$paired_differences
  for (response in unique(theirs$response)) {
    part <- theirs[theirs$response == response, ]
    mine <- paired_differences(results, response, part$nation[1])
    stopifnot(mine$treatment == part$treatment, mine$n == part$n, mine$futures == part$futures, mine$dropped == part$dropped)
    for (column in c("mean", "lo", "hi", "reference_mean", "relative")) same(mine[[column]], part[[column]])
  }
  results
}

refused <- function(expression, words) {
  said <- tryCatch({ expression; "nothing" }, error = conditionMessage)
  if (!grepl(words, said)) stop("said: ", said)
}

smoke <- run("smoke.h5", "japan_ccdcoe", "--futures", 3, "--replications", 2)
results <- compare(smoke)
invisible(compare(run("censored.h5", "japan_ccdcoe", "--futures", 3, "--replications", 4, "--set", "campaign.event_limit=64000", "--set",
            "variance_reduction.antithetic=true")))
invisible(compare(run("stopped.h5", "enough")))
for (study in c("mechanisms", "mechanisms_screening")) {
  shared <- compare(run(paste0(study, ".h5"), study))
  stopifnot(shared$unit_futures > 1)
}

tidy <- responses(results, "resilience_loss", c("JPN", "EST"))
stopifnot(nrow(tidy) == 2 * 16 * 6, tidy$unit == "service-days", levels(tidy$treatment) == results$treatments)
stopifnot(results$seed == "0000000001348cb0")

table <- incidents(results)
stopifnot(inherits(table$date, "POSIXct"), levels(table$sector)[1] == "agriculture", grepl("^[0-9a-f]{16}$", table$id))
stopifnot(format(min(table$date), "%Y") >= "2019", nrow(table) > 100, is.factor(table$treatment))

# The code on the page of the guide runs as written.
page <- readLines("docs/guide/r.md")
begins <- which(page == "```r")
stopifnot(length(begins) >= 2)
top <- getwd()
of_the_page <- new.env()
invisible(file.copy(smoke, file.path(folder, "out.h5")))
for (begin in begins) {
  end <- begin + which(page[-seq_len(begin)] == "```")[1]
  code <- gsub("docs/guide/", paste0(top, "/docs/guide/"), page[(begin + 1):(end - 1)], fixed = TRUE)
  setwd(folder)
  for (one in parse(text = code)) stopifnot(!is.null(eval(one, of_the_page)))
  setwd(top)
}

refused(open_results("none.h5"), "there is no such file")
refused(open_results("README.md"), "not an HDF5 file")
h5createFile(foreign <- file.path(folder, "foreign.h5"))
refused(open_results(foreign), "another program")
writeBin(readBin(smoke, "raw", 200000), cut <- file.path(folder, "cut.h5"))
refused(open_results(cut), "not an HDF5 file|truncated")
dir.create(file.path(folder, "running.h5.parts"))
refused(open_results(file.path(folder, "running.h5")), "running or was interrupted")
refused(responses(results, "resilence_loss", "JPN"), "unknown response.*resilience_loss")
refused(responses(results, "incidents", "JPM"), "unknown nation")
refused(responses(results, "incidents"), "name nations")

script <- system2("Rscript", c("docs/guide/read_results.R", smoke, "incidents", "JPN"), stdout = TRUE)
stopifnot(any(grepl("change of incidents in campaigns", script)), any(grepl("membership", script)))
unlink(folder, recursive = TRUE)
cat("ok\n")
