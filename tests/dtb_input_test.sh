#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: check
# usual-seconds: 20
#
# A blob made by `dtc -@` means what its source means: both split into the same domains, with the same
# CPUs, memory, devices, nodes, properties, labels and values, and merge into the same system.dts. Only
# the numbers of phandles may differ: tests/tools/fdt_paths.c shows what they refer to.
. "$(dirname "$0")/lib.sh"
paths=$BUILD/san/tests/tools/fdt_paths
command -v dtc >/dev/null || skip_all 'blobs as input' 'dtc is not installed'

# compile FILE BLOB; a /plugin/ lists its references
compile() { dtc -q -q -@ -I dts -O dtb -o "$2" "$1" 2>"$tmp/why"; }
as_plugin() { sed 's|^/dts-v1/;$|/dts-v1/; /plugin/;|' "$1" >"$tmp/plugin.dts"; }

same_tree() { # same_tree NAME.dts: of the two outputs, whatever their phandles; fills $tmp/why
	as_plugin "$tmp/dts/$1" && compile "$tmp/plugin.dts" "$tmp/dts.blob" &&
		compile "$tmp/dtb/$1" "$tmp/dtb.blob" &&
		"$paths" "$tmp/dts.blob" "$tmp/dts.blob" >"$tmp/dts.lines" 2>"$tmp/why" &&
		"$paths" "$tmp/dtb.blob" "$tmp/dts.blob" >"$tmp/dtb.lines" 2>"$tmp/why" &&
		diff -U0 "$tmp/dts.lines" "$tmp/dtb.lines" >"$tmp/why" && [ -s "$tmp/dts.lines" ]
}

options=
split() { # split INPUT OUT [YAML...]: trees and what -v says
	local input=$1 out=$tmp/$2
	shift 2
	rm -rf "$out"
	# shellcheck disable=SC2086 # options are words
	"$SDTGEN" --compat=lopper $options -v "$input" "$@" -o "$out" 2>/dev/null |
		sed "/^wrote /d; s|$out|OUT|g" >"$out.txt"
}

same() { # same NAME SYSTEM.dts [YAML...]
	local name=$1 dts=$2 domain
	shift 2
	compile "$dts" "$tmp/system.dtb"
	verdict $? "$name: dtc compiles the input" "$tmp/why" || return
	split "$dts" dts "$@"
	split "$tmp/system.dtb" dtb "$@"
	diff -u "$tmp/dts.txt" "$tmp/dtb.txt" >"$tmp/why"
	verdict $? "$name: the same domains, CPUs, memory and devices" "$tmp/why"
	for domain in "$tmp"/dts/*/; do
		domain=$(basename "$domain")
		same_tree "$domain/domain.dts"
		verdict $? "$name: $domain has the same nodes, properties and values" "$tmp/why"
	done
	same_tree system.dts
	verdict $? "$name: the same system.dts" "$tmp/why"
}

# An input for what the systems below do not have: each reference of it must be seen by the tool.
proof() {
	printf '/dts-v1/;\n/plugin/;\n/ { a: a { x = <1 %s>; }; b: b { }; };\n' "$1" >"$tmp/proof.dts"
	compile "$tmp/proof.dts" "$tmp/$2" && "$paths" "$tmp/$2" "$tmp/one" >"$tmp/$2.lines"
}
proof '&a' one && proof '&b' two && ! diff "$tmp/one.lines" "$tmp/two.lines" >"$tmp/why" &&
	grep -q '^> /a x = 00000001 {/b}$' "$tmp/why"
verdict $? 'a reference to another node is a difference' "$tmp/why"

for folder in tests/golden/split/*/; do
	options=$(cat "$folder/options" 2>/dev/null)
	inputs=("$folder/system.dts")
	[ -e "$folder/domains.yaml" ] && inputs+=("$folder/domains.yaml")
	same "$(basename "$folder")" "${inputs[@]}"
done
options=
if [ ! -d "$CORPUS" ]; then
	skip 'the corpus' "no $CORPUS"
	finish
fi
for folder in "$CORPUS"/*/; do
	name=$(basename "$folder")
	case $name in
	inputs-only-*) continue ;;
	spec-example) continue ;; # has numbers no node has: dtc gives them to other nodes in the blob
	zephyr-policy-*) same "$name" "$folder/system.dts" ;;
	*) same "$name" "$folder/system.dts" $(ls "$folder"/*.yaml 2>/dev/null) ;;
	esac
done
finish
