#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: test
# usual-seconds: 20
#
# A boot image of the demo, started: a stand-in for the manager (tests/boot) is packed with programs
# that are linked with the generated linker scripts, and takes at EL2 what it finds behind itself. What
# it prints is what `sdtgen table` says of the same table.
. "$(dirname "$0")/lib.sh"
board=boards/qemu-virt-arm64/board.mk
setting() { sed -n "s/^$1 *:= *//p" "$board"; }
cross=aarch64-linux-gnu-
qemu=$(setting QEMU)
topic=boot
command -v "$qemu" >/dev/null || skip_all 'the demo' "$qemu is not installed"
command -v ${cross}gcc >/dev/null || skip_all 'the demo' "${cross}gcc is not installed"
link=(-nostdlib -static -Wl,--build-id=none -Wl,-z,max-page-size=4096 -Wl,--no-warn-rwx-segments)

# manager ADDRESS FILE: the stand-in, linked there
manager() {
	${cross}gcc -std=c11 -Wall -Wextra -Werror -O2 -ffreestanding -fno-pic -fno-pie -mstrict-align \
		-mgeneral-regs-only "${link[@]}" -I. "-Wl,--defsym=BASE=$1" -T tests/boot/manager.ld \
		-o "$2" tests/boot/start.S tests/boot/manager.c runtime/abi/*.c ipc/abi/elf.c ipc/abi/rsc.c
}

# program DOMAIN: with its linker script in $out
program() {
	${cross}gcc "${link[@]}" -T "$out/$1/linker.ld" -o "$tmp/programs/$1.elf" tests/boot/program.S
}

# start FILE: what the machine prints before it switches itself off
start() {
	timeout 200 "$qemu" -M "$(setting MACHINE)" -cpu "$(setting CPU)" -smp "$(setting CPUS)" \
		-m "$(setting MEMORY)" -display none -nic none -serial stdio -monitor none -kernel "$1" \
		</dev/null 2>&1 | tr -d '\r'
	return "${PIPESTATUS[0]}"
}

# shortened: `sdtgen table` in the words of the stand-in
shortened() {
	awk '
	/^manager/ { print "manager" }
	/^domain/ { print "domain", $2 }
	/^link/ { link = 1; print "link", $2 }
	link { next }
	/^  [a-z]* *\[/ { match($0, /\[[^]]*\]/); print "  " $1 " " substr($0, RSTART, RLENGTH) }
	/^  CPUs/ { sub(/^  CPUs */, "  CPUs "); print }
	/^  interrupt/ { print "  interrupt", $2 }
	/^  image/ { match($0, /`[^`]*`/); print "  image " substr($0, RSTART, RLENGTH) }
	' "$@"
}

mkdir "$tmp/programs"
out=$tmp/out
succeeds 'the demo splits' "$SDTGEN" -q sdt/qemu-virt-arm64.dts partitions/demo/domains.yaml -o "$tmp/out"
succeeds 'the stand-in' manager 0x40200000 "$tmp/manager.elf"
succeeds 'a program for control' program control
succeeds 'a program for sensor' program sensor
succeeds 'a kernel' ${cross}gcc -DIMAGE "${link[@]}" -Wl,-Ttext=0 -o "$tmp/kernel.elf" tests/boot/program.S
succeeds 'as an Image' ${cross}objcopy -O binary -j .text "$tmp/kernel.elf" "$tmp/programs/Image"
echo 'no file system' | gzip -n >"$tmp/programs/initrd.gz"
[ "$failed" -eq 0 ] || finish

succeeds 'they become a boot image, without a warning' \
	"$SDTGEN" pack -Werror "$tmp/manager.elf" "$tmp/out" --images "$tmp/programs" -o "$tmp/boot.img"
succeeds 'which is sound' "$SDTGEN" pack --list "$tmp/boot.img"
start "$tmp/boot.img" >"$tmp/printed"
verdict $? 'it starts, and stops by itself' "$tmp/printed"
succeeds 'at EL2, with a device tree' grep -qx 'EL2, device tree given' "$tmp/printed"
"$SDTGEN" table "$tmp/out/partitions.bin" | shortened >"$tmp/want"
sed '1d; /^images:/d' "$tmp/printed" >"$tmp/found"
succeeds 'the table it was given' diff "$tmp/want" "$tmp/found"
[ "$(wc -l <"$tmp/want")" -gt 60 ]
verdict $? 'all of it' "$tmp/want"
succeeds 'every image is sound' grep -qx 'images: 7 sound' "$tmp/printed"

# One bit of the last image.
cp "$tmp/boot.img" "$tmp/damaged.img"
printf '\377' | dd of="$tmp/damaged.img" bs=1 seek=$(($(wc -c <"$tmp/boot.img") - 1)) conv=notrunc status=none
start "$tmp/damaged.img" >"$tmp/printed"
succeeds 'a damaged image is found' \
	grep -qx 'image: the checksum does not match: it is damaged (entry 6, checksum)' "$tmp/printed"

# What the warning says of the start of memory.
out=$tmp/low
printf 'manager: { memory: { start: 0x40000000, size: 32M } }\n' >"$tmp/low.yaml"
succeeds 'a manager at the start of memory' \
	"$SDTGEN" -q sdt/qemu-virt-arm64.dts partitions/demo/domains.yaml "$tmp/low.yaml" -o "$out"
manager 0x40000000 "$tmp/low.elf"
for domain in control sensor; do program $domain; done
"$SDTGEN" pack "$tmp/low.elf" "$out" --images "$tmp/programs" -o "$tmp/low.img" 2>"$tmp/warning"
succeeds 'the start of memory gets a warning' grep -q 'boot-place.*puts it at 0x40200000' "$tmp/warning"
start "$tmp/low.img" >"$tmp/printed"
succeeds 'because QEMU puts it elsewhere' \
	grep -qx 'loaded at 0x40200000, belongs at 0x40000000' "$tmp/printed"
finish
