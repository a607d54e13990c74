# News of a run: run folder, number of the first byte of its events that is wanted (1: from the start).
cd "$1" || exit 3
# First how it stands, then the events: whoever has ended has written them all.
pid=$(cat pid 2>/dev/null)
case $(tr '\0' ' ' < "/proc/$pid/cmdline" 2>/dev/null) in
  *"$1"*) echo running;;
esac
[ ! -e exit ] || echo "exit $(cat exit)"
[ ! -e killed ] || echo "killed $(cat killed)"
echo @@errors
[ ! -e exit ] || tail -c 2000 errors.log 2>/dev/null
echo
echo @@events
tail -c "+$2" events.ndjson 2>/dev/null | head -c 1000000
