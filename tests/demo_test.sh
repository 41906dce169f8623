#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: check
# usual-seconds: 5
#
# What `make demo` makes: each domain of partitions/demo has its CPUs, memory, windows and devices and
# nobody else's, and its tree compiles. The facts come from tests/tools/fdt_facts.c.
. "$(dirname "$0")/lib.sh"
facts=$BUILD/san/tests/tools/fdt_facts
topic=demo

# has DOMAIN: CPUs, memory, windows and devices with registers, against standard input
has() {
	sort >"$tmp/expected"
	{
		"$facts" "$tmp/demo/$1/domain.dtb" | grep -E '^(arm,cortex-a57|memory|virtio,mmio|arm,pl0)' |
			grep ' reg' | sed 's/ 0x0$//'
		fdtget -l "$tmp/demo/$1/domain.dtb" /reserved-memory
	} 2>&1 | sort >"$tmp/found"
	succeeds "$1 has its share and no more" diff "$tmp/expected" "$tmp/found"
}

command -v fdtget >/dev/null || skip_all 'shares of the domains' 'fdtget is not installed'
succeeds 'the demo splits' "$SDTGEN" -q sdt/qemu-virt-arm64.dts partitions/demo/domains.yaml -o "$tmp/demo"
has linux <<'END'
arm,cortex-a57@0 reg[0] 0x0
arm,cortex-a57@1 reg[0] 0x1
memory@48000000 reg[0] 0x48000000 0x38000000
arm,pl031@9010000 reg[0] 0x9010000 0x1000
arm,pl061@9030000 reg[0] 0x9030000 0x1000
virtio,mmio@a003c00 reg[0] 0xa003c00 0x200
virtio,mmio@a003e00 reg[0] 0xa003e00 0x200
arm,pl011@8010000 reg[0] 0x8010000 0x1000
rsc-table@40000000
vdev0vring0@40001000
vdev0vring1@40003000
vdev0buffer@40005000
rsc-table@40015000
vdev0vring0@40016000
vdev0vring1@40018000
vdev0buffer@4001a000
END
has control <<'END'
arm,cortex-a57@2 reg[0] 0x2
memory@42200000 reg[0] 0x42200000 0x1000000
virtio,mmio@a002e00 reg[0] 0xa002e00 0x200
arm,pl011@8010000 reg[0] 0x8010000 0x1000
rsc-table@40000000
vdev0vring0@40001000
vdev0vring1@40003000
vdev0buffer@40005000
rsc-table@4003a000
vdev0vring0@4003b000
vdev0vring1@4003d000
vdev0buffer@4003f000
END
has sensor <<'END'
arm,cortex-a57@3 reg[0] 0x3
memory@43200000 reg[0] 0x43200000 0x1000000
virtio,mmio@a001e00 reg[0] 0xa001e00 0x200
arm,pl011@8010000 reg[0] 0x8010000 0x1000
rsc-table@40015000
vdev0vring0@40016000
vdev0vring1@40018000
vdev0buffer@4001a000
rsc-table@4003a000
vdev0vring0@4003b000
vdev0vring1@4003d000
vdev0buffer@4003f000
END
for domain in linux control sensor; do
	succeeds "dtc compiles $domain/domain.dts" \
		dtc -q -I dts -O dtb -o "$tmp/$domain.dtb" "$tmp/demo/$domain/domain.dts"
	succeeds "dtc makes the same blob of $domain" cmp "$tmp/$domain.dtb" "$tmp/demo/$domain/domain.dtb"
done
succeeds 'system.dts splits again' "$SDTGEN" -q "$tmp/demo/system.dts" -o "$tmp/again"
for domain in linux control sensor; do
	succeeds "$domain is the same again" cmp "$tmp/demo/$domain/domain.dtb" "$tmp/again/$domain/domain.dtb"
done
succeeds 'the manager takes its table' "$SDTGEN" table "$tmp/demo/partitions.bin"
# Both ends of every link have the same window, each as a whole.
for link in COMMANDS READINGS SAMPLES; do
	grep -h "define LINK_${link}_\(WINDOW\|VRING\|POOL\|BUFFER\)" "$tmp"/demo/*/platform.h |
		sort | uniq -c | awk '$1 != 2 { print; bad = 1 } END { exit bad || NR < 10 }' >"$tmp/ends"
	verdict $? "both ends of $link say the same" "$tmp/ends"
done
finish
