# Reads a results file with R's rhdf5 alone.
arguments <- commandArgs(trailingOnly = TRUE)
suppressPackageStartupMessages(library(rhdf5))
out <- tempfile(fileext = ".h5")
printed <- strsplit(system2(arguments[1], out, stdout = TRUE), " ")[[1]]
point <- h5read(out, "replications/point")
row <- which(point == 1 & h5read(out, "replications/future") == 7 & h5read(out, "replications/replication") == 2)
stopifnot(length(point) == 450, length(row) == 1)
stopifnot(h5read(out, "replications/status")[row] == as.integer(printed[1]))
stopifnot(h5read(out, "replications/digest")[row] == printed[3])
stopifnot(abs(h5read(out, "responses/total_loss")[row] - as.numeric(printed[4])) < 1e-12)
# R sees dimensions in the opposite order.
stopifnot(identical(dim(h5read(out, "series/quantiles/s_series")), c(12L, 5L, 5L, 3L)))
stopifnot(nchar(h5read(out, "provenance/resolved_study")) > 10, h5read(out, "nations/iso3")[1] == "AAX")
stopifnot(h5readAttributes(out, "responses/total_loss")$unit == "MUSD")
cat("ok\n")
