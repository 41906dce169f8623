#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: check
# usual-seconds: 15
#
# What is written for programs, beside the trees: the files of tests/golden/links, programs,
# resources, amd and zephyr are those reviewed by hand, C sources compile, and the table that a compiler makes of them is the table that
# loaders get. UPDATE=1 rewrites expected/.
. "$(dirname "$0")/lib.sh"
CC=${CC:-gcc}

# texts FOLDER: the files that people read, and the trees of Zephyr, which have what its script has.
texts() {
	(cd "$1" && find . -name '*.[ch]' -o -name '*.cmake' -o -name '*.ld' -o -name '*.layout.txt' \
		-o -path './zephyr-*/domain.dts' | sort)
}

compare() { # compare GOLDEN OUT
	local file
	if [ -n "${UPDATE:-}" ]; then
		rm -rf "$1/expected"
		for file in $(texts "$2"); do
			mkdir -p "$1/expected/$(dirname "$file")"
			cp "$2/$file" "$1/expected/$file"
		done
	fi
	diff <(texts "$2") <(texts "$1/expected") >"$tmp/diff"
	verdict $? 'the files are those expected' "$tmp/diff"
	for file in $(texts "$2"); do
		diff -u "$1/expected/$file" "$2/$file" >"$tmp/diff" 2>&1
		verdict $? "$file is as expected" "$tmp/diff"
	done
}

# Every source by itself, every header twice and from assembler.
compile() { # compile OUT
	local file
	for file in $(texts "$1"); do
		case $file in
		*.c) "$CC" -std=c99 -Wall -Wextra -Werror -c "$1/$file" -o "$tmp/object.o" ;;
		*.h) printf '#include "%s"\n#include "%s"\n' "$file" "$file" |
			"$CC" -std=c99 -Wall -Wextra -Werror -fsyntax-only -I"$1" -x c - &&
			printf '#include "%s"\n' "$file" |
			"$CC" -c -I"$1" -x assembler-with-cpp - -o "$tmp/object.o" ;;
		*) continue ;;
		esac 2>"$tmp/log"
		verdict $? "$file compiles" "$tmp/log"
	done
}

# table_of COMPILER SOURCE: its section .resource_table, in $tmp/table.bin
table_of() {
	local copy
	copy=$("${1%gcc}objcopy" --version >/dev/null 2>&1 && echo "${1%gcc}objcopy" || echo objcopy)
	"$1" -std=c99 -ffreestanding -c "$2" -o "$tmp/table.o" &&
		"$copy" -O binary -j .resource_table --set-section-flags .resource_table=alloc \
			"$tmp/table.o" "$tmp/table.bin"
}

# The table in the remote's folder, out of the compiler, and in each host's.
compare_tables() { # compare_tables OUT
	local remote name copy peer compiler
	for remote in "$1"/*/; do
		name=$(basename "$remote")
		for copy in "$1"/*/rsc-"$name".bin; do
			peer=$(basename "$(dirname "$copy")")
			[ -e "$copy" ] || continue
			cmp "$copy" "$remote/rsc-$peer.bin"
			verdict $? "$name: $peer has the same table"
		done
		[ -e "$remote/resource_table.c" ] || continue
		for compiler in "$CC" arm-none-eabi-gcc aarch64-linux-gnu-gcc; do
			if ! command -v "$compiler" >/dev/null; then
				skip "$name: the table that $compiler compiles" 'not installed'
				continue
			fi
			table_of "$compiler" "$remote/resource_table.c" &&
				cmp "$remote/resource_table.bin" \
					<(head -c "$(stat -c %s "$remote/resource_table.bin")" "$tmp/table.bin")
			verdict $? "$name: the table that $compiler compiles is resource_table.bin"
		done
		"$SDTGEN" rsc "$remote/resource_table.bin" >"$tmp/said" 2>&1
		verdict $? "$name: sdtgen rsc has nothing against it" "$tmp/said"
	done
}

# The entries beside trace buffer and devices, as a reader of the bytes sees them.
read_back() { # read_back OUT
	local domain
	for domain in rtos wild; do
		"$SDTGEN" rsc "$1/$domain/resource_table.bin"
	done 2>&1 | grep -A1 -E ': (carveout|devmem|vendor)' | grep -vE '^--|: vdev|: trace' >"$tmp/entries"
	diff -u - "$tmp/entries" >"$tmp/diff" <<'EOF'
  0 at +0x40: carveout `frames` [0x20200000..0x2027ffff] (512 KiB)
    da 0x20200000, pa 0x60200000, flags 0x3
  1 at +0x78: carveout `calibration` [0x20280000..0x20280fff] (4 KiB)
    da 0x20280000, pa 0x60280000, flags 0x3
  2 at +0xb0: devmem `ttc0` [0x8f110000..0x8f110fff] (4 KiB)
    da 0x8f110000, pa 0xff110000, flags 0x19
  3 at +0xe8: devmem `dsp` [0x8f120000..0x8f120fff] (4 KiB)
    da 0x8f120000, pa 0xff120000, flags 0x1b
  4 at +0x120: devmem `dsp.1` [0x8f130000..0x8f131fff] (8 KiB)
    da 0x8f130000, pa 0xff130000, flags 0x1b
  8 at +0x21c: vendor entry of type 128, 3 bytes
    0000: 01 02 ff
  9 at +0x228: vendor entry of type 512, 0 bytes
  10 at +0x230: vendor entry of type 128, 13 bytes
    0000: 10 11 12 13 14 15 16 17 18 19 1a 1b 1c
  11 at +0x248: vendor entry of type 200, 1 byte
    0000: 07
  0 at +0x18: carveout `rproc1` [0x20400000..0x2043ffff] (256 KiB)
    da 0x20400000, pa 0x60400000, flags 0x3
EOF
	verdict $? 'carveouts, registers and entries of vendors read back' "$tmp/diff"
	(cd "$1" && "$SDTGEN" -q system.dts -o "$tmp/again") 2>"$tmp/log" &&
		cmp "$1/rtos/resource_table.bin" "$tmp/again/rtos/resource_table.bin" >>"$tmp/log" 2>&1
	verdict $? 'system.dts says the same table' "$tmp/log"
	rm -rf "$tmp/again"
}

for topic in amd links programs resources zephyr; do
	golden=$root/tests/golden/$topic out=$tmp/$topic
	(cd "$golden" && "$SDTGEN" -q system.dts domains.yaml -o "$out") 2>"$tmp/err"
	verdict $? 'the system is taken' "$tmp/err"
	empty "$tmp/err" 'without a word'
	compare "$golden" "$out"
	compile "$out"
	compare_tables "$out"
	[ $topic = resources ] && read_back "$out"
	(cd "$golden" && "$SDTGEN" -q system.dts domains.yaml -o "$tmp/again") &&
		diff -r "$out" "$tmp/again" >"$tmp/diff"
	verdict $? 'the same input gives the same bytes' "$tmp/diff"
	rm -rf "$tmp/again"
done
finish
