#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: check
# usual-seconds: 15
#
# What is written for programs, beside the trees: the files of tests/golden/links, programs and
# zephyr are those reviewed by hand, C sources compile, and the table that a compiler makes of them is the table that
# loaders get. UPDATE=1 rewrites expected/.
. "$(dirname "$0")/lib.sh"
CC=${CC:-gcc}

# texts FOLDER: the files that people read, and the trees of Zephyr, which have what its script has.
texts() {
	(cd "$1" && find . -name '*.[ch]' -o -name '*.ld' -o -name '*.layout.txt' \
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

# The table in the remote's folder, out of the compiler, and in each host's.
compare_tables() { # compare_tables OUT
	local remote name copy peer
	for remote in "$1"/*/; do
		name=$(basename "$remote")
		for copy in "$1"/*/rsc-"$name".bin; do
			peer=$(basename "$(dirname "$copy")")
			[ -e "$copy" ] || continue
			cmp "$copy" "$remote/rsc-$peer.bin"
			verdict $? "$name: $peer has the same table"
		done
		[ -e "$remote/resource_table.c" ] || continue
		"$CC" -c "$remote/resource_table.c" -o "$tmp/table.o" &&
			objcopy -O binary -j .resource_table --set-section-flags .resource_table=alloc \
				"$tmp/table.o" "$tmp/table.bin" &&
			cmp "$remote/resource_table.bin" \
				<(head -c "$(stat -c %s "$remote/resource_table.bin")" "$tmp/table.bin")
		verdict $? "$name: the compiled table is resource_table.bin"
	done
}

for topic in links programs zephyr; do
	golden=$root/tests/golden/$topic out=$tmp/$topic
	(cd "$golden" && "$SDTGEN" -q system.dts domains.yaml -o "$out") 2>"$tmp/err"
	verdict $? 'the system is taken' "$tmp/err"
	empty "$tmp/err" 'without a word'
	compare "$golden" "$out"
	compile "$out"
	compare_tables "$out"
	(cd "$golden" && "$SDTGEN" -q system.dts domains.yaml -o "$tmp/again") &&
		diff -r "$out" "$tmp/again" >"$tmp/diff"
	verdict $? 'the same input gives the same bytes' "$tmp/diff"
	rm -rf "$tmp/again"
done
finish
