# Gives a run a command: run folder, line.
cd "$1" && printf '%s\n' "$2" >> commands
