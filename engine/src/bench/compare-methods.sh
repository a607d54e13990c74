#!/bin/sh
# Every method of the catalogue on the sample run at equal forward passes: docs/methods.md has the table it made.
#   engine/src/bench/compare-methods.sh [PROGRAM] [FOLDER] [PRESET-SPACE...]
# PROGRAM is the distribution's bin/pocketllm. For each preset a third of the step size that `tune` suggests on seed 7, then
# a run with batches of 16 and a falling step size for the seeds 7, 8 and 9. One line a run is added to FOLDER/results.tsv:
# preset, space, forward passes, eta, seed, steps, milliseconds, held-out accuracy, test accuracy, peak bytes.
# Methods that go with any space are compared in the head's, where a forward pass is cheap, and MeZO in all parameters beside them.
set -u
program=${1:-app/target/pocketllm/bin/pocketllm}
folder=${2:-target/compare-methods}
[ $# -gt 2 ] && shift 2 || set --
mkdir -p "$folder"

field() { sed -n "s/.*\"$1\":\([^,}]*\).*/\1/p" "$2" | tail -n 1; }

# preset, space, where tune begins, forward passes of a step, forward passes in all
table='mezo head 0.1 2 2000
lozo head 0.1 2 2000
lozo-m head 0.1 2 2000
fzoo head 0.001 9 2000
conmezo head 0.1 2 2000
sparse-mezo head 0.1 2 2000
zo-sign head 0.01 2 2000
zo-momentum head 0.1 2 2000
zo-conservative head 0.1 5 2000
zo-adam head 0.03 2 2000
meazo head 0.1 2 2000
head head 0.4 64 2000
mezo full 0.003 2 240
mezo-lora lora 0.01 2 240
bitfit bitfit 0.01 2 240
p-rge lora-b 0.1 8 240
agzo lora-b 0.1 2 240'

echo "$table" | while read -r preset space eta each forwards; do
  case " $* " in "  ") ;; *" $preset-$space "*) ;; *) continue ;; esac
  common="--set method=null --set method.preset=$preset --set method.space=$space --set training.batchSize=16
    --set data.tokenDropout=0 --set training.reference=false"
  for again in 1 2; do
    # shellcheck disable=SC2086
    "$program" tune sample:inbox-nurse $common --set method.learningRate="$eta" --steps 8 > "$folder/$preset-$space-tune.txt" </dev/null || break
    found=$(sed -n 's/^Suggested: --set method.learningRate=\([^ ]*\).*/\1/p' "$folder/$preset-$space-tune.txt")
    [ -n "$found" ] && eta=$found
    grep -q 'end of the range' "$folder/$preset-$space-tune.txt" || break
  done
  # The largest step that helps for a few steps is too large for many.
  eta=$(awk "BEGIN { printf \"%.2g\", $eta / 3 }")
  steps=$((forwards / each))
  for seed in 7 8 9; do
    out="$folder/$preset-$space-$seed"
    rm -rf "$out"
    # shellcheck disable=SC2086
    "$program" train sample:inbox-nurse $common --set method.learningRate="$eta" --set seed=$seed \
      --set training.steps=$steps --set training.evaluateEvery=$steps --out "$out" > "$out.log" 2>&1 </dev/null
    s="$out/summary.json"
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$preset" "$space" "$forwards" "$eta" "$seed" "$steps" \
      "$(field elapsedMillis "$s")" "$(field accuracy "$s")" "$(field testAccuracy "$s")" "$(field peakRssBytes "$s")" \
      >> "$folder/results.tsv"
  done
done
