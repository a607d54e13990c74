# Gives a received file its name, if its checksum is right: base, path, sha256, mode, manifest line.
base=$1 file=$2 want=$3 mode=$4 line=$5
found=$(sha256sum < "$file.part") || exit 3
found=${found%% *}
if [ "$found" != "$want" ]; then
  rm -f "$file.part"
  echo "checksum $found, expected $want" >&2
  exit 8
fi
chmod "$mode" "$file.part" || exit 3
# A phone whose battery dies now must not wake up with an empty file under the final name.
sync
mv -f "$file.part" "$file" || exit 3
printf '%s\n' "$line" >> "$base/manifest"
