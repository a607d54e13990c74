#!/system/bin/sh
# Starts the engine with the Java and the C library it brought along; needs nothing of the phone but its kernel.
home=$(cd "$(dirname "$0")" && pwd)
unset LD_PRELOAD LD_LIBRARY_PATH
export ORT_DISABLE_TELEMETRY=1 MALLOC_ARENA_MAX=2
mkdir -p "$home/tmp"
exec "$home/lib/loader" --library-path "$home/lib:$home/jre/lib:$home/jre/lib/server:$home/ort" "$home/jre/bin/java" \
  -Xmx256m -Xss512k -XX:+UseSerialGC -XX:-UsePerfData -XX:ErrorFile="$home/tmp/java-crash.log" \
  -Djava.io.tmpdir="$home/tmp" -Duser.home="$home" -Djava.awt.headless=true -Donnxruntime.native.path="$home/ort" \
  --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  -cp "$home/app/*" io.pocketllm.cli.Main "$@"
