#!/usr/bin/env bash
# Installs what the tests need, builds, and runs every test: ./scripts/test.sh [--long]
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
long=no
for argument in "$@"; do
  case $argument in
    --long) long=yes ;;
    *) echo "usage: scripts/test.sh [--long]" >&2; exit 2 ;;
  esac
done
need run gui test
export CTEST_OUTPUT_ON_FAILURE=1
# Sanitizers end the program at the first finding, so that it cannot be overlooked.
export ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1
export TSAN_OPTIONS=suppressions=$PWD/tests/tsan.supp
export LSAN_OPTIONS=suppressions=$PWD/tests/lsan.supp

passed=0 failed=0
# suite NAME DIRECTORY CTEST-ARGUMENT…
suite() {
  local name=$1 directory=$2 log
  shift 2
  log=$(mktemp)
  echo "== $name"
  if ctest --test-dir "$directory" -j2 "$@" >"$log" 2>&1; then :; else tail -c 20000 "$log"; fi
  grep -E 'tests passed|Total Test time' "$log" || true
  # A test that was skipped, or not found, has shown nothing; but Slurm's daemons may not run here.
  if grep -qE 'slurm.*Skipped' "$log"; then echo "not shown here: studies under Slurm"; fi
  if grep -vE ' slurm ' "$log" | grep -E 'Skipped|Not Run|No tests were found'; then
    failed=$((failed + 1))
  fi
  local line
  line=$(grep -E '[0-9]+% tests passed, [0-9]+ tests? failed out of [0-9]+' "$log" || true)
  local bad all
  bad=$(sed -E 's/.*passed, ([0-9]+) tests? failed out of ([0-9]+).*/\1/' <<<"$line")
  all=$(sed -E 's/.*passed, ([0-9]+) tests? failed out of ([0-9]+).*/\2/' <<<"$line")
  passed=$((passed + ${all:-0} - ${bad:-0}))
  failed=$((failed + ${bad:-1}))
  rm -f "$log"
}

build release
suite "release: all tests" build/release -LE long
echo "== the front end under an X server"
# Shortcuts need a window manager.
log=$(mktemp)
if xvfb-run -a -s '-screen 0 1600x1000x24' bash -c '
    openbox >/dev/null 2>&1 & sleep 1
    QT_QPA_PLATFORM=xcb build/release/tests/gui_tests \
      --gtest_filter="Draw.*:Play.*:Robust.ChangesItsLook" --gtest_brief=1' >"$log" 2>&1; then
  passed=$((passed + 1))
  tail -n 1 "$log"
else
  failed=$((failed + 1))
  tail -n 60 "$log"
fi
rm -f "$log"
build debug
suite "address and undefined-behaviour sanitizers" build/debug -LE 'long|statistical'
build tsan blocks_tests study_tests
suite "thread sanitizer" build/tsan -R 'Blocks|StoreInProcess|Plan.DoesNot'
build fuzz
echo "== fuzzing the reader for 60 seconds"
corpus=$(mktemp -d)
cp topologies/library/*.yaml tests/topologies/bad/*.yaml "$corpus"
if build/fuzz/tests/reader_fuzz -max_total_time=60 -max_len=4096 -timeout=10 -rss_limit_mb=4096 \
    -artifact_prefix="$corpus/" "$corpus" >"$corpus.log" 2>&1; then
  passed=$((passed + 1))
  tail -n 1 "$corpus.log"
else
  failed=$((failed + 1))
  tail -n 60 "$corpus.log"
fi
rm -rf "$corpus" "$corpus.log"
if [ "$long" = yes ]; then suite "long: coverage of the intervals" build/release -L long; fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
