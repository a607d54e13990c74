#!/system/bin/sh
# Runs the engine in a run folder, without anybody connected: run folder, memory budget in kB (0: none).
#
#   pid            this process, whose group is the whole run
#   events.ndjson  what the engine says, and its memory once a second
#   commands       what it is told, one word a line
#   killed         its memory in kB, where it was over the budget
#   exit           its exit code, last of all
engine=$(cd "$(dirname "$0")" && pwd)
run=$1 budget=$2
cd "$run" || exit 3
trap '' HUP
# Time since the phone started, in hundredths of a second: no other clock is as fine on every phone.
now() { read -r up rest < /proc/uptime && up=${up%.*}${up#*.}; }
now
start=$up
echo $$ > pid.new && mv pid.new pid

tail -n +1 -f commands | sh "$engine/run.sh" worker --cache "$engine/cache" "$run" >> events.ndjson 2> errors.log &
worker=$!
while :; do
  resident=
  while read -r name value unit; do
    [ "$name" != VmRSS: ] || resident=$value
  done 2> /dev/null < "/proc/$worker/status"
  [ -n "$resident" ] || break   # it has ended
  now
  printf '{"event":"phone-memory","elapsedMillis":%s,"rssKilobytes":%s}\n' $(((up - start) * 10)) "$resident" >> events.ndjson
  if [ "$budget" -gt 0 ] && [ "$resident" -gt "$budget" ]; then
    kill -KILL $worker
    echo "$resident" > killed
    break
  fi
  sleep 1
done
# What feeds it commands would wait for more of them for ever, and be waited for.
trap '' TERM
kill -TERM 0
wait $worker
echo $? > exit.new && mv exit.new exit
