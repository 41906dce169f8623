#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: check
# usual-seconds: 10
#
# `sdtgen dtb` makes of every tests/golden/dtb/*.dts what `cpp | dtc` makes of it, byte for byte,
# with and without -@. dtc is the judge, so there are no expected files.
set -u
cd "$(dirname "$0")/.." || exit 1
sdtgen=${SDTGEN:-${BUILD:-build}/sdtgen}
dir=tests/golden/dtb

if ! command -v dtc >/dev/null; then
	echo "1..1"
	echo "ok 1 - golden blobs # SKIP dtc is not installed"
	exit 0
fi
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

# compare NAME [-@]: fills $why and fails where the two differ.
compare() {
	local source=$dir/$1
	shift
	cpp -nostdinc -undef -D__DTS__ -x assembler-with-cpp "$source" >"$tmp/cpp.dts" &&
		dtc -qq "$@" -i "$dir" -I dts -O dtb -o "$tmp/dtc.dtb" "$tmp/cpp.dts" 2>"$tmp/why" ||
		{ why="dtc refuses it: $(head -n 3 "$tmp/why")" && return 1; }
	rm -f "$tmp/our.dtb"
	"$sdtgen" dtb "$@" "$source" -o "$tmp/our.dtb" 2>"$tmp/why" ||
		{ why="sdtgen refuses it: $(head -n 20 "$tmp/why")" && return 1; }
	cmp "$tmp/dtc.dtb" "$tmp/our.dtb" >"$tmp/why" 2>&1 || { why=$(cat "$tmp/why") && return 1; }
}

files=("$dir"/*.dts)
echo "1..$((2 * ${#files[@]}))"
count=0 status=0
for file in "${files[@]}"; do
	for symbols in '' -@; do
		count=$((count + 1))
		name=${file##*/}
		if compare "$name" $symbols; then
			echo "ok $count - $name${symbols:+ $symbols}"
		else
			echo "not ok $count - $name${symbols:+ $symbols}"
			sed 's/^/# /' <<<"$why"
			status=1
		fi
	done
done
exit $status
