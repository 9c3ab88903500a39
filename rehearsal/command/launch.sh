# shellcheck shell=bash
# Sourced by the commands at the root, in that folder: builds what was changed since the last build, and starts a main class.
# Exit status 3: there is no JDK or no Maven, or the build failed.

launcher=rehearsal/target/launch

say() {
  printf '%s\n' "$1" >&2
}

fail() {
  say "$1"
  exit 3
}

no_jdk() {
  fail "No JDK was found: install one, 25 or newer, and set JAVA_HOME to it if it is in an unusual place."
}

# The launcher begins with what it was built for: this folder, a JDK, a class path. They have to be there still, and no source
# may be newer.
is_built() (
  [ -x "$launcher" ] || exit 1
  {
    read -r _
    read -r root
    read -r java
    read -r class_path
  } <"$launcher"
  [ "$root" = "# root $(pwd -P)" ] && [ -x "${java#\# java }" ] || exit 1
  IFS=:
  set -f
  for entry in ${class_path#\# class path }; do
    [ -e "$entry" ] || exit 1
  done
  [ -z "$(find pom.xml functions/pom.xml rehearsal/pom.xml functions/src/main rehearsal/src/main -newer "$launcher" -print -quit)" ]
)

# Shows that Maven is getting on: on a terminal in a line that changes, otherwise in a few lines. Reads line by line, because some
# versions of awk wait for a block.
progress() {
  local line module files=0 format='  %s\n'
  [ ! -t 2 ] || format='\r\033[K  %s'
  while IFS= read -r line; do
    case $line in
      *' Downloaded from '*)
        files=$((files + 1))
        # shellcheck disable=SC2059
        [ $((files % 25)) -ne 0 ] || printf "$format" "$files files downloaded" >&2
        ;;
      '[INFO] --- '*':compile '*)
        module=${line##*@ }
        # shellcheck disable=SC2059
        printf "$format" "compiling ${module% ---}" >&2
        ;;
    esac
  done
  [ ! -t 2 ] || printf '\r\033[K' >&2
}

build() {
  local log
  command -v mvn >/dev/null || fail "Maven is missing: install Maven 3.8 or newer, and a JDK, 25 or newer."
  [ -n "${JAVA_HOME:-}" ] || command -v java >/dev/null || no_jdk
  if [ -e rehearsal/target ]; then
    say "Building, because something was changed."
  else
    say "Building. The first time, Maven downloads what it needs, which takes a few minutes."
  fi
  log=$(mktemp)
  if ! mvn --batch-mode -Dstyle.color=never -Dmaven.test.skip=true package 2>&1 | tee "$log" | progress; then
    # Maven found none that is new enough, or nothing but the place where one would be.
    if grep -q -e 'Cannot find matching toolchain' -e JAVA_HOME -e 'Java Runtime' "$log"; then
      rm -f "$log"
      no_jdk
    fi
    grep '^\[ERROR\]' "$log" | head -n 20 >&2 || cat "$log" >&2
    rm -f "$log"
    fail "The build failed. \"mvn -Dmaven.test.skip=true package\" shows all of it."
  fi
  rm -f "$log"
}

# Starts the main class $1 with the other arguments.
launch() {
  is_built || build
  if [ -t 1 ] && [ -z "${COLUMNS:-}" ]; then
    { COLUMNS=$(stty size <&3 2>/dev/null | cut -d ' ' -f 2) || true; } 3>&1
    export COLUMNS
  fi
  exec "$launcher" "$@"
}
