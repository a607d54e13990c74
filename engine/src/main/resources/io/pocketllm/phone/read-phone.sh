# What a phone tells about itself. "FILE=VALUE" was read, "FILE!" is absent or denied.
one() {
  if value=$(cat "$1" 2>/dev/null); then echo "$1=$value"; else echo "$1!"; fi
}
echo @@properties
for name in ro.product.model ro.product.manufacturer ro.product.brand ro.product.device \
  ro.soc.manufacturer ro.soc.model ro.board.platform ro.hardware ro.product.cpu.abilist64 \
  ro.product.cpu.abilist ro.build.version.release ro.build.version.sdk \
  dalvik.vm.heapgrowthlimit dalvik.vm.heapsize; do
  echo "$name=$(getprop "$name")"
done
echo @@meminfo
cat /proc/meminfo 2>/dev/null || echo '!'
echo @@cpuinfo
cat /proc/cpuinfo 2>/dev/null || echo '!'
echo @@cpus
for cpu in /sys/devices/system/cpu/cpu[0-9] /sys/devices/system/cpu/cpu[0-9][0-9]; do
  [ -d "$cpu" ] || continue
  for file in cpufreq/related_cpus cpufreq/cpuinfo_max_freq cpu_capacity; do
    one "$cpu/$file"
  done
done
echo @@battery
dumpsys battery 2>&1
echo @@power
for file in capacity charge_full charge_full_design temp; do
  one "/sys/class/power_supply/battery/$file"
done
echo @@thermal
dumpsys thermalservice 2>&1
echo @@zones
for zone in /sys/class/thermal/thermal_zone[0-9] /sys/class/thermal/thermal_zone[0-9][0-9]; do
  [ -d "$zone" ] || continue
  one "$zone/type"
  one "$zone/temp"
done
echo @@storage
df -k /data/local/tmp 2>&1
echo @@end
