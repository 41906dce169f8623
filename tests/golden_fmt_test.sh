#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: check
# usual-seconds: 10
#
# `sdtgen fmt` makes every tests/golden/fmt/NAME.out.dts of NAME.in.dts, leaves NAME.out.dts as it
# is, and does not change what `cpp | dtc` makes of either. The same two laws hold for the system
# device trees of ../shared/corpus.
. "$(dirname "$0")/lib.sh"
dir=tests/golden/fmt
why=$tmp/why

# blob SOURCE INCLUDE-DIR OUT: the blob that cpp and dtc make of it.
blob() {
	cpp -nostdinc -undef -D__DTS__ -x assembler-with-cpp -I "$2" "$1" 2>"$tmp/log" |
		dtc -qq -i "$2" -I dts -O dtb -o "$3" - 2>>"$tmp/log"
}

# same_blob SOURCE INCLUDE-DIR: of a source and of $tmp/once.dts.
same_blob() {
	command -v dtc >/dev/null || return 0
	if ! blob "$1" "$2" "$tmp/before.dtb"; then
		{ echo "dtc refuses $1:" && cat "$tmp/log"; } >>"$why"
	elif ! blob "$tmp/once.dts" "$2" "$tmp/after.dtb" || ! cmp -s "$tmp/before.dtb" "$tmp/after.dtb"; then
		{ echo 'the blob has changed:' && cat "$tmp/log"; } >>"$why"
	fi
}

# format SOURCE: into $tmp/once.dts, which must not change any more.
format() {
	: >"$why"
	"$SDTGEN" fmt - <"$1" >"$tmp/once.dts" 2>"$tmp/log" ||
		{ echo 'sdtgen refuses it:' && cat "$tmp/log"; } >>"$why"
	cp "$tmp/once.dts" "$tmp/twice.dts"
	"$SDTGEN" fmt --check "$tmp/twice.dts" >"$tmp/log" 2>&1 ||
		{ echo 'formatting it again changes it:' && cat "$tmp/log"; } >>"$why"
}

for file in "$dir"/*.in.dts; do
	format "$file"
	diff "${file%.in.dts}.out.dts" "$tmp/once.dts" >>"$why"
	same_blob "$file" "$dir"
	empty "$why" "$(basename "$file" .in.dts)"
done
[ -d "$CORPUS" ] || { skip corpus "no $CORPUS" && finish; }
for file in "$CORPUS"/*/system.dts; do
	format "$file"
	same_blob "$file" "$(dirname "$file")"
	empty "$why" "$file"
done
finish
