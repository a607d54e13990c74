# How warm a phone is and how full its battery. No parameters.
echo @@battery
dumpsys battery 2>&1
echo @@thermal
dumpsys thermalservice 2>&1
echo @@end
