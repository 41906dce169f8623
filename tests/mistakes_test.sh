#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: check
# usual-seconds: 15
#
# The known mistakes of the tool that people come from, one test each, by number (docs/lopper.md lists
# them): what it does wrong must come out right here. The board is tests/bad/base.dtsi.
. "$(dirname "$0")/lib.sh"
BASE=$root/tests/bad
cd "$tmp" || exit 1

shows() { verdict $? "$1" err; } # shows TEXT: what the command before it did

board() { # board [DTS text]: system.dts is the board and what is given
	{ echo '/include/ "base.dtsi"' && echo "${1:-}"; } >system.dts
}

domains() { cat >domains.yaml; } # the domain file, from standard input

split() { # split [OPTION...]: into out/, diagnostics into err
	rm -rf out
	"$SDTGEN" -q -I "$BASE" "$@" system.dts $(ls domains.yaml 2>/dev/null) -o out 2>err
}

prop() { fdtget -t "$1" "out/$2/domain.dtb" "$3" "$4" 2>/dev/null; } # prop TYPE DOMAIN PATH NAME
has_node() { fdtget -p "out/$1/domain.dtb" "$2" >/dev/null 2>&1; }
system_has() { tr -s ' \t\n' ' ' <out/system.dts | grep -qF -- "$1"; }
says() { grep -qF -- "$1" err; }

# A domain on the R5 cluster with the given lines (indented by four) below its name.
rt() {
	{ printf 'domains:\n  rt:\n    compatible: openamp,domain-v1\n' && cat; } | domains
}
R5='    cpus: [ { cluster: cpus_r5, cpumask: 0x1 } ]'

board
rt <<-END
	    cpus: [ { cluster: cpus_a53, cpumask: 0x3 } ]
END
split && system_has 'cpus = <&cpus_a53 0x3 ' && has_node rt /cpus/cpu@1 && ! has_node rt /cpus/cpu@2
shows "1: an unquoted cpumask keeps its value and CPUs are filtered by it"
rt <<-END
	    cpus: [ { cluster: cpus_a53, cpumask: '0x3' } ]
END
split && system_has 'cpus = <&cpus_a53 0x3 ' && has_node rt /cpus/cpu@1 && ! has_node rt /cpus/cpu@2
shows "1: a quoted cpumask means the same"
rt <<-END
	    cpus: [ { cluster: cpus_a53, cpumask: 0 } ]
END
! split && says 'error[cpu-mask]'
shows "1: mask 0 is an error"

for el in 1 2 3; do
	rt <<-END
		    cpus: [ { cluster: cpus_a53, cpumask: 0x1, mode: { el: $el } } ]
	END
	split && system_has "cpus = <&cpus_a53 0x1 0x$el>"
	shows "2: el: $el is encoded as $el"
done

rt <<-END
	$R5
	    access:
	      - dev: uart0
	        flags: { requested-secure: true, allow-secure: true }
	      - dev: uart1
END
split && system_has '#access-flags-cells = <0x2>' && system_has 'access = <&uart0 0x10 0x4>, <&uart1 0x0 0x0>'
shows "3: flags above bit 31 get two cells, and #access-flags-cells says so"

rm -f domains.yaml
board '/ { domains { rt { compatible = "openamp,domain-v1"; cpus = <&cpus_r5 1 0>; access = <&uart0 &uart1>; }; }; };'
split && has_node rt /axi/serial@ff000000 && has_node rt /axi/serial@ff010000
shows "4: without #access-flags-cells every cell of access is a device"

board
rt <<-END
	$R5
	    acess: [ { dev: uart0 } ]
	    memory: [ { start: 0x100000 } ]
END
! split && says 'error[unknown-key]' && says 'did you mean `access`' && says 'error[missing-value]'
shows "5: misspelt keys and missing values are errors with the nearest name, all in one run"

rt <<-END
	$R5
	    access: [ { dev: child@0 } ]
END
! split && says 'error[ambiguous-name]' && says 'mbox0_0' && says 'mbox1_0'
shows "6: a name that several nodes have is an error that lists them"
rt <<-END
	$R5
	    access: [ { dev: child@0, label: mbox1_0 } ]
