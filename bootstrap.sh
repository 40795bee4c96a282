#!/usr/bin/env bash
# Installs what Berylia needs on Debian 12, builds it, and runs the demonstration or the tests.
set -euo pipefail
export LC_ALL=C TZ=UTC DEBIAN_FRONTEND=noninteractive
cd "$(dirname "${BASH_SOURCE[0]}")"

readonly build_dir=build/release
readonly study=japan_ccdcoe
readonly beside=(japan_sceptical japan_wide)  # the same under other sets of priors
readonly results=results/$study.h5
readonly report=results/$study.html

readonly build_packages=(
  g++ cmake ninja-build pkg-config git ca-certificates
  libtbb-dev libhdf5-dev zlib1g-dev libboost-dev libfmt-dev
  libcli11-dev libtomlplusplus-dev nlohmann-json3-dev librandom123-dev
  libopenmpi-dev openmpi-bin
)
readonly test_packages=(
  catch2 libmpfr-dev libgmp-dev
  python3 python3-numpy python3-scipy python3-pandas python3-h5py python3-openturns hdf5-tools r-bioc-rhdf5 r-cran-jsonlite
  python3-pytest python3-xarray python3-matplotlib python3-mypy python3-venv python3-setuptools python3-wheel
  chromium fonts-dejavu-core
  slurmctld slurmd slurm-client munge
)

usage() {
  cat <<'TEXT'
Usage: ./bootstrap.sh COMMAND

  demo    install what is missing, build, run the study "what did joining CCDCOE change for Japan?" on real data under
          three sets of priors, write its report and say where it is (a few minutes; a second run only what is new)
  test    install what is missing, build, run every test suite, print the seconds of each
  build   install what is missing, build build/release/berylia
  clean   remove build/ (results/ is kept)
  help    this text

Needs Debian 12 and root or sudo; after the first run neither, and no network.
TEXT
}

say() { printf '\n==> %s\n' "$*"; }
die() { printf "bootstrap.sh: %s\n" "$1" >&2; exit "${2:-1}"; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo --preserve-env=DEBIAN_FRONTEND "$@"
  else
    die "cannot install packages (neither root nor sudo): install them yourself with: $*"
  fi
}

installed() { dpkg-query -W -f='${db:Status-Abbrev}' "$1" 2>/dev/null | grep -q '^ii'; }

# True where Node.js 18 or newer and npm are there, wherever they come from.
node_is_enough() {
  command -v node >/dev/null && command -v npm >/dev/null &&
    [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 18 ]
}

# apt-get with its words in a log and a line of progress every 50 packages; on failure, the end of the log.
run_apt() {
  local log=build/packages.log
  mkdir -p build
  as_root apt-get -q -o Dpkg::Use-Pty=0 "$@" 2>&1 | tee -a "$log" |
    awk '/^Setting up/ { if (++n % 50 == 0) { print "    " n " packages set up"; fflush() } }' ||
    { tail -n 15 "$log" >&2; die "apt-get $1 failed (all it said is in $log): mend it and repeat the command"; }
}

install_packages() {
  local missing=() package
  command -v dpkg-query >/dev/null || die "this is no Debian system (dpkg is missing): see CONTRIBUTING.md for what to install"
  for package in "$@"; do installed "$package" || missing+=("$package"); done
  node_is_enough || missing+=(nodejs npm)
  if [ ${#missing[@]} -eq 0 ]; then
    say "All packages are installed"
    return
  fi
  say "Installing ${#missing[@]} Debian packages and what they need: ${missing[*]}"
  run_apt update
  run_apt -y --no-install-recommends install "${missing[@]}"
  node_is_enough || die "Node.js 18 or newer is needed for the report (found: $(node --version 2>/dev/null || echo none)): install it and repeat"
}

# Compilers at once: one per core, but at least 1.5 GiB of free memory for each.
build_jobs() {
  local cores memory
  cores=$(nproc)
  memory=$(awk '/^MemAvailable:/ { print int($2 / 1572864) }' /proc/meminfo)
  [ "$memory" -ge 1 ] || memory=1
  [ "$cores" -le "$memory" ] && echo "$cores" || echo "$memory"
}

# build TARGET: configures if need be and builds it.
build() {
  local jobs
  jobs=$(build_jobs)
  # npm trusts what the system trusts: Node.js has a list of certificate authorities of its own.
  if [ -z "${NODE_EXTRA_CA_CERTS:-}" ] && [ -f /etc/ssl/certs/ca-certificates.crt ]; then
    export NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
  fi
  say "Configuring $build_dir"
  cmake --preset release  # always: what was installed since may add tests
  say "Building $1 with $jobs jobs"
  cmake --build "$build_dir" --target "$1" --parallel "$jobs"
}

demo() {
  local status=0 one_status name
  local -a others=()
  install_packages "${build_packages[@]}"
  build berylia
  mkdir -p results
  for name in "$study" "${beside[@]}"; do
    one_status=0
    say "Running the study configs/studies/$name.toml (interrupt with Ctrl-C; the same command continues)"
    "$build_dir/berylia" run "configs/studies/$name.toml" -o "results/$name.h5" || one_status=$?
    # 3: some replications failed; the results file and the report say so, and the rest is worth reading.
    [ "$one_status" -eq 0 ] || [ "$one_status" -eq 3 ] || exit "$one_status"
    [ "$one_status" -eq 0 ] || status=$one_status
    [ "$name" = "$study" ] || others+=(--beside "results/$name.h5")
  done
  say "Writing the report"
  "$build_dir/berylia" report "$results" "${others[@]}" -o "$report"
  say "The answer"
  "$build_dir/berylia" analyze "$results" | awk 'blank < 2 { print } /^$/ { ++blank }'
  say "Done after $SECONDS s"
  printf 'Results: %s (HDF5, docs/formats)\nReport:  %s (open it in a browser)\n' "$PWD/$results" "$PWD/$report"
  return "$status"
}

run_tests() {
  local failed=0
  install_packages "${build_packages[@]}" "${test_packages[@]}"
  build all
  say "Running every test suite"
  ctest --test-dir "$build_dir" --output-on-failure --parallel "$(nproc)" --output-junit suites.xml || failed=1
  say "Seconds per suite (whole run $SECONDS s)"
  /usr/bin/python3 tests/support/suite_times.py "$build_dir/suites.xml" || failed=1
  return "$failed"
}

case "${1:-help}" in
  demo) demo ;;
  test) run_tests ;;
  build)
    install_packages "${build_packages[@]}"
    build berylia
    say "Built $PWD/$build_dir/berylia"
    ;;
  clean) rm -rf build ;;
  help | -h | --help) usage ;;
  *)
    usage >&2
    die "unknown command '$1'" 2
    ;;
esac
