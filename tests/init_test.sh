#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: check
# usual-seconds: 20
#
# `sdtgen init`: what it writes is taken by `sdtgen check` for every tree that we have, with its
# suggestions too; and it never takes the place of a file unasked.
. "$(dirname "$0")/lib.sh"
topic=init
board=sdt/qemu-virt-arm64.dts
file=$tmp/domains.yaml

run() { "$SDTGEN" "$@" >"$tmp/out" 2>"$tmp/err"; code=$?; }
# says NAME EXIT FILE TEXT: the exit code of the last run, and a text in one of its outputs
says() {
	[ "$code" = "$2" ] && grep -qF -e "$4" "$tmp/$3"
	verdict $? "$1" "$tmp/out" "$tmp/err"
}

# --- files ---
run init "$board"
says 'goes to standard output' 0 out 'domains:'
[ "$(head -n 1 "$tmp/out")" = '# yaml-language-server: $schema=domains.schema.json' ]
verdict $? 'begins with the line that editors look for' "$tmp/out"
cp "$tmp/out" "$tmp/first"
run init "$board" -o "$file"
cmp -s "$file" "$tmp/first"
verdict $? 'goes to a file, the same' "$tmp/err"
echo mine >"$file"
run init "$board" -o "$file"
says 'leaves a file that exists alone' 2 err "'--force' replaces it"
[ "$(cat "$file")" = mine ]
verdict $? 'and its content' "$file"
run init --force "$board" -o "$file"
cmp -s "$file" "$tmp/first"
verdict $? '--force replaces it' "$tmp/err"
cp "$board" "$tmp/board.dts"
run init --force "$tmp/board.dts" -o "$tmp/board.dts"
says 'never replaces its own input' 2 err 'board.dts'
run init "$board" "$file"
says 'takes one tree' 2 err 'takes one tree'
run init "$tmp/nowhere.dts" -o "$tmp/none.yaml"
says 'a tree that cannot be read' 3 err 'nowhere.dts'
[ ! -e "$tmp/none.yaml" ]
verdict $? 'then writes nothing'

# --- what is in it ---
has() {
	grep -qxF -e "$2" "$file"
	verdict $? "$1" "$file"
}
has 'the cluster by its label' '      - cluster: cpus_a57'
has 'all of its CPUs' '        cpumask: 0xf    # 4 CPUs'
has 'its UART as a suggestion' "$(printf '    #  - dev: %-24s # serial@9000000, 0x9000000' uart0)"
has 'a manager as an example' '#  console: uart0'

# errors TREE [FILE]: those of check, without the places and without the lack of domains. Warnings may be
# new: nothing is told of the devices of a domain where there is none.
errors() {
	"$SDTGEN" check -q "$@" 2>&1 | grep -E '^error' | grep -v no-domains | sort
}

succeeds 'check takes it' "$SDTGEN" check -Wall -Werror "$board" "$file"
sed 's/^    #\(access:\|  - dev: \)/    \1/' "$file" >"$tmp/devices.yaml"
succeeds 'check takes it with all devices' "$SDTGEN" check "$board" "$tmp/devices.yaml"

# uncomment KEY: the suggestion of that key at the top becomes a part of the file
uncomment() {
	sed "/^#$1:/,/^\$/s/^#//" "$file"
}

# takes_suggestions NAME TREE: no error that TREE does not have alone, as written and with what is
# suggested: a link, a manager, both
takes_suggestions() {
	"$SDTGEN" init "$2" >"$file" 2>"$tmp/err" || { verdict 1 "$1" "$tmp/err"; return; }
	errors "$2" >"$tmp/alone"
	comm -13 "$tmp/alone" <(errors "$2" "$file") >"$tmp/new"
	empty "$tmp/new" "$1: check finds no error that the tree alone does not have"
	uncomment links >"$tmp/links.yaml"
	uncomment manager >"$tmp/manager.yaml"
	sed '/^#manager:/,/^$/s/^#//' "$tmp/links.yaml" >"$tmp/both.yaml"
	for with in links manager both; do
		cmp -s "$file" "$tmp/$with.yaml" && continue
		[ $with = both ] || echo "$1" >>"$tmp/suggested.$with"
		comm -13 "$tmp/alone" <(errors "$2" "$tmp/$with.yaml") >"$tmp/new"
		empty "$tmp/new" "$1: nor with what it suggests: $with"
	done
}

for tree in sdt/*.dts; do
	takes_suggestions "$(basename "$tree" .dts)" "$tree"
done
[ -s "$tmp/suggested.manager" ]
verdict $? 'a manager is suggested for a tree of ours'
sed 's/arm,gic-v3/acme,no-gic/' "$board" >"$tmp/nogic.dts"
"$SDTGEN" init "$tmp/nogic.dts" >"$file" 2>"$tmp/err"
! grep -q '^#manager:' "$file" && grep -q 'needs 64-bit Arm clusters' "$file"
verdict $? 'none where no manager can run' "$file" "$tmp/err"
takes_suggestions 'two clusters' tests/golden/links/system.dts
[ -s "$tmp/suggested.links" ]
verdict $? 'a link is suggested where there are two domains'

for tree in "$CORPUS"/*/*.dts; do
	[ -e "$tree" ] || break
	takes_suggestions "$(basename "$(dirname "$tree")")" "$tree"
done
[ -e "$tree" ] || skip 'trees from elsewhere' "no $CORPUS"
finish
