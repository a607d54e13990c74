#!/bin/bash
# Builds the engine for phones: one archive with a small Java, a C library, ONNX Runtime and the engine.
#
#   build.sh ABI CLASS_PATH OUT.tar
#
# ABI         arm64-v8a (phones) or x86_64 (emulators, tests)
# CLASS_PATH  the engine's, as Maven or a running engine has it: jars and class folders, with colons between
#
# ./mvnw -Pbundle -DskipTests package calls this for both. Needs JAVA_HOME, a JDK 25 on Linux x86_64; for arm64-v8a also apt
# and the Debian archive (Java and C library of Debian 13, fetched once into the cache, 320 MB).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
fail() { echo "engine bundle: $*" >&2; exit 1; }
[ $# = 3 ] || fail "build.sh ABI CLASS_PATH OUT.tar"
abi=$1 class_path=$2
mkdir -p "$(dirname "$3")"
out=$(cd "$(dirname "$3")" && pwd)/$(basename "$3")
[ "$(uname -sm)" = "Linux x86_64" ] || fail "is built on Linux x86_64 only"
java=${JAVA_HOME:?the folder of a JDK 25}
[ -x "$java/bin/jlink" ] || fail "$java is no JDK"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bundle=$work/bundle
mkdir -p "$bundle"/{app,lib,ort} "$work/unpacked"

# --- Java's modules and the C library for that kind of phone -----------------------------------------
libraries="libc.so.6 libm.so.6 libdl.so.2 libpthread.so.0 librt.so.1 libresolv.so.2 libstdc++.so.6 libgcc_s.so.1 libz.so.1"
modules=()
case $abi in
  x86_64)
    kind=x64
    places="/lib/x86_64-linux-gnu /usr/lib/x86_64-linux-gnu /lib64 /usr/lib64"
    loader=/lib64/ld-linux-x86-64.so.2
    [ ! -d "$java/jmods" ] || modules=(--module-path "$java/jmods")
    ;;
  arm64-v8a)
    kind=aarch64
    debian=${XDG_CACHE_HOME:-$HOME/.cache}/pocketllm/debian-arm64
    "$here/fetch-arm64.sh" "$debian"
    places="$debian/usr/lib/aarch64-linux-gnu $debian/lib/aarch64-linux-gnu"
    loader=$(find "$debian" -name 'ld-linux-aarch64.so.1' | head -n 1)
    modules=(--module-path "$(echo "$debian"/usr/lib/jvm/java-25-openjdk-arm64/jmods)")
    ;;
  *) fail "ABI is arm64-v8a or x86_64, not \"$abi\"";;
esac
cp -L "$loader" "$bundle/lib/loader"
for library in $libraries; do
  for place in $places; do
    if [ -e "$place/$library" ]; then cp -L "$place/$library" "$bundle/lib/"; continue 2; fi
  done
  fail "$library is not there"
done
# Without debug symbols, which make up nine tenths of Debian's.
"$java/bin/jlink" "${modules[@]}" --add-modules java.base,java.logging,java.management,java.xml,java.sql,jdk.unsupported \
  @"$here/jlink.options" --output "$bundle/jre"

# --- the engine --------------------------------------------------------------------------------------
# Left out: the default model (sent as files), what reads the memory of other processes, and what tests and windows use.
number=0
IFS=: read -ra entries <<< "$class_path"
for entry in "${entries[@]}"; do
  name=$(basename "$entry")
  case $name in
    langchain4j* | jna* | oshi* | javafx* | junit* | assertj* | awaitility* | hamcrest* | jqwik* | archunit* | apiguardian* | \
      opentest4j* | surefire* | byte-buddy* | testfx* | test-classes | controlsfx* | jfreechart* | org.jfree*) continue;;
  esac
  if [ -d "$entry" ]; then
    number=$((number + 1))
    "$java/bin/jar" --create --no-manifest --date 2026-01-01T00:00:00Z --file "$bundle/app/part$number.jar" -C "$entry" .
  elif [[ $name == onnxruntime-* || $name == tokenizers-* ]]; then
    # Both jars bring their native code for every system: keep this one's.
    rm -rf "$work/unpacked"
    mkdir "$work/unpacked"
    (cd "$work/unpacked" && "$java/bin/jar" --extract --file "$entry")
    if [ -d "$work/unpacked/ai/onnxruntime/native" ]; then
      cp "$work/unpacked/ai/onnxruntime/native/linux-$kind"/*.so "$bundle/ort/"
      rm -rf "$work/unpacked/ai/onnxruntime/native"
    else
      find "$work/unpacked/native/lib" -mindepth 1 -maxdepth 1 -type d ! -name "linux-${kind/x64/x86_64}" -exec rm -rf {} +
    fi
    "$java/bin/jar" --create --manifest "$work/unpacked/META-INF/MANIFEST.MF" --date 2026-01-01T00:00:00Z \
      --file "$bundle/app/$name" -C "$work/unpacked" .
  elif [[ $name == *.jar && -e $entry ]]; then
    cp "$entry" "$bundle/app/"
  fi
done
[ -e "$bundle/ort/libonnxruntime.so" ] || fail "the class path has no ONNX Runtime"
cp "$here/run.sh" "$here/supervise.sh" "$bundle/"
chmod 755 "$bundle/lib/loader" "$bundle/run.sh" "$bundle/supervise.sh"

# --- one archive, the same bytes each time -----------------------------------------------------------
chmod -R u+w "$bundle"
echo "$abi" > "$bundle/ABI"
(cd "$bundle" && find . -type f ! -name SUMS | LC_ALL=C sort | xargs sha256sum > SUMS)
tar --create --file "$out.new" --directory "$bundle" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --format=gnu .
mv "$out.new" "$out"
echo "$out: $(($(stat -c %s "$out") / 1000000)) MB"
