#!/bin/bash
# Fetches what a fake phone is made of: a real adb, a real adbd, Android's shell and its small tools, from the Debian
# archive that apt on this computer uses. Installs nothing on the system.
#
#   install.sh [--arm64]
#
# --arm64 adds the emulator with which a phone also runs programs for arm64.
# Goes to $POCKETLLM_FAKE_PHONE, else ${XDG_CACHE_HOME:-~/.cache}/pocketllm/fake-phone. Run again it does nothing.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
fail() { echo "fake phone: $*" >&2; exit 1; }

to=${POCKETLLM_FAKE_PHONE:-${XDG_CACHE_HOME:-$HOME/.cache}/pocketllm/fake-phone}
[ "$(uname -sm)" = "Linux x86_64" ] || fail "needs Linux on x86_64"
for tool in apt-get dpkg-deb g++ flock setpriv unshare awk; do
  command -v $tool > /dev/null || fail "needs $tool"
done
unshare --user --map-root-user --mount --pid --fork true 2> /dev/null || fail "user namespaces are not allowed here"
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
[ -r $keyring ] || fail "needs the package debian-archive-keyring"

mkdir -p "$to"
exec 9> "$to/.lock"
flock 9
want=$(cat "$here"/install.sh "$here"/shim.cpp "$here"/tools/* | sha256sum | cut -c1-64)
emulator=$to/bin/qemu-aarch64-static
if [ "$(cat "$to/.installed" 2> /dev/null)" = "$want" ] && { [ "${1:-}" != --arm64 ] || [ -x "$emulator" ]; }; then exit 0; fi
rm -rf "$to/.installed" "$to/apt" "$to/unpacked" "$to/bin" "$to/lib" "$to/phone"

# An apt of its own: it knows no installed package, and reads the two suites whatever this computer runs.
archive=$(apt-get indextargets --no-release-info --format '$(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
  awk '$1 == "main" && $2 ~ /debian\/?$/ { print $2; exit }')
[ -n "$archive" ] || fail "apt on this computer has no Debian archive"
mkdir -p "$to"/apt/lists/partial "$to"/apt/cache/archives/partial "$to"/apt/debs
: > "$to/apt/status"
for suite in bookworm bookworm-backports; do echo "deb [signed-by=$keyring] $archive $suite main"; done > "$to/apt/sources"
cat > "$to/apt/conf" << CONF
Dir::Etc::SourceList "$to/apt/sources";
Dir::Etc::SourceParts "/dev/null";
Dir::State::Lists "$to/apt/lists";
Dir::State::status "$to/apt/status";
Dir::Cache "$to/apt/cache";
APT::Architecture "amd64";
APT::Architectures { "amd64"; };
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Retries "3";
CONF
export APT_CONFIG=$to/apt/conf
apt-get -q update > "$to/apt/log" 2>&1 && ! grep -qE '^(E|Err)' "$to/apt/log" ||
  { tail -n 3 "$to/apt/log" >&2; fail "the Debian archive cannot be read"; }
packages=
for name in adb adbd android-libbase android-libcutils android-liblog android-libziparchive; do
  packages="$packages $name/bookworm-backports"
done
for name in android-libboringssl libbrotli1 libcap2 libgcrypt20 libgpg-error0 liblz4-1 liblzma5 libprotobuf32 libsystemd0 \
  libudev1 libusb-1.0-0 libzstd1 zlib1g busybox-static mksh; do
  packages="$packages $name/bookworm"
done
[ "${1:-}" != --arm64 ] || packages="$packages qemu-user-static/bookworm"
(cd "$to/apt/debs" && apt-get -q download $packages >> "$to/apt/log" 2>&1) ||
  { tail -n 3 "$to/apt/log" >&2; fail "a package cannot be had"; }

mkdir -p "$to/unpacked" "$to/bin" "$to/lib" "$to/phone/system/bin" "$to/phone/adbd" "$to/phone/lib64"
for deb in "$to"/apt/debs/*.deb; do
  case $deb in
    */qemu-user-static_*) dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$to/unpacked" ./usr/bin/qemu-aarch64-static;;
    *) dpkg-deb -x "$deb" "$to/unpacked";;
  esac
done
[ "${1:-}" != --arm64 ] || cp "$to/unpacked/usr/bin/qemu-aarch64-static" "$emulator"

# The computer's side: adb with its libraries, which nothing else shall get.
find "$to/unpacked" -path '*/x86_64-linux-gnu/*' -name 'lib*.so*' -exec cp -a -t "$to/lib" {} +
cp "$to"/unpacked/usr/lib/android-sdk/platform-tools/adb "$to/lib/adb.real"
cat > "$to/bin/adb" << 'ADB'
#!/bin/sh
lib=$(cd "$(dirname "$0")/../lib" && pwd)
LD_LIBRARY_PATH=$lib exec "$lib/adb.real" "$@"
ADB
chmod 755 "$to/bin/adb"

# The phone's side: adbd with its libraries, Android's shell (mksh), busybox in place of toybox.
adbd=$to/unpacked/usr/lib/android-sdk/platform-tools/adbd
cp "$adbd" "$to/phone/adbd/"
g++ -std=c++17 -O2 -fPIC -shared -o "$to/phone/adbd/shim.so" "$here/shim.cpp" || fail "the shim does not compile"
LD_LIBRARY_PATH=$to/lib ldd "$adbd" > "$to/apt/ldd"
! grep 'not found' "$to/apt/ldd" >&2 || fail "adbd lacks libraries"
awk '$2 == "=>" && $3 ~ /^\// { print $3 }' "$to/apt/ldd" | xargs cp -L -t "$to/phone/adbd"
cp -L /lib64/ld-linux-x86-64.so.2 "$to/phone/lib64/"
cp "$to/unpacked/bin/busybox" "$to/phone/system/bin/"
for applet in $("$to/phone/system/bin/busybox" --list); do
  [ -e "$to/phone/system/bin/$applet" ] || ln -s busybox "$to/phone/system/bin/$applet"
done
cp --remove-destination "$to"/unpacked/usr/lib/x86_64-linux-musl/bin/mksh "$to/phone/system/bin/sh"
for tool in "$here"/tools/*; do
  install -m 755 "$tool" "$to/phone/system/bin/"
done
"$to/bin/adb" version > /dev/null || fail "the unpacked adb does not run"
chmod -R a+rX "$to/phone"
rm -rf "$to/apt" "$to/unpacked"
echo "$want" > "$to/.installed"
