#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: check
# usual-seconds: 5
#
# What `make demo` makes: each domain of partitions/demo has its CPUs, memory, windows and devices and
# nobody else's, and its tree compiles. The facts come from tests/tools/fdt_facts.c.
set -u
cd "$(dirname "$0")/.." || exit 1
sdtgen=${SDTGEN:-build/san/sdtgen}
facts=${BUILD:-build}/san/tests/tools/fdt_facts
number=0 status=0
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT

# verdict NAME COMMAND...
verdict() {
	local name=$1
	shift
	number=$((number + 1))
	if "$@" >"$dir/out" 2>&1; then
		echo "ok $number - demo: $name"
	else
		echo "not ok $number - demo: $name"
		sed 's/^/#   /' "$dir/out"
		status=1
	fi
}

# has DOMAIN: CPUs, memory, windows and devices with registers, against standard input
has() {
	sort >"$dir/expected"
	{
		"$facts" "$dir/demo/$1/domain.dtb" | grep -E '^(arm,cortex-a57|memory|virtio,mmio|arm,pl0)' |
			grep ' reg' | sed 's/ 0x0$//'
		fdtget -l "$dir/demo/$1/domain.dtb" /reserved-memory
	} 2>&1 | sort >"$dir/found"
	verdict "$1 has its share and no more" diff "$dir/expected" "$dir/found"
}

if ! command -v fdtget >/dev/null 2>&1; then
	echo 'ok 1 - demo # SKIP fdtget is not installed'
	exit 0
fi
verdict 'the demo splits' "$sdtgen" -q sdt/qemu-virt-arm64.dts partitions/demo/domains.yaml -o "$dir/demo"
has linux <<'END'
arm,cortex-a57@0 reg[0] 0x0
arm,cortex-a57@1 reg[0] 0x1
memory@48000000 reg[0] 0x48000000 0x38000000
arm,pl011@9000000 reg[0] 0x9000000 0x1000
arm,pl031@9010000 reg[0] 0x9010000 0x1000
arm,pl061@9030000 reg[0] 0x9030000 0x1000
virtio,mmio@a003c00 reg[0] 0xa003c00 0x200
virtio,mmio@a003e00 reg[0] 0xa003e00 0x200
linux-control@44000000
linux-sensor@44200000
END
has control <<'END'
arm,cortex-a57@2 reg[0] 0x2
memory@42000000 reg[0] 0x42000000 0x1000000
virtio,mmio@a002e00 reg[0] 0xa002e00 0x200
linux-control@44000000
control-sensor@44400000
END
has sensor <<'END'
arm,cortex-a57@3 reg[0] 0x3
memory@43000000 reg[0] 0x43000000 0x1000000
virtio,mmio@a001e00 reg[0] 0xa001e00 0x200
linux-sensor@44200000
control-sensor@44400000
END
for domain in linux control sensor; do
	verdict "dtc compiles $domain/domain.dts" \
		dtc -q -I dts -O dtb -o "$dir/$domain.dtb" "$dir/demo/$domain/domain.dts"
	verdict "dtc makes the same blob of $domain" cmp "$dir/$domain.dtb" "$dir/demo/$domain/domain.dtb"
done
verdict 'system.dts splits again' "$sdtgen" -q "$dir/demo/system.dts" -o "$dir/again"
for domain in linux control sensor; do
	verdict "$domain is the same again" cmp "$dir/demo/$domain/domain.dtb" "$dir/again/$domain/domain.dtb"
done
verdict 'every number of the split lies on 2 MiB' awk '
	/start: 0x/ { if ($NF !~ /[02468ace]00000$/) { print; bad = 1 } }
	END { exit bad }' partitions/demo/domains.yaml
echo "1..$number"
exit $status
