"""Builds the executors' suites with a sanitizer's preset and runs them: `run_under.py tsan|asan`.

BERYLIA_RANDOM_SECONDS sets how long random models run (default 5)."""
import os
import subprocess
import sys

SUITES = ["exec", "exec_random", "kernel"]
OPTIONS = {"TSAN_OPTIONS": "halt_on_error=1:second_deadlock_stack=1",
           "ASAN_OPTIONS": "detect_stack_use_after_return=1:detect_leaks=1",
           "UBSAN_OPTIONS": "print_stacktrace=1:halt_on_error=1"}


def call(*command, **options):
    print("+", " ".join(command), flush=True)
    subprocess.run(command, check=True, **options)


def main(preset):
    call("cmake", "--preset", preset)
    call("cmake", "--build", f"build/{preset}", "--parallel", "2", "--target", *(f"test_{suite}" for suite in SUITES))
    environment = {"BERYLIA_RANDOM_SECONDS": "5"} | dict(os.environ) | OPTIONS
    for suite in SUITES:
        call(f"build/{preset}/tests/{suite.split('_')[0]}/test_{suite}", env=environment)


if __name__ == "__main__":
    main(sys.argv[1])
