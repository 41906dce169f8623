#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: test
# usual-seconds: 60
#
# gcc builds everything that is tested; clang must accept every source, too, with the same warnings.
# The Makefile says which. CLANG names another one.
. "$(dirname "$0")/lib.sh"
CLANG=${CLANG:-clang}
command -v "$CLANG" >/dev/null || skip_all 'every source' "$CLANG is not installed"

read -ra warnings < <(sed -n 's/^WARN *:= *//p' Makefile)
read -ra defines < <(sed -n 's/^CPPFLAGS *+= *//p' Makefile)
[ ${#warnings[@]} -gt 3 ] && [ ${#defines[@]} -gt 1 ]
verdict $? 'the Makefile has warnings and definitions'

# accepts FILE: nothing said, and no failure
accepts() { "$CLANG" -fsyntax-only -std=c11 "${warnings[@]}" "${defines[@]}" "$1" 2>&1; }

printf 'int f(long x);\nint f(long x)\n{\n\treturn x;\n}\n' >"$tmp/loses.c"
! accepts "$tmp/loses.c" >"$tmp/said" && grep -q 'implicit conversion loses' "$tmp/said"
verdict $? 'a conversion that loses bits is refused' "$tmp/said"

folders=$(find . -path "./$BUILD" -prune -o -path ./.git -prune -o -name '*.c' -printf '%h\n' | sort -u)
for folder in $folders; do
	: >"$tmp/why"
	for file in "$folder"/*.c; do
		accepts "${file#./}" >>"$tmp/why" || echo "$CLANG refuses ${file#./}" >>"$tmp/why"
	done
	empty "$tmp/why" "${folder#./}"
done
finish
