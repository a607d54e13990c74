#!/bin/sh
# Every method of the catalogue on the sample run at equal forward passes: docs/methods.md has the table it made.
#   engine/src/bench/compare-methods.sh [PROGRAM] [FORWARDS] [FOLDER] [PRESET...]
# PROGRAM is the distribution's bin/pocketllm. For each preset a third of the step size that `tune` suggests on seed 7, then a run of
# FORWARDS forward passes on batches of 16 for the seeds 7, 8 and 9. One line a run is added to FOLDER/results.tsv:
# preset, space, eta, seed, steps, milliseconds, held-out accuracy, test accuracy, peak bytes.
set -u
program=${1:-app/target/pocketllm/bin/pocketllm}
forwards=${2:-400}
folder=${3:-target/compare-methods}
[ $# -gt 3 ] && shift 3 || set --
mkdir -p "$folder"

field() { sed -n "s/.*\"$1\":\([^,}]*\).*/\1/p" "$2" | tail -n 1; }

# preset, space, where tune begins, forward passes of a step
table='mezo full 0.003 2
mezo-lora lora 0.01 2
bitfit bitfit 0.01 2
lozo full 0.003 2
lozo-m full 0.003 2
p-rge lora-b 0.1 8
fzoo full 0.0001 9
conmezo full 0.003 2
sparse-mezo full 0.003 2
agzo lora-b 0.1 2
zo-sign full 0.00001 2
zo-momentum full 0.003 2
zo-conservative full 0.003 5
zo-adam full 0.0001 2
meazo full 0.0001 2
head head 0.4 64'

echo "$table" | while read -r preset space eta each; do
  case " $* " in "  ") ;; *" $preset "*) ;; *) continue ;; esac
  common="--set method=null --set method.preset=$preset --set method.space=$space --set training.batchSize=16
    --set data.tokenDropout=0 --set training.reference=false"
  for again in 1 2; do
    # shellcheck disable=SC2086
    "$program" tune sample:inbox-nurse $common --set method.learningRate="$eta" --steps 5 > "$folder/$preset-tune.txt" </dev/null || break
    found=$(sed -n 's/^Suggested: --set method.learningRate=\([^ ]*\).*/\1/p' "$folder/$preset-tune.txt")
    [ -n "$found" ] && eta=$found
    grep -q 'end of the range' "$folder/$preset-tune.txt" || break
  done
  # The largest step that helps for a few steps is too large for many.
  eta=$(awk "BEGIN { printf \"%.2g\", $eta / 3 }")
  steps=$((forwards / each))
  [ "$preset" = head ] && steps=$((forwards / 2))
  for seed in 7 8 9; do
    out="$folder/$preset-$seed"
    rm -rf "$out"
    # shellcheck disable=SC2086
    "$program" train sample:inbox-nurse $common --set method.learningRate="$eta" --set seed=$seed \
      --set training.steps=$steps --set training.evaluateEvery=$steps --out "$out" > "$out.log" 2>&1 </dev/null
    s="$out/summary.json"
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$preset" "$space" "$eta" "$seed" "$steps" "$(field elapsedMillis "$s")" \
      "$(field accuracy "$s")" "$(field testAccuracy "$s")" "$(field peakRssBytes "$s")" >> "$folder/results.tsv"
  done
done
