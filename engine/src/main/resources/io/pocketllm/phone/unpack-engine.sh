# Unpacks an engine bundle that was received: base, archive, folder, line for the manifest.
base=$1 archive=$2 folder=$3 line=$4
[ -e "$folder/SUMS" ] && exit 0
rm -rf "$folder.part"
mkdir -p "$folder.part" || exit 3
printf '%s\n' "$line" >> "$base/manifest"
if ! tar -x -f "$archive" -C "$folder.part"; then
  rm -rf "$folder.part"
  exit 4
fi
if ! (cd "$folder.part" && sha256sum -c SUMS) > /dev/null; then
  rm -rf "$folder.part"
  exit 8
fi
sync
mv "$folder.part" "$folder" || exit 3
rm -f "$archive"
