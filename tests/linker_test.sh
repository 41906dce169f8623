#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: test
# usual-seconds: 30
#
# Links a program of two functions with the linker scripts made for the systems of tests/golden, with
# each cross compiler and with both GNU ld and lld, and looks where things came to lie: the resource
# table is the file that the host gets, links are where platform.h has them, nothing that is loaded is
# writable and executable, or lies in shared memory or in the trace buffer. Every section that
# compilers make is named by the scripts: none is an orphan.
. "$(dirname "$0")/lib.sh"
topic=linker
golden=$root/tests/golden

cat >"$tmp/program.c" <<'END'
#include "platform.h"
#ifdef PLATFORM_TRACE_BASE
__attribute__((section(".trace"))) char trace_buffer[PLATFORM_TRACE_SIZE];
#endif
extern char __stack_top[], __heap_start[], __heap_end[];
extern void _start(void);
__attribute__((section(".vectors"), used)) void (*const _vector_table[8])(void) = { _start };
__attribute__((section(".noinit"))) int kept[4];
#ifndef FRAMES
#define FRAMES ".data.frames"
#endif
__attribute__((section(FRAMES))) int frames[4] = { 7 };
const int constants[3] = { 1, 2, 3 };
int counter = 3;
int zero[64];

#ifdef __aarch64__ /* what the others' compilers do not have: a call that is resolved at the start */
static int one(void) { return 1; }
static int (*choose(void))(void) { return one; }
int chosen(void) __attribute__((ifunc("choose")));
#else
static int chosen(void) { return 1; }
#endif

__attribute__((noinline)) int twice(int n)
{
	return constants[n % 3] * 2 + counter++ + zero[n] + kept[n % 4] + frames[n % 4];
}

__attribute__((used)) void _start(void)
{
	volatile int sum = twice(__heap_end - __heap_start) + (__stack_top != 0) + chosen();

	for (;;)
		sum++;
}
END

# The compiler of a domain's CPU: its prefix, and flags.
tools_of() { # tools_of DOMAIN.DTS
	case $(sed -n 's/.*compatible = "\(arm,cortex-[a-z0-9]*\|riscv\)".*/\1/p' "$1" | head -n 1) in
	arm,cortex-a*) echo aarch64-linux-gnu- -mgeneral-regs-only ;;
	arm,cortex-r52) echo arm-none-eabi- -mcpu=cortex-r52 ;;
	arm,cortex-r*) echo arm-none-eabi- -mcpu=cortex-r5 ;;
	arm,cortex-m*) echo arm-none-eabi- -mcpu=cortex-m33 ;;
	riscv) echo riscv64-unknown-elf- -mcmodel=medany ;;
	esac
}

