# Gives a run a command: run folder, word.
cd "$1" && printf '%s\n' "$2" >> commands
