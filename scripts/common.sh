# Shared by run.sh and test.sh: installs what is missing, and nothing else.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# packages SECTION…: the names in those sections of packages.txt.
packages() {
  awk -v want=" $* " '
    /^# \[/ { section = substr($2, 2, length($2) - 2); next }
    /^#/ || NF == 0 { next }
    index(want, " " section " ") { print $1 }' scripts/packages.txt
}

# need SECTION…: makes sure that the packages of those sections are there.
need() {
  local missing=() name
  for name in $(packages "$@"); do
    dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'install ok installed' ||
      missing+=("$name")
  done
  [ ${#missing[@]} -eq 0 ] && return
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || {
      echo "These packages are missing, and there is no sudo to install them: ${missing[*]}" >&2
      exit 4
    }
    as_root=(sudo)
  fi
  echo "Installing ${missing[*]}" >&2
  "${as_root[@]}" apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq \
    --no-install-recommends "${missing[@]}" >/tmp/nines-apt.log 2>&1 ||
    { cat /tmp/nines-apt.log >&2; exit 4; }
}

# build PRESET [TARGET…]: configures once, builds what has changed; quiet unless it fails.
build() {
  local preset=$1 log
  shift
  log=$(mktemp)
  if [ ! -f "build/$preset/build.ninja" ]; then
    cmake --preset "$preset" "${configure[@]:-}" >"$log" 2>&1 || { cat "$log" >&2; exit 4; }
  fi
  cmake --build "build/$preset" ${1:+--target "$@"} >"$log" 2>&1 || { cat "$log" >&2; exit 4; }
  rm -f "$log"
}
