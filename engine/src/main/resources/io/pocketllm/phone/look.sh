# Free room, what was sent before, and the size of each file named: base folder, then paths.
base=$1
shift
mkdir -p "$base" || exit 3
echo @@df
df -k "$base" || exit 3
echo @@manifest
cat "$base/manifest" 2>/dev/null
echo @@sizes
for path; do
  stat -c %s "$path" 2>/dev/null || echo -
done