END
split && has_node rt /axi/mailbox@ff310000/child@0 && ! has_node rt /axi/mailbox@ff300000
shows "6: the label beside it decides"

rt <<-END
	$R5
	    access: [ { dev: uart0 } ]
END
split && ! grep -q invalid_phandle out/rt/domain.dts && dtc -q -I dts -O dtb -o x.dtb out/rt/domain.dts 2>err &&
	dtc -q -I dts -O dtb -o x.dtb out/system.dts 2>err
shows "7: no reference dangles; what is written compiles"

rt <<-END
	$R5
	    id: '0x1c000000'
END
split && system_has 'id = <0x1c000000>'
shows "8: a quoted id is a number"

board '/ { tcms { compatible = "simple-bus"; #address-cells = <2>; #size-cells = <2>; ranges; }; };'
rt <<-END
	$R5
	    sram: [ { dev: tcm_b, start: 0xffe20000, size: 64K } ]
END
split && [ "$(prop x rt /axi/tcm@20000 reg)" = "0 20000 0 10000" ]
shows "9: the address of a TCM bank is the tree's own, in the view of its cluster"

board
rt <<-END
	$R5
	    firewallconf: [ { domain: rt, block: 10 } ]
END
split && system_has 'firewallconf = <&rt 0x0 0xa>'
shows "12: firewallconf finds its domain"

rt <<-END
	$R5
	    memory: [ { start: 0x100000, size: 1M, flags: { read-only: true } } ]
	    access-implicit-default: { requested: true }
END
split && ! grep -q "{'" out/system.dts && system_has 'memory-flags-names = "read-only"' &&
	system_has 'access-implicit-default = <0x40>'
shows "13: flags are properties, not the text of a program"

rt <<-END
	$R5
	    access: [ { dev: uart0 } ]
	  linux:
	    cpus: [ { cluster: cpus_a53, cpumask: 0x1 } ]
END
split && ! grep -qE 'domains|linux|access' out/rt/domain.dts
shows "14: a domain's tree says nothing about other domains"

board '/ { compatible = "acme,board"; };'
split && has_node rt /cpus/cpu@0 && ! has_node rt /cpus-r5
shows "15: no vendor's names are needed to make the tree of one cluster"

board
split && [ "$(ls out | tr '\n' ' ')" = "linux report.html report.json report.txt rt system.dts " ]
shows "17: one run makes every domain's tree"

echo 'nonsense: [' >bad.yaml
! "$SDTGEN" -q -I "$BASE" system.dts bad.yaml -o none 2>err && says 'error[yaml-syntax]' && [ ! -e none ]
shows "18: a domain file that cannot be read is an error, never skipped"

cat >second.yaml <<-END
	domains:
	  rt:
	    access: [ { dev: uart1 } ]
	    os,type: baremetal
END
rm -rf out
"$SDTGEN" -q -I "$BASE" system.dts domains.yaml second.yaml -o out 2>err &&
	has_node rt /axi/serial@ff000000 && has_node rt /axi/serial@ff010000 && system_has 'os,type = "baremetal"'
shows "19: a second file extends a domain of the first"

domains <<-END
	domains:
	  board:
	    compatible: openamp,domain-v1
	    cpus: [ { cluster: cpus_a53, cpumask: 0x7 } ]
	    access: [ { dev: serial@ff000000 }, { dev: serial@ff010000 } ]
	    domains:
	      one:
	        compatible: openamp,domain-v1
	        parent: board
	        cpus: [ { cluster: cpus_a53, cpumask: 0x1 } ]
	        access: [ { dev: serial@ff000000 } ]
	      three:
	        compatible: openamp,domain-v1
	        parent: board
	        cpus: [ { cluster: cpus_a53, cpumask: 0x2 } ]
	        access: [ { dev: "*serial*" } ]
END
split && has_node one /axi/serial@ff000000 && ! has_node three /axi/serial@ff000000 && has_node three /axi/serial@ff010000
shows "20: a pattern does not take what a sibling names"

