#!/bin/bash
# Fetches Java and the C library of Debian 13 for arm64 into a folder: fetch-arm64.sh FOLDER. Run again it does nothing.
# Uses an apt of its own, which checks the archive's signatures; installs nothing.
set -euo pipefail
fail() { echo "engine bundle: $*" >&2; exit 1; }
to=${1:?a folder}
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
[ -e "$to/.complete" ] && exit 0
command -v apt-get > /dev/null && command -v dpkg-deb > /dev/null || fail "needs apt and dpkg"
archive=$(apt-get indextargets --no-release-info --format '$(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
  awk '$1 == "main" && $2 ~ /debian\/?$/ { print $2; exit }')
[ -n "$archive" ] || fail "apt on this computer has no Debian archive"
rm -rf "$to"
mkdir -p "$to"/apt/lists/partial "$to"/apt/cache/archives/partial "$to"/apt/debs
to=$(cd "$to" && pwd)
: > "$to/apt/status"
echo "deb [signed-by=$keyring] $archive trixie main" > "$to/apt/sources"
cat > "$to/apt/conf" << CONF
Dir::Etc::SourceList "$to/apt/sources";
Dir::Etc::SourceParts "/dev/null";
Dir::State::Lists "$to/apt/lists";
Dir::State::status "$to/apt/status";
Dir::Cache "$to/apt/cache";
APT::Architecture "arm64";
APT::Architectures { "arm64"; };
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Retries "3";
CONF
export APT_CONFIG=$to/apt/conf
apt-get -q update > "$to/apt/log" 2>&1 || { tail -n 3 "$to/apt/log" >&2; fail "the Debian archive cannot be read"; }
(cd "$to/apt/debs" && apt-get -q download openjdk-25-jdk-headless libc6 libstdc++6 libgcc-s1 zlib1g >> "$to/apt/log" 2>&1) ||
  { tail -n 3 "$to/apt/log" >&2; fail "a package cannot be had"; }
for deb in "$to"/apt/debs/*.deb; do dpkg-deb -x "$deb" "$to"; done
rm -rf "$to/apt"
: > "$to/.complete"
