#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: check
# usual-seconds: 10
#
# `sdtgen fmt` makes every tests/golden/fmt/NAME.out.dts of NAME.in.dts, leaves NAME.out.dts as it
# is, and does not change what `cpp | dtc` makes of either. The same two laws hold for the system
# device trees of ../shared/corpus.
set -u
cd "$(dirname "$0")/.." || exit 1
sdtgen=${SDTGEN:-${BUILD:-build}/sdtgen}
dir=tests/golden/fmt
corpus=../shared/corpus
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
count=0 status=0

# result NAME: one line of TAP; $why is empty where all is well.
result() {
	count=$((count + 1))
	if [ -z "$why" ]; then
		echo "ok $count - $1"
	else
		echo "not ok $count - $1"
		sed 's/^/# /' <<<"$why"
		status=1
	fi
}

# blob SOURCE INCLUDE-DIR OUT: the blob that cpp and dtc make of it.
blob() {
	cpp -nostdinc -undef -D__DTS__ -x assembler-with-cpp -I "$2" "$1" 2>"$tmp/why" |
		dtc -qq -i "$2" -I dts -O dtb -o "$3" - 2>>"$tmp/why"
}

# same_blob SOURCE INCLUDE-DIR: of a source and of $tmp/once.dts.
same_blob() {
	command -v dtc >/dev/null || return 0
	blob "$1" "$2" "$tmp/before.dtb" || { why="dtc refuses $1: $(cat "$tmp/why")" && return 1; }
	blob "$tmp/once.dts" "$2" "$tmp/after.dtb" && cmp -s "$tmp/before.dtb" "$tmp/after.dtb" ||
		why="the blob has changed: $(head -n 5 "$tmp/why")"
}

# format SOURCE: into $tmp/once.dts, which must not change any more.
format() {
	"$sdtgen" fmt - <"$1" >"$tmp/once.dts" 2>"$tmp/why" || { why=$(cat "$tmp/why") && return 1; }
	cp "$tmp/once.dts" "$tmp/twice.dts" && "$sdtgen" fmt --check "$tmp/twice.dts" >"$tmp/why" 2>&1 ||
		why="formatting it again changes it: $(cat "$tmp/why")"
}

golden() {
	format "$1" || return
	diff "${1%.in.dts}.out.dts" "$tmp/once.dts" >"$tmp/why" || why=$(cat "$tmp/why")
	same_blob "$1" "$dir"
}

files=("$dir"/*.in.dts)
trees=()
[ -d "$corpus" ] && trees=("$corpus"/*/system.dts)
echo "1..$((${#files[@]} + (${#trees[@]} ? ${#trees[@]} : 1)))"
for file in "${files[@]}"; do
	why=
	golden "$file"
	result "$(basename "$file" .in.dts)"
done
for file in "${trees[@]}"; do
	why=
	format "$file" && same_blob "$file" "$(dirname "$file")"
	result "$file"
done
[ ${#trees[@]} -gt 0 ] || echo "ok $((count + 1)) - corpus # SKIP no $corpus"
exit $status