rt <<-END
	$R5
	    access: [ { dev: nothing@0 } ]
END
! split && [ ! -e out ]
shows "21: when something fails, the exit code says so and nothing is written"

rt <<-END
	$R5
	    access: [ { dev: uart0 } ]
END
split && grep -q 'gic_r5: interrupt-controller' out/rt/domain.dts && grep -q 'cpus_r5: cpus' out/rt/domain.dts &&
	grep -q 'uart0: serial' out/rt/domain.dts
shows "22: labels survive"

board '&uart0 { mboxes = <0x1f>; };'
split && says 'warning[dts-dangling]' && ! grep -q 'phandle = <0x1f>' out/system.dts &&
	! grep -q mboxes out/rt/domain.dts
shows "23: a number used as a phandle is not given to another node; the entry is reported and left out"

board '&cpus_r5 { address-map = <0x0 &tcm_a 0x0 0xffe00000 0x10000>, <0x100000 &ddr 0x0 0x100000 0x7ff00000>,
	<0xf9000000 &rpu_bus 0x0 0xf9000000 0x2000>, <0xff000000 &axi 0x0 0xff000000 0xe00000>; };'
rt <<-END
	$R5
	    sram: [ { dev: tcm_a, start: 0xffe00000, size: 64K } ]
END
split -Wreading && says 'warning[reading]' && [ "$(prop x rt /axi/tcm@0 reg)" = "0 0 0 10000" ]
shows "24: both readings of an address-map are tried, and the one taken can be shown"

board
split && ! ls | grep -qvE '^(system.dts|domains.yaml|second.yaml|bad.yaml|x.dtb|err|out)$'
shows "26: nothing is left in the current folder"

domains <<-END
	domains:
	  one: { compatible: "openamp,domain-v1", cpus: [ { cluster: cpus_a53, cpumask: 0x1 } ], memory: [ { start: 0x0, size: 1G } ] }
	  two: { compatible: "openamp,domain-v1", cpus: [ { cluster: cpus_a53, cpumask: 0x2 } ], memory: [ { start: 0x20000000, size: 1G } ] }
END
! split && says 'error[mem-overlap]' && says 'domains.yaml:3:'
shows "27: overlaps are found by default, with the place in the YAML"

board '/ { m: cpus-m { compatible = "cpus,cluster"; #address-cells = <1>; #size-cells = <0>;
	cpu@1 { device_type = "cpu"; reg = <1>; }; cpu@0 { device_type = "cpu"; reg = <0>; }; }; };'
rt <<-END
	    cpus: [ { cluster: m, cpumask: 0x1 } ]
END
split && has_node rt /cpus/cpu@0 && ! has_node rt /cpus/cpu@1
shows "28: a mask bit is the CPU with that reg, in whatever order they stand"

board
domains <<-END
	domains:
	  apu_linux:
	    compatible: openamp,domain-v1
	    cpus: [ { cluster: cpus_a53, cpumask: 0x1 } ]
	  rt:
	    compatible: openamp,domain-v1
	$R5
	    domain-to-domain:
	      compatible: openamp,domain-to-domain-v1
	      rpmsg: { compatible: "openamp,rpmsg-v1", relation0: { host: linux, carveouts: [ vring0 ] } }
END
! split && says 'error[unknown-domain]'
shows "29: a peer is found by its exact name only"

domains <<-END
	domains:
	  helper: { compatible: "openamp,domain-v1", cpus: [ { cluster: helper, cpumask: 0x1 } ] }
END
! split && says 'error[wrong-node]'
shows "30: a cluster is a cluster, not a domain of that name"

domains <<-END
	domains:
	  linux:
	    compatible: openamp,domain-v1
	    cpus: [ { cluster: cpus_a53, cpumask: 0x3 } ]
	    access: [ { dev: "*" } ]
END
split && has_node linux /cpus/cpu@1 && ! has_node linux /cpus/cpu@2 && ! has_node linux /cpus-r5
shows "31: access to everything is about devices; CPUs are filtered all the same"
finish
