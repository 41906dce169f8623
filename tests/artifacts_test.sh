#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: check
# usual-seconds: 15
#
# What is written for programs, beside the trees: the files of tests/golden/links, programs,
# resources, amd and zephyr are those reviewed by hand, C sources compile, and the table that a
# compiler makes of them is the table that loaders get. Where a manager shows memory elsewhere, all
# files say the same of where. UPDATE=1 rewrites expected/.
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

# Links of these systems have sizes of their own, some of which no rpmsg of Linux has.
for topic in amd links programs resources zephyr; do
	golden=$root/tests/golden/$topic out=$tmp/$topic
	(cd "$golden" && "$SDTGEN" -q -Wno-linux-rpmsg system.dts domains.yaml -o "$out") 2>"$tmp/err"
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

# --- memory that a manager shows elsewhere: read back out of every file ---

# Each prints "ADDRESS SIZE" in hexadecimal, of domain $2 below folder $1; regions by their kinds.
reg_of() { # reg_of FOLDER DOMAIN PATH: out of the blob, a line for each entry
	fdtget -tx "$1/$2/domain.dtb" "$3" reg |
		awk '{ for (i = 1; i <= NF; i += 4) print ($i == "0" ? "" : $i) $(i + 1), ($(i + 2) == "0" ? "" : $(i + 2)) $(i + 3) }'
}
macro_of() { # macro_of FOLDER DOMAIN PREFIX: out of platform.h
	awk -v base="$3_BASE" -v size="$3_SIZE" '$2 == base { b = $3 } $2 == size { print substr(b, 3), substr($3, 3) }' \
		"$1/$2/platform.h"
}
origin_of() { # origin_of FOLDER DOMAIN MEMORY: out of the linker script
	sed -n "s/^\t$3 .*: ORIGIN = 0x\([0-9a-f]*\), LENGTH = 0x\([0-9a-f]*\) .*/\1 \2/p" "$1/$2/linker.ld"
}
end_of() { # end_of "ADDRESS SIZE": one past its last byte
	printf '%x' $((16#${1% *} + 16#${1#* }))
}
tree_of() { # tree_of FOLDER DOMAIN: where the manager puts its tree
	"$SDTGEN" table "$1/partitions.bin" | awk -v domain="$2" '
		/^[a-z]/ { on = $1 == "domain" && $2 == domain }
		on && $1 == "tree" { print substr($2, 3) }'
}
region_of() { # region_of FOLDER DOMAIN KIND: out of the manager's table, "GUEST SIZE BUS"
	"$SDTGEN" table "$1/partitions.bin" | awk -v domain="$2" -v kind="$3" '
		/^[a-z]/ { on = $1 == "domain" && $2 == domain }
		on && $1 == kind {
			split(substr($2, 2, length($2) - 2), ends, /\.\./)
			bus = match($0, /at 0x[0-9a-f]* on the bus/) ? substr($0, RSTART + 3, RLENGTH - 14) : ends[1]
			print ends[1], ends[2], bus
		}' | while read -r first last bus; do printf '%x %x %x\n' "$first" $((last - first + 1)) "$bus"; done
}
json_of() { # json_of FOLDER DOMAIN: memory out of the report, "START SIZE MACHINE"
	tr -d '\n' <"$1/report.json" | sed 's/.*"domains": \[//; s/"links": \[.*//' |
		grep -oE "\"name\": \"$2\", *\"source\".*" | grep -oE '"memory": \[[^]]*\]' | head -n 1 |
		grep -oE '"start": "0x[0-9a-f]*", *"size": "0x[0-9a-f]*", *"machine": "0x[0-9a-f]*"' |
		sed 's/[^0]*0x\([0-9a-f]*\)[^0]*0x\([0-9a-f]*\)[^0]*0x\([0-9a-f]*\).*/\1 \2 \3/'
}
same() { # same NAME WANTED GOT
	[ "$2" = "$3" ]
	verdict $? "$1" <(echo "wanted:"; echo "$2"; echo "got:"; echo "$3")
}

topic=moved
out=$tmp/moved
(cd tests/golden/split/guest-address && "$SDTGEN" -q -Wno-dma-open system.dts domains.yaml -o "$out") 2>"$tmp/err"
verdict $? 'the system is taken' "$tmp/err"
if command -v fdtget >/dev/null; then
	both=$'40000000 8000000\n60000000 4000000'
	same 'linux: the blob has what it sees' "$both" "$(reg_of "$out" linux /memory@40000000)"
	same 'linux: so has the header' "$both" \
		"$(macro_of "$out" linux PLATFORM_MEMORY0; macro_of "$out" linux PLATFORM_MEMORY1)"
	same 'linux: the table has both addresses' $'40000000 8000000 50000000\n60000000 4000000 60000000' \
		"$(region_of "$out" linux memory)"
	same 'linux: so has the report' "$(region_of "$out" linux memory)" "$(json_of "$out" linux)"
	same 'rtos: the blob has what it sees' '40000000 1000000' "$(reg_of "$out" rtos /memory@40000000)"
	same 'rtos: so has the header' '40000000 1000000' "$(macro_of "$out" rtos PLATFORM_MEMORY0)"
	same 'rtos: so has the report' '40000000 1000000 42200000' "$(json_of "$out" rtos)"
	same 'rtos: the script has it without the trace buffer' '40000000 fe0000' "$(origin_of "$out" rtos MEMORY0)"
	same 'rtos: and without the place of its tree' "$(tree_of "$out" rtos)" "$(origin_of "$out" rtos DTB | cut -d' ' -f1)"
	same 'rtos: which reaches to the trace buffer' "$(origin_of "$out" rtos TRACE | cut -d' ' -f1)" \
		"$(end_of "$(origin_of "$out" rtos DTB)")"
	same 'rtos: and begins where its memory ends' "$(end_of "$(origin_of "$out" rtos MEMORY0)")" \
		"$(origin_of "$out" rtos DTB | cut -d' ' -f1)"
	same 'rtos: the trace buffer is where the header says' "$(origin_of "$out" rtos TRACE)" \
		"$(macro_of "$out" rtos PLATFORM_TRACE)"
	same 'rtos: and where the resource table says' "$(origin_of "$out" rtos TRACE)" \
		"$(od -An -tx4 -j28 -N8 "$out/rtos/resource_table.bin" | sed 's/ 0*\([0-9a-f]\)/ \1/g; s/^ //')"
	same 'rtos: the table has both addresses' $'40000000 ffe000 42200000\n40ffe000 2000 431fe000' \
		"$(region_of "$out" rtos memory)"
	for domain in linux rtos; do
		window=$(macro_of "$out" $domain LINK_DATA_WINDOW)
		same "$domain: the window stays" "$window ${window% *}" "$(region_of "$out" $domain window)"
		same "$domain: the tree has its first page" "${window% *} 1000" \
			"$(reg_of "$out" $domain "/reserved-memory/rsc-table@${window% *}")"
	done
	same 'rtos: so has the script' "$(macro_of "$out" rtos LINK_DATA_WINDOW)" "$(origin_of "$out" rtos LINK_DATA)"
else
	skip 'all files agree' 'no fdtget'
fi
finish
