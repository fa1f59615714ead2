#!/usr/bin/env bash
# Takes the pictures under docs/pictures/gui from the real program, in both languages, light and dark.
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
cmake --build build/release --target nines_shots
mkdir -p docs/pictures/gui
QT_QPA_PLATFORM=offscreen build/release/tests/nines_shots docs/pictures/gui "$@"
