#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: long
# usual-seconds: 300
#
# Every board of the Linux kernel: `sdtgen dtb` against `cpp | dtc`, byte for byte, with and without
# -@. A board that dtc refuses counts as agreed when sdtgen refuses it too.
#
#   tests/kernel_dts_test.sh [FOLDER]     a kernel source tree; else LINUX_SOURCE, else Debian's
#                                         linux-source-6.1 package, unpacked below the build folder
#
# TAP on standard output: one test per architecture and mode, the failing files as comments, and the
# counts. Only device tree sources and their headers are unpacked; nothing of them is kept in the
# repository.
set -u
cd "$(dirname "$0")/.." || exit 1
mkdir -p "${BUILD:-build}"
build=$(cd "${BUILD:-build}" && pwd)
sdtgen=$build/sdtgen
linux=${1:-${LINUX_SOURCE:-}}
archive=/usr/src/linux-source-6.1.tar.xz
archs='arm64 arm riscv'

skip() {
	echo "1..1"
	echo "ok 1 - kernel boards # SKIP $1"
	exit 0
}

[ -x "$sdtgen" ] || { echo "Bail out! there is no $sdtgen; run make" && exit 1; }
command -v dtc >/dev/null || skip 'dtc is not installed'
if [ -z "$linux" ]; then
	linux=$build/linux-source-6.1
	[ -d "$linux" ] || [ -r "$archive" ] || skip "no kernel source: install linux-source-6.1"
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
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# One board: prints "agree", "refused" (by both) or what is wrong. Runs in a shell of its own.
board() {
	local file=$1 symbols=$2 tmp=$work/$$.$BASHPID ours theirs
	local dirs=(-I include -I scripts/dtc/include-prefixes)

	cpp -nostdinc -undef -D__DTS__ -x assembler-with-cpp "${dirs[@]}" "$file" 2>/dev/null \
		>"$tmp.dts"
	dtc -qq $symbols -i "${file%/*}" -i scripts/dtc/include-prefixes -I dts -O dtb \
		-o "$tmp.dtc" "$tmp.dts" >/dev/null 2>&1
	theirs=$?
	"$sdtgen" dtb -q $symbols "${dirs[@]}" "$file" -o "$tmp.our" >"$tmp.log" 2>&1
	ours=$?
	if [ $theirs -ne 0 ] && [ $ours -ne 0 ]; then
		echo refused
	elif [ $ours -ne 0 ]; then
		echo "sdtgen refuses $file: $(head -n 2 "$tmp.log" | tr '\n' ' ')"
	elif [ $theirs -ne 0 ]; then
		echo "only dtc refuses $file"
	elif cmp -s "$tmp.dtc" "$tmp.our"; then
		echo agree
	else
		echo "differs: $file"
	fi
	rm -f "$tmp".*
}
export -f board
export work sdtgen

count=0 status=0 total=0
echo "1..$(($(wc -w <<<"$archs") * 2))"
for arch in $archs; do
	find "arch/$arch/boot/dts" -name '*.dts' | LC_ALL=C sort >"$work/list"
	for symbols in '' -@; do
		count=$((count + 1))
		xargs -P "$(nproc)" -I{} bash -c 'board "$1" "$2"' board {} "$symbols" \
			<"$work/list" >"$work/result"
		n=$(wc -l <"$work/list")
		agree=$(grep -c '^agree$' "$work/result")
		refused=$(grep -c '^refused$' "$work/result")
		total=$((total + agree + refused))
		if [ $((agree + refused)) -eq "$n" ] && [ "$n" -gt 0 ]; then
			echo "ok $count - $arch${symbols:+ $symbols}: $agree of $n equal, $refused refused by both"
		else
			echo "not ok $count - $arch${symbols:+ $symbols}: $agree of $n equal, $refused refused by both"
			grep -Ev '^(agree|refused)$' "$work/result" | LC_ALL=C sort | sed 's/^/# /'
			status=1
		fi
	done
done
echo "# $total comparisons agree"
exit $status
