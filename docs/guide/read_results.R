# Reads a results file of Berylia with Bioconductor's rhdf5 (Debian: r-bioc-rhdf5); see docs/guide/r.md.
#   source("docs/guide/read_results.R"), or: Rscript docs/guide/read_results.R OUT.h5 RESPONSE NATION
suppressPackageStartupMessages(library(rhdf5))

# The facts of a study as a list; stops for a file that is no results file of format 1.
open_results <- function(path) {
  if (!file.exists(path)) {
    if (dir.exists(paste0(path, ".parts"))) stop("no results in ", path, " yet: its campaign is running or was interrupted")
    stop("cannot read ", path, ": there is no such file")
  }
  if (!isTRUE(H5Fis_hdf5(path))) stop("cannot read ", path, ": it is not an HDF5 file, or damaged")
  root <- tryCatch(h5readAttributes(path, "/"), error = function(e) stop("cannot read ", path, ": truncated or damaged"))
  if (!identical(as.character(root$format), "berylia results")) stop("cannot read ", path, ": a file of another program")
  if (root$format_version != 1) stop("cannot read ", path, ": format ", root$format_version, ", this script knows format 1")
  design <- h5readAttributes(path, "design")
  names <- h5ls(path, recursive = 2)
  treatments <- as.character(h5read(path, "design/points/name"))
  taken <- if ("stopping" %in% names$name[names$group == "/"]) as.integer(h5read(path, "stopping/taken")) else integer()
  by_future <- length(taken) == 0 || h5readAttributes(path, "stopping")$unit == "futures"
  list(path = path, treatments = treatments, reference = as.character(design$reference),
       # A stopping rule may have found fewer enough than there could have been.
       futures = if (length(taken) && by_future) max(taken) else as.integer(design$futures),
       replications = if (length(taken) && !by_future) max(taken) else as.integer(design$replications),
       unit_futures = unit_futures(path, names, as.integer(design$futures)), taken = taken, by_future = by_future, unit = if (is.null(design$antithetic)) 1L else 2L,
       nations = as.character(h5read(path, "nations/iso3")),
       responses = names$name[names$group == "/responses"],
       seed = as.character(h5read(path, "provenance/seed")))  # 64 bits as text: R's numbers have 53
}

# Futures that share draws: a row of Saltelli's layout, a trajectory of Morris's; of one at a time all; else 1.
unit_futures <- function(path, names, futures) {
  if (!any(names$group == "/futures" & names$name == "sampling")) return(1L)
  sampling <- h5readAttributes(path, "futures/sampling")
  inside <- h5ls(path, recursive = 3)
  if (!any(inside$group == "/futures/sampling" & inside$name == "factors")) return(1L)
  factors <- length(h5read(path, "futures/sampling/factors"))
  second <- !is.null(sampling$second_order) && sampling$second_order == 1
  switch(as.character(sampling$type), saltelli = (if (second) 2L else 1L) * factors + 2L, morris = factors + 1L, one_at_a_time = max(futures, 1L), 1L)
}

known <- function(what, wanted, names) {
  if (!all(wanted %in% names)) {
    near <- agrep(wanted[!wanted %in% names][1], names, value = TRUE, ignore.case = TRUE)
    stop("unknown ", what, " ", paste(setdiff(wanted, names), collapse = ", "), "; the results have: ",
         paste(if (length(near)) near else names, collapse = ", "))
  }
  match(wanted, names)
}

# One row per replication: treatment, future, replication and status (counted from 0, as in the file).
replications <- function(results) {
  column <- function(name) as.integer(h5read(results$path, paste0("replications/", name)))
  data.frame(treatment = factor(results$treatments[column("point") + 1], results$treatments), future = column("future"),
             replication = column("replication"), status = factor(column("status"), 0:2, c("done", "failed", "censored")))
}

# Tidy: one row per replication and nation; value is NaN where no history is done. Leave nations out for a response of the world.
responses <- function(results, response, nations = NULL) {
  known("response", response, results$responses)
  name <- paste0("responses/", response)
  keys <- replications(results)
  facts <- h5readAttributes(results$path, name)
  values <- function(index) as.numeric(h5read(results$path, name, index = index))
  if (facts$per_nation == 1) {
    if (is.null(nations)) stop("response ", response, " is per nation: name nations")
    # R turns dimensions round: [nations x replications]. One nation is read without the others.
    parts <- lapply(nations, function(n) cbind(keys, nation = n, value = values(list(known("nation", n, results$nations), NULL))))
    frame <- do.call(rbind, parts)
  } else {
    frame <- cbind(keys, nation = NA_character_, value = values(NULL))
  }
  frame$response <- response
  frame$unit <- as.character(facts$unit)
  frame$value[frame$status != "done"] <- NaN
  frame
}

