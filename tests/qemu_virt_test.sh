#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: test
# usual-seconds: 5
#
# sdt/qemu-virt-arm64.dts against the machine itself: every register range, interrupt and bus window
# of either stands in the other too. The facts come from tests/tools/fdt_facts.c.
. "$(dirname "$0")/lib.sh"

board=boards/qemu-virt-arm64/board.mk
setting() { sed -n "s/^$1 *:= *//p" "$board"; }

qemu=$(setting QEMU)
command -v "$qemu" >/dev/null || skip_all "the board's machine" "$qemu is not installed"
facts=$BUILD/san/tests/tools/fdt_facts

# Without a network card: its boot ROM is in a package that QEMU only recommends, and the tree does not
# name cards.
"$qemu" -M "$(setting MACHINE),dumpdtb=$tmp/qemu.dtb" -cpu "$(setting CPU)" -smp "$(setting CPUS)" \
	-m "$(setting MEMORY)" -display none -nic none >"$tmp/qemu.log" 2>&1
[ -s "$tmp/qemu.dtb" ]
verdict $? "$qemu describes its machine" "$tmp/qemu.log"
"$SDTGEN" dtb "$(setting SDT)" -o "$tmp/sdt.dtb"
verdict $? "$(setting SDT) compiles"
[ "$failed" -eq 0 ] || finish

for tree in qemu sdt; do
	"$facts" "$tmp/$tree.dtb" | sort >"$tmp/$tree.facts"
done
[ "$(wc -l <"$tmp/qemu.facts")" -gt 100 ]
verdict $? "the machine has more than 100 facts"

# One test per node, so that a difference is named.
cut -d' ' -f1 "$tmp/qemu.facts" "$tmp/sdt.facts" | sort -u >"$tmp/nodes"
while read -r node; do
	for tree in qemu sdt; do
		awk -v node="$node" '$1 == node' "$tmp/$tree.facts" >"$tmp/$tree.node"
	done
	diff "$tmp/qemu.node" "$tmp/sdt.node" | sed 's/^</only QEMU:/; s/^>/only ours:/; /^only/!d' >"$tmp/diff"
	empty "$tmp/diff" "$node: $(wc -l <"$tmp/qemu.node") facts"
done <"$tmp/nodes"
finish
