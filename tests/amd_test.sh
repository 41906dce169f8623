#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: test
# usual-seconds: 10
#
# amd_platform_info.h and libmetal.cmake: their values are those of platform.h, of the resource table
# and of the mailboxes in the tree. A compiler compares what it can see; CMake, where it is installed,
# reads what is for CMake. With the systems of AMD's demos as well, where the corpus is.
. "$(dirname "$0")/lib.sh"
CC=arm-none-eabi-gcc
command -v $CC >/dev/null || skip_all 'files for programs of AMD' "no $CC"

# split NAME ARGUMENTS...: into $tmp/NAME
split() {
	local name=$1
	shift
	"$SDTGEN" -q --compat=lopper "$@" -o "$tmp/$name" >"$tmp/log" 2>&1
	verdict $? "$name splits" "$tmp/log"
}

# asserts NAME FOLDER LINK PEER FACT...: the header agrees with platform.h and the table of the link,
# and with facts that were read in the tree.
asserts() {
	local name=$1 folder=$2 link=LINK_$3 table=RSC_$4_VDEV0 peer=$5 fact
	shift 5
	{
		printf '#include "%s"\n' amd_platform_info.h platform.h "rsc-$peer.h"
		echo '#define LOW(a, b) ((a) < (b) ? (a) : (b))'
		printf '_Static_assert(%s, "");\n' \
			"RING_TX == ${link}_VRING0_BASE" "RING_RX == ${link}_VRING1_BASE" \
			"RING_TX == ${table}_VRING0_DA" "RING_RX == ${table}_VRING1_DA" \
			"VRING_ALIGN == ${table}_VRING0_ALIGN" "NUM_VRINGS == 2" \
			"SHARED_MEM_PA == LOW(RING_TX, RING_RX)" \
			"SHARED_MEM_PA + SHARED_BUF_OFFSET == ${link}_POOL_BASE" \
			"SHARED_MEM_PA + SHARED_MEM_SIZE == ${link}_POOL_BASE + ${link}_POOL_SIZE" "$@"
		echo 'const char *const names[] = { SHM_DEV_NAME, DEV_BUS_NAME, IPI_DEV_NAME };'
	} >"$tmp/check.c"
	"$CC" -std=c11 -Wall -Wextra -Werror -mcpu=cortex-r5 -I"$folder" -c "$tmp/check.c" \
		-o "$tmp/check.o" 2>"$tmp/log"
	verdict $? "$name: amd_platform_info.h has the values of the model" "$tmp/log"
}

# Names and values of a libmetal.cmake, as CMake has them, or as its lines say.
variables() {
	if command -v cmake >/dev/null; then
		{
			printf 'include(%s)\n' "$1"
			sed -n 's/^set(\([A-Z0-9_]*\) .*/message("\1 ${\1}")/p' "$1"
		} >"$tmp/read.cmake"
		cmake -P "$tmp/read.cmake" 2>&1
	else
		sed -n 's/^set(\([A-Z0-9_]*\) "\{0,1\}\([^")]*\)"\{0,1\}).*/\1 \2/p' "$1"
	fi
}

# cmake_has NAME FILE: standard input is what it says, all of it.
cmake_has() {
	variables "$2" | sort >"$tmp/have"
	sort | diff -u - "$tmp/have" >"$tmp/log"
	verdict $? "$1: libmetal.cmake has the values of the model" "$tmp/log"
}

split golden tests/golden/amd/system.dts tests/golden/amd/domains.yaml
asserts rtos "$tmp/golden/rtos" LINUX_RTOS LINUX linux \
	'VRING_SIZE == RSC_LINUX_VDEV0_VRING0_NUM' 'IPI_IRQ_VECT_ID == 0x41 - 32' \
	'POLL_BASE_ADDR == 0x8f310000' 'IPI_CHN_BITMASK == 1'
asserts bare "$tmp/golden/bare" FRAMES LINUX linux 'IPI_IRQ_VECT_ID == 32 + 34' \
	'POLL_BASE_ADDR == DEV_IPI2_BASE' 'IPI_CHN_BITMASK == 1'
[ ! -e "$tmp/golden/linux/amd_platform_info.h" ]
verdict $? 'Linux gets no amd_platform_info.h'
sed 's/"xlnx,test-chip"/"vendor,test-chip"/' tests/golden/amd/system.dts >"$tmp/other.dts"
split other "$tmp/other.dts" tests/golden/amd/domains.yaml
find "$tmp/other" -name amd_platform_info.h -o -name libmetal.cmake >"$tmp/log"
empty "$tmp/log" 'a machine of somebody else gets neither file'

# Data without an address: what is computed of it is not there, and nothing stands for it.
sed 's/reg = <0x0 0x60510000 0x0 0x10000>;/size = <0x0 0x10000>;/' tests/golden/amd/system.dts >"$tmp/loose.dts"
split loose "$tmp/loose.dts" tests/golden/amd/domains.yaml
grep -E 'SHM_(PAYLOAD|BASE_ADDR|SIZE|DEV_NAME)' "$tmp/loose/bare/libmetal.cmake" >"$tmp/have"
diff - "$tmp/have" >"$tmp/log" <<'END'
# no SHM_PAYLOAD_BASE: no address that the domain sees
# no SHM_PAYLOAD_SIZE: no address that the domain sees
END
verdict $? 'what has no address is left out, and named' "$tmp/log"

