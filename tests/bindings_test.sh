#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: long
# usual-seconds: 60
#
# Nodes of remote processors against the bindings of Linux: the trees that Linux gets of the systems in
# tests/golden/split/rproc-*, judged by dt-validate (Debian's dt-schema) with the bindings of
# linux-source-6.1. AMD's binding came later than 6.1; its node is compared with a reviewed one only.
#
#   tests/bindings_test.sh [FOLDER]       a kernel source tree; else LINUX_SOURCE, else the package
. "$(dirname "$0")/lib.sh"
topic=bindings
linux=${1:-${LINUX_SOURCE:-}}
archive=/usr/src/linux-source-6.1.tar.xz
command -v dt-validate >/dev/null || skip_all 'remote processors' 'dt-validate is not installed'
if [ -z "$linux" ]; then
	[ -r "$archive" ] || skip_all 'remote processors' 'no kernel source: install linux-source-6.1'
	linux=$tmp/linux
	mkdir "$linux"
	tar -xJf "$archive" -C "$linux" --strip-components=1 --wildcards \
		'*/Documentation/devicetree/bindings/*.yaml' || exit 1
fi
bindings=$linux/Documentation/devicetree/bindings
cd "$bindings" || exit 1
dt-mk-schema -j -o "$tmp/schema.json" remoteproc reserved-memory mailbox \
	arm/keystone/ti,k3-sci-common.yaml >"$tmp/log" 2>&1
verdict $? 'the bindings are read' "$tmp/log"

# judged NAME: what dt-validate says of Linux's tree
judged() {
	dt-validate -s "$tmp/schema.json" "$tmp/$1/linux/domain.dtb" >"$tmp/said" 2>&1 && [ ! -s "$tmp/said" ]
}

for name in nxp st ti; do
	folder=$root/tests/golden/split/rproc-$name
	succeeds "$name splits" "$SDTGEN" -q "$folder/system.dts" "$folder/domains.yaml" -o "$tmp/$name"
	judged "$name"
	verdict $? "$name: Linux's tree is as the bindings say" "$tmp/said"
done

# The same node with a property that no binding has is refused.
dtc -q -I dtb -O dts "$tmp/nxp/linux/domain.dtb" |
	sed 's/compatible = "fsl,imx8mm-cm4";/& nonsense;/' >"$tmp/wrong.dts"
dtc -q -I dts -O dtb -o "$tmp/nxp/linux/domain.dtb" "$tmp/wrong.dts"
! judged nxp && grep -q nonsense "$tmp/said"
verdict $? 'a property of no binding is found' "$tmp/said"
finish
