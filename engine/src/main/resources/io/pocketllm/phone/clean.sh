# Removes what was sent: base, then F:PATH for files and T:PATH for folders that are wholly ours.
base=$1
shift
for entry; do
  case $entry in T:*)
    pid=$(cat "$base/${entry#T:}/pid" 2>/dev/null) &&
      case $(tr '\0' ' ' < "/proc/$pid/cmdline" 2>/dev/null) in
        *"$base/${entry#T:}"*) echo "${entry#T:}"; exit 7;;
      esac;;
  esac
done
for entry; do
  path=$base/${entry#?:}
  case $entry in
    T:*) rm -rf "$path" "$path.part";;
    F:*) rm -f "$path" "$path.part";;
  esac
  folder=${path%/*}
  while [ "$folder" != "$base" ] && rmdir "$folder" 2>/dev/null; do folder=${folder%/*}; done
done
rm -f "$base/manifest"
rmdir "$base" 2>/dev/null || ls -A "$base" 2>/dev/null
exit 0
