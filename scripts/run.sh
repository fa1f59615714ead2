#!/usr/bin/env bash
# Installs what nines needs, builds it, and simulates a topology: ./scripts/run.sh [FILE] [OPTION…]
# With --gui first it builds and opens the front end: ./scripts/run.sh --gui [FILE]
where=$PWD
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
gui=OFF target=nines directory=run
if [ "${1:-}" = --gui ]; then
  shift
  gui=ON target=nines-gui directory=gui
  need run gui
else
  need run
fi
[ -f "build/$directory/build.ninja" ] || echo "Building $target: a minute or two the first time" >&2
if [ ! -f "build/$directory/build.ninja" ]; then
  cmake -S . -B "build/$directory" -G Ninja -DCMAKE_BUILD_TYPE=Release -DNINES_TESTS=OFF \
    -DNINES_BENCHMARKS=OFF -DNINES_GUI=$gui >build-run.log 2>&1 || { cat build-run.log >&2; exit 4; }
  rm -f build-run.log
fi
build "$directory" "$target"
here=$PWD
cd "$where"
if [ $gui = ON ]; then exec "$here/build/gui/gui/nines-gui" "$@"; fi
case "${1:-}" in
  "" | -*) set -- web-shop "$@" ;;
esac
exec "$here/build/run/studies/nines" run "$@"
