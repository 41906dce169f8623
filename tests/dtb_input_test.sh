#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: check
# usual-seconds: 10
#
# A blob made by `dtc -@` means what its source means: both split into the same domains, with the same
# CPUs, memory, devices, nodes and properties. Phandle numbers may differ.
. "$(dirname "$0")/lib.sh"

# The nodes of a blob and the names of their properties, without phandles.
names() { dtc -q -I dtb -O dts "$1" | sed -n 's/ = .*//; /phandle/d; /[{};]*/p' | sed 's/;$//' | grep -v '^[[:space:]]*$'; }

same() { # same NAME SYSTEM.dts [YAML...]
	local name=$1 dts=$2 from domain
	shift 2
	if ! dtc -q -@ -I dts -O dtb -o "$tmp/system.dtb" "$dts" 2>/dev/null; then
		verdict 1 "$name: dtc compiles the input"
		return
	fi
	for from in dts dtb; do
		local input=$dts
		[ $from = dtb ] && input=$tmp/system.dtb
		rm -rf "${tmp:?}/out"
		"$SDTGEN" --compat=lopper -v "$input" "$@" -o "$tmp/out" 2>/dev/null |
			grep -v '^wrote ' >"$tmp/$from.txt"
		rm -rf "${tmp:?}/$from" && mv "$tmp/out" "$tmp/$from"
	done
	diff -u "$tmp/dts.txt" "$tmp/dtb.txt"
	verdict $? "$name: the same domains, CPUs, memory and devices"
	for domain in "$tmp"/dts/*/; do
		domain=$(basename "$domain")
		diff -u <(names "$tmp/dts/$domain/domain.dtb") <(names "$tmp/dtb/$domain/domain.dtb")
		verdict $? "$name: $domain has the same nodes and properties"
	done
}

for folder in tests/golden/split/*/; do
	inputs=("$folder/system.dts")
	[ -e "$folder/domains.yaml" ] && inputs+=("$folder/domains.yaml")
	same "$(basename "$folder")" "${inputs[@]}"
done
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
