#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: check
# usual-seconds: 10
#
# What is written for programs, beside the trees: the files of tests/golden/links are those reviewed by
# hand, C sources compile, and the table that a compiler makes of them is the table that loaders get.
# UPDATE=1 rewrites expected/.
. "$(dirname "$0")/lib.sh"
topic=artifacts
CC=${CC:-gcc}
golden=$root/tests/golden/links
dir=$tmp

(cd "$golden" && "$SDTGEN" -q system.dts domains.yaml -o "$dir/out") 2>"$dir/err"
verdict $? 'the system with links is taken'
verdict "$([ ! -s "$dir/err" ]; echo $?)" 'without a word'
text=$(cd "$dir/out" && find . -name '*.[ch]' | sort)
if [ -n "${UPDATE:-}" ]; then
	rm -rf "$golden/expected"
	for file in $text; do
		mkdir -p "$golden/expected/$(dirname "$file")"
		cp "$dir/out/$file" "$golden/expected/$file"
	done
fi
diff -r <(echo "$text") <(cd "$golden/expected" && find . -name '*.[ch]' | sort) >"$dir/diff"
verdict $? 'the files are those expected'
for file in $text; do
	diff -u "$golden/expected/$file" "$dir/out/$file"
	verdict $? "$file is as expected"
done

# Every source by itself, every header twice and from assembler.
for file in $text; do
	case $file in
	*.c) "$CC" -std=c99 -Wall -Wextra -Werror -c "$dir/out/$file" -o "$dir/object.o" ;;
	*) printf '#include "%s"\n#include "%s"\n' "$file" "$file" |
		"$CC" -std=c99 -Wall -Wextra -Werror -fsyntax-only -I"$dir/out" -x c - &&
		printf '#include "%s"\n' "$file" | "$CC" -c -I"$dir/out" -x assembler-with-cpp - -o "$dir/object.o" ;;
	esac
	verdict $? "$file compiles"
done

for remote in "$dir"/out/*/; do
	[ -e "$remote/resource_table.c" ] || continue
	name=$(basename "$remote")
	"$CC" -c "$remote/resource_table.c" -o "$dir/table.o" &&
		objcopy -O binary -j .resource_table --set-section-flags .resource_table=alloc \
			"$dir/table.o" "$dir/table.bin" &&
		cmp "$remote/resource_table.bin" <(head -c "$(stat -c %s "$remote/resource_table.bin")" "$dir/table.bin")
	verdict $? "$name: the compiled table is resource_table.bin"
	for copy in "$dir"/out/*/rsc-"$name".bin; do
		cmp "$copy" "$remote/resource_table.bin"
		verdict $? "$name: $(basename "$(dirname "$copy")") has the same table"
	done
done

# A second run changes nothing.
(cd "$golden" && "$SDTGEN" -q system.dts domains.yaml -o "$dir/again") && diff -r "$dir/out" "$dir/again"
verdict $? 'the same input gives the same bytes'
finish
