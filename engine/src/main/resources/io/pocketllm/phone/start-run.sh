# Starts a run that outlives this connection: engine folder, run folder, budget in kB (0: none).
engine=$1 run=$2 budget=$3
cd "$run" || exit 3
[ ! -e pid ] || exit 6
: > commands
setsid sh "$engine/supervise.sh" "$run" "$budget" < /dev/null > /dev/null 2>&1 &
tries=0
while [ ! -e pid ]; do
  tries=$((tries + 1))
  [ $tries -lt 50 ] || exit 4
  sleep 0.1
done
