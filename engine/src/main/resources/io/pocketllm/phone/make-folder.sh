# Makes a folder that is wholly ours: base, folder, line for the manifest.
mkdir -p "$2" || exit 3
printf '%s\n' "$3" >> "$1/manifest"
