# Gets ready to receive a file: base folder, the file's path, its line for the manifest.
# Answers with what a push that was cut short left behind: size and checksum.
base=$1 file=$2 line=$3
mkdir -p "${file%/*}" || exit 3
grep -qxF -- "$line" "$base/manifest" 2>/dev/null || printf '%s\n' "$line" >> "$base/manifest" || exit 3
if [ -s "$file.part" ]; then
  stat -c %s "$file.part" && sha256sum < "$file.part"
else
  echo 0
fi