# t-interval of the mean of independent values, none for a single one.
interval <- function(x) {
  half <- if (length(x) > 1) qt(0.975, length(x) - 1) * sd(x) / sqrt(length(x)) else NA_real_
  c(mean = mean(x), lo = mean(x) - half, hi = mean(x) + half)
}

# Treatment minus reference, one row per treatment: the unweighted mean over futures with its 95 % interval, as in
# `berylia analyze` (docs/methods/estimators.md). Pairs are found by key; `dropped` counts the places without one.
paired_differences <- function(results, response, nation = NULL) {
  frame <- responses(results, response, nation)
  size <- results$futures * results$replications
  place <- frame$future * results$replications + frame$replication + 1
  arm <- function(treatment) {
    values <- rep(NaN, size)
    rows <- frame$treatment == treatment
    values[place[rows]] <- frame$value[rows]
    values
  }
  reference <- arm(results$reference)
  others <- setdiff(results$treatments, results$reference)
  one <- function(treatment) {
    difference <- arm(treatment) - reference
    halves <- matrix(difference, nrow = results$unit)  # antithetic halves are one unit: a half alone is left out
    halves[, colSums(is.na(halves)) > 0] <- NaN
    kept <- !is.na(as.vector(halves))
    future <- rep(seq_len(results$futures), each = results$replications / results$unit)
    unit_means <- colMeans(halves)
    whole <- !is.na(unit_means)
    means <- tapply(unit_means[whole], future[whole], mean)
    # Futures that share draws are one unit; a single such unit has no interval.
    of_units <- function(means) as.vector(tapply(means, (as.integer(names(means)) - 1) %/% results$unit_futures, mean))
    estimate <- if (!any(whole)) c(mean = NA, lo = NA, hi = NA) else
      if (length(means) == 1 && results$unit_futures == 1) interval(unit_means[whole]) else interval(of_units(means))
    base <- reference
    base[!kept] <- NaN
    base_means <- tapply(colMeans(matrix(base, nrow = results$unit))[whole], future[whole], mean)
    data.frame(treatment = treatment, t(estimate), n = sum(kept), futures = length(means),
               dropped = size - sum(kept) - needless(results, treatment),
               reference_mean = if (length(base_means)) mean(of_units(base_means)) else NA_real_)
  }
  table <- do.call(rbind, lapply(others, one))
  if (!is.null(table)) table$relative <- ifelse(table$reference_mean == 0, NA, table$mean / abs(table$reference_mean))
  attr(table, "unit") <- frame$unit[1]
  table
}

# Places that a stopping rule found needless: of treatment or reference, whichever has more.
needless <- function(results, treatment) {
  if (!length(results$taken)) return(0)
  others <- if (results$by_future) results$replications else results$futures
  of <- results$taken[match(c(treatment, results$reference), results$treatments)]
  results$futures * results$replications - min(of) * others
}

# Incidents of the focal nations: codes become factors, `day` a date; the id is text, for it has 64 bits.
incidents <- function(results) {
  read <- function(name) as.vector(h5read(results$path, paste0("incidents/", name)))  # NA where a value is missing
  rows <- replications(results)[read("replication_row") + 1, 1:3]
  labels <- h5ls(results$path, recursive = 3)
  labels <- labels$name[labels$group == "/incidents/labels"]
  codes <- lapply(setNames(labels, labels), function(name) {
    meaning <- as.character(h5read(results$path, paste0("incidents/labels/", name)))
    factor(meaning[read(name) + 1], unique(meaning))
  })
  data.frame(rows, date = as.POSIXct(read("day") * 86400, origin = "1970-01-01", tz = "UTC"), codes, severity = read("severity"),
             dwell = read("dwell"), recorded = read("recorded") == 1,
             id = sprintf("%08x%08x", read("incident_high"), read("incident_low")), row.names = NULL)
}

if (sys.nframe() == 0 && length(commandArgs(trailingOnly = TRUE)) >= 2) {
  given <- commandArgs(trailingOnly = TRUE)
  table <- paired_differences(open_results(given[1]), given[2], if (length(given) > 2) given[3])
  cat("change of", given[2], "in", attr(table, "unit"), "\n")
  print(table, digits = 4)
}
