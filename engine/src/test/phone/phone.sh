#!/bin/bash
# One fake phone: a real adbd in namespaces of its own, on 127.0.0.1 alone, until standard input ends.
#
#   phone.sh ROOT PORT DESCRIPTION ABI [STORAGE_MB]
#
# ROOT         an empty folder that becomes the phone's "/"; its data/ is kept from one start to the next
# PORT         where adbd listens
# DESCRIPTION  folder that says who the phone is: properties, cpuinfo, meminfo, sysfs, dumpsys/
# ABI          x86_64, or arm64-v8a (runs programs for arm64 where the emulator was installed)
# STORAGE_MB   how much /data holds; it is then gone with the phone
#
# Prints "ready" when it can be connected to. adbd as Debian builds it asks nobody for a key: never start it by hand.
set -euo pipefail
fail() { echo "fake phone: $*" >&2; exit 1; }

# In the namespaces, as their process 1, which collects the orphans of adb's shells.
inside() {
  local root=$1 install=$2 abi=$3 storage=$4
  cd "$root"
  mount --bind . . && cd "$root"
  for folder in system adbd lib64; do
    mount --bind "$install/phone/$folder" $folder
    mount -o remount,bind,ro $folder
  done
  mount -t proc proc proc
  mount --bind phone/meminfo proc/meminfo
  mount --bind phone/cpuinfo proc/cpuinfo
  mount -t tmpfs -o mode=755,size=64k tmpfs dev
  for device in null zero full random urandom tty; do
    : > dev/$device
    mount --bind /dev/$device dev/$device
  done
  mkdir dev/pts
  mount -t devpts -o newinstance,ptmxmode=0666,mode=600 devpts dev/pts
  ln -s pts/ptmx dev/ptmx
  ln -s /proc/self/fd dev/fd
  if [ "$storage" != 0 ]; then
    mount -t tmpfs -o "mode=771,size=${storage}m" tmpfs data
    mkdir -p data/local/tmp
    chmod 771 data/local data/local/tmp
  else
    mount --bind data data
  fi
  if [ "$abi" = arm64-v8a ] && [ -x "$install/bin/qemu-aarch64-static" ] &&
    mount -t binfmt_misc binfmt_misc proc/sys/fs/binfmt_misc 2> /dev/null; then
    # An ELF header of 64 bits, little-endian, for machine 183; F opens the emulator now, from outside.
    printf '%s' ':arm64:M::\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7\x00:\xff\xff\xff\xff\xff\xff\xff\xfc\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff:'"$install/bin/qemu-aarch64-static:F" \
      > proc/sys/fs/binfmt_misc/register || true
  fi
  mount -o remount,bind,ro .
  # adb's shell is user 2000, without rights beyond its own: a second user namespace, entered for good.
  unshare --user --map-user=2000 --map-group=2000 --root="$root" --wd=/ /system/bin/busybox env -i \
    PATH=/system/bin HOME=/ TMPDIR=/data/local/tmp ANDROID_ROOT=/system ANDROID_DATA=/data \
    PHONE_PROPERTIES=/phone/properties LD_LIBRARY_PATH=/adbd LD_PRELOAD=/adbd/shim.so /adbd/adbd &
  wait $!
}

# The death of each link kills the next: this script, unshare, process 1, all of the phone.
enter() { # enter SCRIPT ROOT INSTALL ABI STORAGE
  exec setpriv ${as_user:-} --pdeathsig KILL unshare --user --map-root-user --mount --pid --uts --ipc --fork --kill-child=KILL \
    bash "$1" --inside "${@:2}"
}

# Started by root the phone does not run as root. User 2000 may not reach the folders where they are: show them in /mnt.
enter_from_root() {
  mount -t tmpfs -o mode=755 tmpfs /mnt
  mkdir /mnt/root /mnt/install
  mount --bind "$2" /mnt/root
  mount --bind "$3" /mnt/install
  cp "$1" /mnt/phone.sh
  as_user="--reuid=2000 --regid=2000 --clear-groups"
  enter /mnt/phone.sh /mnt/root /mnt/install "${@:4}"
}

case ${1:-} in
  --inside) shift; inside "$@"; exit;;
  --from-root) shift; enter_from_root "$@"; exit;;
esac

[ $# -ge 4 ] || fail "phone.sh ROOT PORT DESCRIPTION ABI [STORAGE_MB]"
root=$1 port=$2 description=$3 abi=$4 storage=${5:-0}
me=$(readlink -f "${BASH_SOURCE[0]}")
install=${POCKETLLM_FAKE_PHONE:-${XDG_CACHE_HOME:-$HOME/.cache}/pocketllm/fake-phone}
[ -e "$install/.installed" ] || fail "run install.sh first"

# The addresses, as the kernel writes them, that listen on the port.
listening() {
  awk -v port="$(printf ':%04X' "$port")" '$4 == "0A" && substr($2, length($2) - 4) == port { print substr($2, 1, length($2) - 5) }' \
    /proc/net/tcp /proc/net/tcp6 2> /dev/null
}
[ -z "$(listening)" ] || fail "port $port is taken"

mkdir -p "$root"
rm -rf "$root/phone" "$root/sys"
mkdir -p "$root"/{proc,dev,sys,system,adbd,lib64,data/local/tmp,phone}
chmod 771 "$root/data" "$root/data/local" "$root/data/local/tmp"
ln -sfn /system/bin "$root/bin"
cp -R "$description/." "$root/phone/"
printf '%s\n' "ro.product.cpu.abilist64=$abi" "ro.product.cpu.abilist=$abi" "service.adb.listen_addrs=tcp:$port" \
  >> "$root/phone/properties"
# Lines "path = value" below /sys; cpu[0-5] stands for six paths; "denied" makes a file that cannot be read.
while IFS= read -r line; do
  path=${line%% = *} value=${line#* = }
  paths=("$path")
  if [[ $path =~ ^(.*)\[([0-9]+)-([0-9]+)\](.*)$ ]]; then
    paths=()
    for i in $(seq "${BASH_REMATCH[2]}" "${BASH_REMATCH[3]}"); do paths+=("${BASH_REMATCH[1]}$i${BASH_REMATCH[4]}"); done
  fi
  for path in "${paths[@]}"; do
    mkdir -p "$root/sys/$(dirname "$path")"
    echo "$value" > "$root/sys/$path"
    [ "$value" != denied ] || chmod 000 "$root/sys/$path"
  done
done < "$root/phone/sysfs"

launch() {
  if [ "$(id -u)" = 0 ]; then
    chown -R 2000:2000 "$root"
    exec setpriv --pdeathsig KILL unshare --mount --propagation private bash "$me" --from-root "$@"
  fi
  enter "$@"
}
launch "$me" "$root" "$install" "$abi" "$storage" > "$root/adbd.log" 2>&1 < /dev/null &
child=$!
trap '{ kill -KILL $child ${watcher:-}; wait; } 2> /dev/null' EXIT
trap 'exit 143' TERM
trap 'exit 130' INT
for _ in $(seq 100); do
  addresses=$(listening)
  [ -z "$addresses" ] || break
  kill -0 $child 2> /dev/null || break
  sleep 0.1
done
[ -n "$addresses" ] || { tail -n 20 "$root/adbd.log" >&2; fail "adbd did not come up"; }
[ "$addresses" = 0100007F ] || fail "adbd listens on $addresses and not on 127.0.0.1: ended it"
echo ready

exec 3<&0
{ while read -r _; do :; done; kill -TERM $$; } <&3 > /dev/null 2>&1 &
watcher=$!
wait $child
