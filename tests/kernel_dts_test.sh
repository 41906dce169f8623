#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: long
# usual-seconds: 300
#
# Every board of the Linux kernel: `sdtgen dtb` against `cpp | dtc`, byte for byte, with and without
# -@. A board that dtc refuses counts as agreed when sdtgen refuses it too. Then every board as a
# system with the domains that `sdtgen init` suggests: dtc makes the same blob of each domain's tree.
#
#   tests/kernel_dts_test.sh [FOLDER]     a kernel source tree; else LINUX_SOURCE, else Debian's
#                                         linux-source-6.1 package, unpacked below the build folder
#
# TAP on standard output: one test per architecture and mode, the failing files as comments, and the
# counts. Only device tree sources and their headers are unpacked; nothing of them is kept in the
# repository.
. "$(dirname "$0")/lib.sh"
mkdir -p "$BUILD"
build=$(cd "$BUILD" && pwd)
sdtgen=$build/sdtgen
linux=${1:-${LINUX_SOURCE:-}}
archive=/usr/src/linux-source-6.1.tar.xz
archs='arm64 arm riscv'

[ -x "$sdtgen" ] || { echo "Bail out! there is no $sdtgen; run make" && exit 1; }
command -v dtc >/dev/null || skip_all 'kernel boards' 'dtc is not installed'
if [ -z "$linux" ]; then
	linux=$build/linux-source-6.1
	[ -d "$linux" ] || [ -r "$archive" ] ||
		skip_all 'kernel boards' 'no kernel source: install linux-source-6.1'
	if [ ! -e "$linux/.unpacked" ]; then
		echo "# unpacking $archive"
		mkdir -p "$linux" &&
			tar -xJf "$archive" -C "$linux" --strip-components=1 --wildcards \
				'*/arch/*/boot/dts' '*/include/dt-bindings' \
				'*/include/uapi/linux/input-event-codes.h' \
				'*/scripts/dtc/include-prefixes' && touch "$linux/.unpacked" || exit 1
	fi
fi
cd "$linux" || exit 1

# One board: prints "agree", "refused" (by both) or what is wrong. Runs in a shell of its own.
board() {
	local file=$1 symbols=$2 one=$tmp/$$.$BASHPID ours theirs
	local dirs=(-I include -I scripts/dtc/include-prefixes)

	cpp -nostdinc -undef -D__DTS__ -x assembler-with-cpp "${dirs[@]}" "$file" 2>/dev/null \
		>"$one.dts"
	dtc -qq $symbols -i "${file%/*}" -i scripts/dtc/include-prefixes -I dts -O dtb \
		-o "$one.dtc" "$one.dts" >/dev/null 2>&1
	theirs=$?
	"$sdtgen" dtb -q $symbols "${dirs[@]}" "$file" -o "$one.our" >"$one.log" 2>&1
	ours=$?
	if [ $theirs -ne 0 ] && [ $ours -ne 0 ]; then
		echo refused
	elif [ $ours -ne 0 ]; then
		echo "sdtgen refuses $file: $(head -n 2 "$one.log" | tr '\n' ' ')"
	elif [ $theirs -ne 0 ]; then
		echo "only dtc refuses $file"
	elif cmp -s "$one.dtc" "$one.our"; then
		echo agree
	else
		echo "differs: $file"
	fi
	rm -f "$one".*
}

# One board, split: prints "same", "without" (overlays, boards without CPUs) or what is wrong.
split_board() {
	local file=$1 one=$tmp/$$.$BASHPID dts
	local dirs=(-I include -I scripts/dtc/include-prefixes)

	if ! "$sdtgen" init -q "${dirs[@]}" "$file" -o "$one.yaml" >"$one.log" 2>&1; then
		grep -qE '^error\[(no-domains|unsupported\].* is an overlay)' "$one.log" && echo without ||
			echo "init refuses $file: $(head -n 1 "$one.log")"
	elif ! "$sdtgen" -q --trees --compat=lopper "${dirs[@]}" "$file" "$one.yaml" -o "$one.out" \
		>"$one.log" 2>&1; then
		echo "gen refuses $file: $(grep -m 1 '^error' "$one.log")"
	else
		for dts in "$one.out"/*/domain.dts; do
			dtc -qq -I dts -O dtb -o "$one.dtb" "$dts" >"$one.log" 2>&1 &&
				cmp -s "$one.dtb" "${dts%.dts}.dtb" || {
				echo "differs: $file"
				break
			}
		done
		[ "$(find "$one.out" -name domain.dts | wc -l)" -gt 0 ] && echo same || echo "nothing: $file"
	fi
	rm -rf "$one".*
}
export -f board split_board
export tmp sdtgen

total=0
for arch in $archs; do
	find "arch/$arch/boot/dts" -name '*.dts' | sort >"$tmp/list"
	for symbols in '' -@; do
		xargs -P "$(nproc)" -I{} bash -c 'board "$1" "$2"' board {} "$symbols" \
			<"$tmp/list" >"$tmp/result"
		n=$(wc -l <"$tmp/list")
		agree=$(grep -c '^agree$' "$tmp/result")
		refused=$(grep -c '^refused$' "$tmp/result")
		total=$((total + agree + refused))
		grep -Ev '^(agree|refused)$' "$tmp/result" | sort >"$tmp/others"
		[ $((agree + refused)) -eq "$n" ] && [ "$n" -gt 0 ]
		verdict $? "$arch${symbols:+ $symbols}: $agree of $n equal, $refused refused by both" "$tmp/others"
	done
	xargs -P "$(nproc)" -I{} bash -c 'split_board "$1"' board {} <"$tmp/list" >"$tmp/result"
	same=$(grep -c '^same$' "$tmp/result")
	without=$(grep -c '^without$' "$tmp/result")
	grep -Ev '^(same|without)$' "$tmp/result" | sort >"$tmp/others"
	[ $((same + without)) -eq "$n" ] && [ "$same" -gt 0 ]
	verdict $? "$arch: $same of $n split into trees that dtc takes, $without without CPUs" "$tmp/others"
done
echo "# $total comparisons agree"
finish