# platform NAME: a constant of platform.h in the current folder; nothing if it has none.
platform() { sed -n "s/^#define $1 \([0-9a-fx]*\).*/\1/p" platform.h; }
# symbol NAME: its value in the program.
symbol() { echo $((16#$("${prefix}nm" program.elf | sed -n "s/^\([0-9a-f]*\) . $1\$/\1/p"))); }

# Ranges that no segment may touch, one "base size" a line.
kept_free() {
	sed -n 's/^#define \(LINK_.*_\(WINDOW\|VRING[01]\|POOL\)\|PLATFORM_TRACE\)_BASE .*/\1/p' platform.h |
		while read -r name; do echo "$(platform "${name}_BASE") $(platform "${name}_SIZE")"; done
}

check_segments() {
	local base size flags free length
	"${prefix}readelf" -lW program.elf | sed -n 's/^ *LOAD *//p' >segments
	[ -s segments ] || { echo "no segments"; return 1; }
	while read -r _ base _ _ size flags; do
		flags=${flags%0x*}
		case ${flags// /} in *W*E*) echo "segment at $base: $flags"; return 1 ;; esac
		while read -r free length; do
			if [ $((size)) -gt 0 ] && [ $((base)) -lt $((free + length)) ] && [ $((free)) -lt $((base + size)) ]; then
				echo "segment at $base meets $free"
				return 1
			fi
		done < <(kept_free)
	done <segments
}

check_links() {
	local name macro
	while read -r name; do
		macro=${name#__}
		macro=$(tr a-z A-Z <<<"$macro")
		case $macro in
		*_TABLE_START | *_VRING?_START | *_POOL_START) macro=${macro%_START}_BASE ;;
		*_TABLE_SIZE | *_VRING?_SIZE | *_POOL_SIZE) ;;
		*_START) macro=${macro%_START}_WINDOW_BASE ;;
		*_SIZE) macro=${macro%_SIZE}_WINDOW_SIZE ;;
		esac
		[ "$(symbol "$name")" = "$(($(platform "$macro")))" ] || { echo "$name is not $macro"; return 1; }
	done < <("${prefix}nm" program.elf | sed -n 's/.* \(__link_.*\)/\1/p')
	[ "$(grep -c '^#define LINK_.*_VRING[01]_BASE' platform.h)" = "$("${prefix}nm" program.elf | grep -c '__link_.*_vring[01]_start')" ]
}

# The section at its address in the file, byte for byte.
check_table() { # check_table SECTION FILE
	rm -f table.bin
	"${prefix}objcopy" -O binary -j "$1" program.elf table.bin &&
		cmp "$2" <(head -c "$(stat -c %s "$2")" table.bin)
}

check_tables() {
	local table peer
	if [ -e resource_table.bin ]; then
		check_table .resource_table resource_table.bin
		return
	fi
	for table in rsc-*.c; do
		[ -e "$table" ] || return 0
		peer=${table#rsc-}
		peer=${peer%.c}
		check_table ".resource_table.$peer" "rsc-$peer.bin" || return 1
	done
}

check_places() {
	[ $(($(symbol __heap_end) - $(symbol __heap_start))) = 256 ] || { echo "size of the heap"; return 1; }
	[ $(($(symbol __stack_top) - $(symbol __stack_start))) = 8192 ] || { echo "size of the stack"; return 1; }
	[ "$(symbol __bss_end)" -ge $(($(symbol zero) + 256)) ] || { echo "bss"; return 1; }
	grep -q ' __frames_start = ' ./*.ld && [ "$(symbol frames)" != $((0x28000)) ] && { echo "frames"; return 1; }
	[ -z "$(platform PLATFORM_TRACE_BASE)" ] ||
		[ "$(symbol trace_buffer)" = "$(($(platform PLATFORM_TRACE_BASE)))" ] || { echo "trace"; return 1; }
	"${prefix}readelf" -SW program.elf | grep -q ' \.bss *NOBITS ' || { echo ".bss has content"; return 1; }
}

link_with() { # link_with LINKER SCRIPT NAME
	local check
	rm -f program.elf
	"$1" -z max-page-size=4096 --fatal-warnings --orphan-handling=error --defsym=__heap_size=0x100 -T "$2" ./*.o \
		-o program.elf 2>log
	verdict $? "$3 links" log || return
	"${prefix}readelf" -SW program.elf | grep -q ' \.debug_info ' && ! "${prefix}readelf" -SW program.elf | grep -q ' \.note'
	verdict $? "$3: debuggers find what they need"
	if [ "$prefix" = aarch64-linux-gnu- ]; then
		[ $(($(symbol __rela_end) - $(symbol __rela_start))) = 24 ]
		verdict $? "$3: the call that is resolved at the start has its entry"
		"$1" -z max-page-size=4096 -z notext --fatal-warnings --orphan-handling=error -static -pie \
			--no-dynamic-linker -T "$2" ./*.o -o moves.elf 2>log
		verdict $? "$3: so does one that moves itself" log
	fi
	for check in check_segments check_links check_tables check_places; do
		$check >log 2>&1
		verdict $? "$3: $check" log
	done
}

try_domain() { # try_domain NAME SCRIPT; in the domain's folder
	local flags linker
	read -r prefix flags < <(tools_of domain.dts)
	if ! command -v "${prefix}gcc" >/dev/null; then
		skip "$1" "no ${prefix}gcc"
		return
	fi
	grep -q ' __frames_start = ' "$2" && flags="$flags -DFRAMES=\".frames\""
	rm -f ./*.o
	for source in "$tmp/program.c" rsc-*.c; do
		[ -e "$source" ] || continue
		# shellcheck disable=SC2086
		"${prefix}gcc" $flags -Os -g -ffreestanding -fno-pie -ffunction-sections -I. -c "$source" \
			-o "$(basename "$source" .c).o" 2>log || verdict 1 "$1: $source compiles" log
	done
	for linker in "${prefix}ld" ld.lld; do
		if command -v "$linker" >/dev/null; then
			link_with "$linker" "$2" "$1 with $linker"
		else
			skip "$1" "no $linker"
		fi
	done
}

# try_system NAME ARG...: every domain with a linker script
try_system() {
	local name=$1 script folder
	shift
	"$SDTGEN" -q "$@" -o "$tmp/$name" 2>log
	verdict $? "$name is taken" log
	for script in "$tmp/$name"/*/*.ld; do
		folder=$(dirname "$script")
		pushd "$folder" >/dev/null || exit 1
		try_domain "$name/$(basename "$folder")" "$(basename "$script")"
		popd >/dev/null || exit 1
	done
}

for system in links programs zephyr split/rproc-amd split/rproc-nxp split/rproc-st; do
	cd "$golden/$system" || exit 1
	try_system "${system#*/}" system.dts domains.yaml
done

# Pairs in the wild.
cd "$root" && cd "$CORPUS" 2>/dev/null || { skip 'pairs in the wild' "there is no folder $CORPUS"; finish; }
zynqmp=inputs-only-zynqmp-openamp
for overlay in zynqmp zynqmp-lockstep; do
	try_system "$overlay" $zynqmp/openamp_zu.dts "$zynqmp/openamp-overlay-$overlay.yaml"
done
try_system zynqmp-zephyr $zynqmp/openamp_zu.dts $zynqmp/openamp-zephyr-zynqmp-r5-policy.yaml
try_system zynqmp-libmetal zynqmp-libmetal/system.dts zynqmp-libmetal/*.yaml
try_system versal2 --compat=lopper versal2-vek385-openamp/system.dts versal2-vek385-openamp/*.yaml
finish