[ -d "$CORPUS" ] || { skip 'the demos of AMD' "there is no folder $CORPUS"; finish; exit; }
folder=$CORPUS/inputs-only-zynqmp-openamp
split zynqmp "$folder/openamp_zu.dts" "$folder/openamp-overlay-zynqmp.yaml"
asserts r5_0 "$tmp/zynqmp/openamp_r5_0_cluster" OPENAMP_A53_0_CLUSTER_OPENAMP_R5_0_CLUSTER \
	OPENAMP_A53_0_CLUSTER openamp_a53_0_cluster \
	'SHARED_MEM_PA == 0x9860000' 'SHARED_MEM_SIZE == 0x48000' 'SHARED_BUF_OFFSET == 0x8000' \
	'VRING_SIZE == 256' 'IPI_IRQ_VECT_ID == 65' 'POLL_BASE_ADDR == 0xff310000' \
	'IPI_CHN_BITMASK == 0x1000000'
asserts r5_1 "$tmp/zynqmp/openamp_r5_1_cluster" OPENAMP_A53_0_CLUSTER_OPENAMP_R5_1_CLUSTER \
	OPENAMP_A53_0_CLUSTER openamp_a53_0_cluster \
	'SHARED_MEM_PA == 0x9e60000' 'IPI_IRQ_VECT_ID == 66' 'POLL_BASE_ADDR == 0xff320000'

# The demo of Versal Gen 2 runs Zephyr, which gets no such header: the same one with FreeRTOS.
folder=$CORPUS/versal2-vek385-openamp
sed '/^  RPU_Zephyr:/,/^  RPU_BM:/s/os,type: zephyr/os,type: freertos/' \
	"$folder/openamp-overlay-versal-2ve-2vm.yaml" >"$tmp/versal2.yaml"
split zephyr "$folder/system.dts" "$folder/openamp-overlay-versal-2ve-2vm.yaml"
[ ! -e "$tmp/zephyr/RPU_Zephyr/amd_platform_info.h" ]
verdict $? 'Zephyr gets no amd_platform_info.h'
split versal2 "$folder/system.dts" "$tmp/versal2.yaml"
asserts RPU_FreeRTOS "$tmp/versal2/RPU_Zephyr" APU_LINUX_RPU_ZEPHYR APU_LINUX APU_Linux \
	'SHARED_MEM_PA == 0x9860000' 'SHARED_BUF_OFFSET == 0x8000' 'POLL_BASE_ADDR == 0xeb3b1000' \
	'IPI_CHN_BITMASK == 1024'

folder=$CORPUS/zynqmp-libmetal
split libmetal "$folder/system.dts" "$folder"/[12]-*.yaml
cmake_has R5_1 "$tmp/libmetal/R5_1_BAREMETAL/libmetal.cmake" <<'END'
BUS_NAME generic
IPI_BASE_ADDR 0xff320000
IPI_DEV_NAME ff320000.ipi
IPI_IRQ_VECT_ID 66
IPI_MASK 0x2000000
SHM0_DESC_BASE 0x99c8000
SHM0_DESC_DEV_NAME 99c8000.libmetal_uio_desc0
SHM0_DESC_SIZE 0x4000
SHM1_DESC_BASE 0x99cc000
SHM1_DESC_DEV_NAME 99cc000.libmetal_uio_desc1
SHM1_DESC_SIZE 0x4000
SHM_BASE_ADDR 0x99c8000
SHM_DEV_NAME 99d0000.libmetal_uio_data
SHM_IMAGE_BASE 0x9968000
SHM_IMAGE_SIZE 0x60000
SHM_PAYLOAD_BASE 0x99d0000
SHM_PAYLOAD_HALF_SIZE 0x20000
SHM_PAYLOAD_RX_OFFSET 0x20000
SHM_PAYLOAD_SIZE 0x40000
SHM_PAYLOAD_TX_OFFSET 0x0
SHM_SIZE 0x48000
TTC_BASE_ADDR 0xff130000
TTC_DEV_NAME ff130000.timer
TTC_NODEID 0x1a
END
variables "$tmp/libmetal/APU_Linux/libmetal.cmake" |
	grep -E '^(BUS_NAME|IPI_IRQ_VECT_ID|IPI_MASK|SHM_PAYLOAD_(RX|TX)_OFFSET) ' | sort >"$tmp/have"
diff -u - "$tmp/have" >"$tmp/log" <<'END'
BUS_NAME platform
IPI_IRQ_VECT_ID 0
IPI_MASK 0x200
SHM_PAYLOAD_RX_OFFSET 0x0
SHM_PAYLOAD_TX_OFFSET 0x20000
END
verdict $? 'Linux: its bus, no interrupt number, the other halves' "$tmp/log"
finish
