#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: test
# usual-seconds: 5
#
# sdt/qemu-virt-arm64.dts against the machine itself: every register range, interrupt and bus window
# of either stands in the other too. The facts come from tests/tools/fdt_facts.c.
set -u
cd "$(dirname "$0")/.." || exit 1

board=boards/qemu-virt-arm64/board.mk
setting() { sed -n "s/^$1 *:= *//p" "$board"; }

qemu=$(setting QEMU)
if ! command -v "$qemu" >/dev/null 2>&1; then
	echo "ok 1 - the board's machine # SKIP $qemu is not installed"
	exit 0
fi

dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
facts=${BUILD:-build}/san/tests/tools/fdt_facts
tests=0 status=0

# verdict GOOD NAME: one line of TAP
verdict() {
	tests=$((tests + 1))
	if [ "$1" = 0 ]; then
		echo "ok $tests - $2"
	else
		echo "not ok $tests - $2"
		status=1
	fi
}

# Without a network card: its boot ROM is in a package that QEMU only recommends, and the tree does not
# name cards.
"$qemu" -M "$(setting MACHINE),dumpdtb=$dir/qemu.dtb" -cpu "$(setting CPU)" -smp "$(setting CPUS)" \
	-m "$(setting MEMORY)" -display none -nic none >"$dir/qemu.log" 2>&1
verdict "$([ -s "$dir/qemu.dtb" ]; echo $?)" "$qemu describes its machine"
"${SDTGEN:-build/san/sdtgen}" dtb "$(setting SDT)" -o "$dir/sdt.dtb"
verdict $? "$(setting SDT) compiles"
[ "$status" = 0 ] || { cat "$dir/qemu.log"; exit 1; }

for tree in qemu sdt; do
	"$facts" "$dir/$tree.dtb" | sort >"$dir/$tree.facts"
done
verdict "$([ "$(wc -l <"$dir/qemu.facts")" -gt 100 ]; echo $?)" "the machine has more than 100 facts"

# One test per node, so that a difference is named.
cut -d' ' -f1 "$dir/qemu.facts" "$dir/sdt.facts" | sort -u >"$dir/nodes"
while read -r node; do
	for tree in qemu sdt; do
		awk -v node="$node" '$1 == node' "$dir/$tree.facts" >"$dir/$tree.node"
	done
	diff "$dir/qemu.node" "$dir/sdt.node" >"$dir/diff"
	verdict $? "$node: $(wc -l <"$dir/qemu.node") facts"
	sed 's/^</# only QEMU:/; s/^>/# only ours:/; /^#/!d' "$dir/diff"
done <"$dir/nodes"
echo "1..$tests"
exit "$status"
