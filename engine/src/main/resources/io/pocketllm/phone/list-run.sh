# Names of a run's files: run folder.
cd "$1" && find . -type f
