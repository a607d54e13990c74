#!/bin/bash
# Tries an image of the program as the person does who downloads it: moved to a folder with a space in its name, without any
# other Java, in an empty home. It must train to the end, write to its own folders only, and open its window.
#
#   test-image.sh IMAGE        the folder jpackage made
#
# ./mvnw -Pdist verify calls this (with -DskipTests too). JAVA_HOME, a JDK, lets it compare the modules; strace lets it see
# every file that is written; xvfb-run lets it open the window on a screen. What is missing is said and passed over.
set -euo pipefail
fail() { echo "test-image: $*" >&2; exit 1; }
skip() { printf '\n*** test-image: NOT TRIED: %s ***\n\n' "$*" >&2; }
passed() { echo "test-image: $*"; }
[ $# = 1 ] && [ -d "$1" ] || fail "test-image.sh IMAGE: a folder that jpackage made"
[ "$(uname -s)" = Linux ] || { skip "this script knows images of Linux only"; exit 0; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
image="$work/moved here/pocketllm"
home="$work/home of nobody"
mkdir -p "$work/moved here" "$work/empty" "$work/desk" "$home"
cp -a "$1" "$image"
java=$image/lib/runtime

# --- what is in it ----------------------------------------------------------------------------------------
[ -x "$java/bin/java" ] || fail "its Java has no bin/java, which workers are started with"
[ -s "$java/legal/java.base/LICENSE" ] || fail "the licence of its Java is missing"
[ -s "$image/lib/LICENSE" ] && [ -s "$image/lib/licences/LGPL-2.1.txt" ] || fail "the licence of the program or of its charts is missing"
for jar in "$image"/lib/app/*.jar; do
  name=$(basename "$jar" .jar | sed "s/-[0-9].*//")
  case $name in pocketllm-*) continue ;; esac
  grep -q ":$name:" "$image/lib/licences/THIRD-PARTY.txt" || fail "$name has no licence in THIRD-PARTY.txt"
done
modules=$("$java/bin/java" --list-modules | sed 's/@.*//')
if [ -x "${JAVA_HOME:-/nowhere}/bin/jdeps" ]; then
  needed=$("$JAVA_HOME/bin/jdeps" --ignore-missing-deps --multi-release 25 --print-module-deps --recursive \
    --class-path "$image/lib/app/*" "$image"/lib/app/pocketllm-app-*.jar | tail -n 1)
  for module in ${needed//,/ }; do
    grep -qx "$module" <<< "$modules" || fail "module $module is used but not in jlink.args"
  done
  passed "its Java has what jdeps finds: $needed"
else
  skip "whether its Java has every module the program uses (no JAVA_HOME with jdeps)"
fi

# --- training -----------------------------------------------------------------------------------------------
# No PATH at all but a folder with nothing in it: any other Java would have to be found by guessing.
clean() { (cd "$work/desk" && timeout 300 env -i PATH="$work/empty" HOME="$work/home of nobody" POCKETLLM_HOME="$home/pocketllm" "$@"); }
listing() { (cd "$image" && find . -printf '%p %s %T@ %m\n' | LC_ALL=C sort); }
ln -s "$image/bin/pocketllm" "$work/link"
listing > "$work/before"
watch=()
if command -v strace > /dev/null && strace -o /dev/null true 2> /dev/null; then
  watch=("$(command -v strace)" -f -qq -e trace=execve,open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2 -o "$work/calls")
else
  skip "which files outside its folders are written (no strace)"
fi
clean ${watch[@]+"${watch[@]}"} "$work/link" train sample:inbox-nurse --steps 10 > "$work/train.txt" 2>&1 \
  || fail "training ended with exit code $?: $(cat "$work/train.txt")"
run=$(echo "$home"/pocketllm/runs/*)
tail -n 1 "$run/events.ndjson" | grep -q '"event":"finished".*"step":10' \
  || fail "the run's last event is not that it finished: $(tail -n 1 "$run/events.ndjson")"
[ -s "$run/trajectory.zot" ] && [ -d "$run/checkpoint" ] || fail "the run folder lacks what was learnt: $(ls "$run")"
passed "trained 10 steps by its own Java: $(tail -n 1 "$run/events.ndjson" | cut -c 1-200)"

# --- what was written -----------------------------------------------------------------------------------------
listing | cmp -s - "$work/before" || fail "the run changed the image: $(listing | diff "$work/before" - | head -n 5)"
others=$(find "$home" "$work/desk" -mindepth 1 -maxdepth 1 ! -name pocketllm)
[ -z "$others" ] || fail "written outside POCKETLLM_HOME: $others"
if [ -s "$work/calls" ]; then
  others=$(grep -E 'O_CREAT|O_WRONLY|O_RDWR|creat\(|mkdir|rename' "$work/calls" | grep -vE '= -1 |"/(dev|proc)/' \
    | grep -vF "\"$home/pocketllm" || true)
  [ -z "$others" ] || fail "written outside POCKETLLM_HOME: $(head -n 5 <<< "$others")"
  grep -F "\"$home/pocketllm/runs" "$work/calls" | grep -q O_CREAT || fail "strace saw nothing of the run"
  javas=$(grep -F 'execve(' "$work/calls" | grep -vF '= -1 ' | sed 's/.*execve("\([^"]*\)".*/\1/' | grep '/java$' | sort -u)
  [ "$javas" = "$java/bin/java" ] || fail "workers were started with another Java than its own: $javas"
  passed "wrote to POCKETLLM_HOME only, as strace saw it"
fi

# --- the window -----------------------------------------------------------------------------------------------
opens() { grep -q "The window opens on this computer" "$work/window.txt" || fail "$1: $(cat "$work/window.txt")"; }
clean JAVA_TOOL_OPTIONS=-Dglass.platform=Headless "$image/bin/pocketllm-workbench" --check > "$work/window.txt" 2>&1 \
  || fail "the window's launcher ended with exit code $?: $(cat "$work/window.txt")"
opens "the window without a screen"
passed "its window opens without a screen"
if command -v xvfb-run > /dev/null; then
  xvfb-run -a -s "-screen 0 1400x900x24" bash -c \
    'cd "$1" && timeout 300 env -i PATH="$2" HOME="$3" POCKETLLM_HOME="$4" DISPLAY="$DISPLAY" XAUTHORITY="$XAUTHORITY" "$5" --check' \
    - "$work/desk" "$work/empty" "$home" "$home/pocketllm" "$image/bin/pocketllm-workbench" > "$work/window.txt" 2>&1 \
    || fail "the window on a screen ended with exit code $?: $(cat "$work/window.txt")"
  opens "the window on a screen"
  passed "its window opens on a screen"
else
  skip "the window on a screen (no xvfb-run)"
fi
echo "test-image: all well. Image: $(du -sh "$1" | cut -f 1)"
