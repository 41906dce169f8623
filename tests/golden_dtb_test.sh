#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: check
# usual-seconds: 10
#
# `sdtgen dtb` makes of every tests/golden/dtb/*.dts what `cpp | dtc` makes of it, byte for byte,
# with and without -@. dtc is the judge, so there are no expected files.
. "$(dirname "$0")/lib.sh"
dir=tests/golden/dtb

command -v dtc >/dev/null || skip_all 'golden blobs' 'dtc is not installed'

# compare NAME [-@]: what differs goes to $tmp/why.
compare() {
	local source=$dir/$1
	shift
	cpp -nostdinc -undef -D__DTS__ -x assembler-with-cpp "$source" >"$tmp/cpp.dts" &&
		dtc -qq "$@" -i "$dir" -I dts -O dtb -o "$tmp/dtc.dtb" "$tmp/cpp.dts" 2>"$tmp/why" ||
		{ echo 'dtc refuses it' >>"$tmp/why" && return; }
	rm -f "$tmp/our.dtb"
	"$SDTGEN" dtb "$@" "$source" -o "$tmp/our.dtb" 2>"$tmp/why" ||
		{ echo 'sdtgen refuses it' >>"$tmp/why" && return; }
	cmp "$tmp/dtc.dtb" "$tmp/our.dtb" >"$tmp/why" 2>&1
}

for file in "$dir"/*.dts; do
	for symbols in '' -@; do
		compare "${file##*/}" $symbols
		empty "$tmp/why" "${file##*/}${symbols:+ $symbols}"
	done
done
finish
