# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=sh
# What a sound boot image is made of, in $SCRATCH: a manager, a table with two domains, their images.
mkdir -p "$SCRATCH/out"
"$FIRMWARE" manager "$SCRATCH/manager.elf"
"$FIRMWARE" table "$SCRATCH/out/partitions.bin"
"$FIRMWARE" linux "$SCRATCH/out/Image"
printf 'initrd' >"$SCRATCH/out/initrd.gz"
printf '/dts-v1/; / { chosen { }; };\n' | "$SDTGEN" dtb - -o "$SCRATCH/out/domain.dtb"
"$FIRMWARE" program "$SCRATCH/out/sensor.elf"
