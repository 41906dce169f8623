#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: check
# usual-seconds: 10
#
# Splits every system of tests/golden/split and compares the domains' trees with the ones reviewed by
# hand (expected/<domain>.dts). Each must compile with dtc to the very blob that sdtgen wrote, and the
# merged system.dts must split into the same trees again. A file `options` has options of the system's
# own. UPDATE=1 rewrites expected/.
. "$(dirname "$0")/lib.sh"

split() { # split FOLDER OUT: runs from inside, so that no path of this machine gets into a message
	local inputs=(system.dts)
	[ -e "$1/domains.yaml" ] && inputs+=(domains.yaml)
	# shellcheck disable=SC2046 # options are words
	(cd "$1" && "$SDTGEN" -q $(cat options 2>/dev/null) "${inputs[@]}" -o "$2") 2>"$2.err"
}

for folder in tests/golden/split/*/; do
	name=$(basename "$folder")
	out=$tmp/$name
	split "$folder" "$out"
	verdict $? "$name splits"
	if [ -n "${UPDATE:-}" ]; then
		rm -rf "$folder/expected" && mkdir "$folder/expected"
		for dts in "$out"/*/domain.dts; do
			cp "$dts" "$folder/expected/$(basename "$(dirname "$dts")").dts"
		done
		cp "$out.err" "$folder/expected/stderr.txt"
	fi
	diff -u "$folder/expected/stderr.txt" "$out.err"
	verdict $? "$name says what is expected"
	for want in "$folder"expected/*.dts; do
		domain=$(basename "$want" .dts)
		diff -u "$want" "$out/$domain/domain.dts"
		verdict $? "$name: $domain has the expected tree"
		dtc -q -I dts -O dtb -o "$tmp/dtc.dtb" "$out/$domain/domain.dts" &&
			cmp "$tmp/dtc.dtb" "$out/$domain/domain.dtb"
		verdict $? "$name: dtc makes the same blob of $domain"
		"$SDTGEN" fmt --check "$out/$domain/domain.dts"
		verdict $? "$name: $domain is laid out as sdtgen fmt does it"
	done
	[ "$(ls "$folder"expected/*.dts | wc -l)" = "$(ls -d "$out"/*/ | wc -l)" ]
	verdict $? "$name has no other domain"
	case $name in
	condition) # a DTS cannot say them: its header says that
		sed -n '1,/\*\//p' "$out/system.dts" | grep -q 'cannot say conditions'
		verdict $? "$name: system.dts says that conditions are not in it"
		;;
	*)
		# shellcheck disable=SC2046 # options are words
		"$SDTGEN" -q $(cat "$folder/options" 2>/dev/null) "$out/system.dts" -o "$out.again" \
			2>/dev/null
		for want in "$folder"expected/*.dts; do
			domain=$(basename "$want" .dts)
			diff -u "$out/$domain/domain.dts" "$out.again/$domain/domain.dts"
			verdict $? "$name: $domain is the same when split from system.dts"
		done
		;;
	esac
done
finish
