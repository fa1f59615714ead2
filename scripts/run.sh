#!/usr/bin/env bash
# Installs what nines needs, builds it, and simulates a topology: ./scripts/run.sh [FILE] [OPTION…]
where=$PWD
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need run
[ -x build/run/studies/nines ] || echo "Building nines: about a minute the first time" >&2
if [ ! -f build/run/build.ninja ]; then
  cmake -S . -B build/run -G Ninja -DCMAKE_BUILD_TYPE=Release -DNINES_TESTS=OFF \
    -DNINES_BENCHMARKS=OFF >build-run.log 2>&1 || { cat build-run.log >&2; exit 4; }
  rm -f build-run.log
fi
build run nines
nines=$PWD/build/run/studies/nines
cd "$where"
case "${1:-}" in
  "" | -*) set -- web-shop "$@" ;;
esac
exec "$nines" run "$@"
