#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: check
# usual-seconds: 10
#
# `sdtgen pack` with inputs that need no cross compiler: what is in a boot image and where it goes, the
# finished device tree, make's dependencies, files that are left alone, the command line.
# tests/bad has what is refused, tests/boot_test.sh starts one.
# shellcheck disable=SC2016 # conditions are evaluated later
. "$(dirname "$0")/lib.sh"
case $BUILD in /*) FIRMWARE=$BUILD ;; *) FIRMWARE=$root/$BUILD ;; esac
FIRMWARE=$FIRMWARE/san/tests/tools/firmware
golden=$root/tests/golden/show
SCRATCH=.
export NO_COLOR=1 FIRMWARE SCRATCH SDTGEN
cd "$tmp" || exit 1

# check TEXT CONDITION...: one test; all conditions hold.
check() {
	local text=$1 one
	shift
	for one in "$@"; do
		eval "$one" && continue
		{ echo "fails: $one (exit $code)"; cat out.txt err.txt; } >why
		verdict 1 "$text" why
		return
	done
	verdict 0 "$text"
}

run() {
	"$SDTGEN" "$@" >out.txt 2>err.txt </dev/null
	code=$?
}

exits() { [ "$code" -eq "$1" ]; }
silent() { [ ! -s err.txt ]; }
usage() { exits 2 && [ "$(head -n 1 err.txt)" = "sdtgen: $1" ] && [ ! -s out.txt ]; }
as_golden() {
	[ -z "${UPDATE:-}" ] || cp out.txt "$golden/$1"
	diff -u "$golden/$1" out.txt | sed 's/^/# /'
	cmp -s "$golden/$1" out.txt
}
json() { ! command -v python3 >/dev/null || python3 -m json.tool out.txt >/dev/null 2>&1; }
# line TEXT: a line of the output begins with it
line() { grep -qF -- "  $1" out.txt; }

# shellcheck source=/dev/null
. "$root/tests/bad/boot.sh"
pack() { run pack manager.elf out "$@"; }

# --- what comes out ---
pack -o boot.img
check 'a boot image' 'exits 0' silent '[ ! -s out.txt ]' '[ -s boot.img ]'
run pack --list boot.img
check 'what is in it' 'exits 0' silent 'as_golden boot.txt'
run pack --list --format=json boot.img
check 'the same as JSON' 'exits 0' 'json' 'as_golden boot.json'
run pack --list -q boot.img
check '-q only checks' 'exits 0' silent '[ ! -s out.txt ]'
"$FIRMWARE" boot other.img
run pack --list other.img
check 'one that was made otherwise' 'exits 0' silent 'line "loaded    at 0x40200000"'
{ cat boot.img; head -c 100 /dev/zero; } >longer.img
run pack --list longer.img
check 'bytes behind it do no harm' 'exits 0' silent 'line "loaded    at 0x40200000"'

# --- the same bytes, and files that are left alone ---
touch -d '2001-01-01' boot.img
touch -r boot.img stamp
pack -o boot.img
check 'a second run leaves it alone' 'exits 0' '[ ! boot.img -nt stamp ]'
cp boot.img first.img
pack -o second.img
check 'the same bytes under another name' 'exits 0' 'cmp first.img second.img'
"$SDTGEN" pack manager.elf out >third.img
check 'the same bytes on standard output' 'cmp first.img third.img'
pack -n -o fresh.img
check '-n writes nothing' 'exits 0' '[ ! -e fresh.img ]' 'grep -qx "would write fresh.img" out.txt'
cp out/sensor.elf sensor.elf
: >out/sensor.elf
pack -o boot.img
check 'after an error it is as it was' 'exits 1' 'cmp first.img boot.img' '[ ! boot.img -nt stamp ]'
cp sensor.elf out/sensor.elf

# --- dependencies ---
pack -MD -o boot.img
cat >want.d <<'END'
boot.img: manager.elf out/partitions.bin out/Image out/initrd.gz \
 out/domain.dtb out/sensor.elf
END
check '-MD names every file' 'exits 0' 'diff want.d boot.d'

# --- the device tree ---
piece() { # OFFSET SIZE: of boot.img
	dd if=boot.img bs=1 skip="$1" count="$2" status=none
}
offset_of() { # NAME: where the file of an image begins in boot.img, and its size
	run pack --list --format=json boot.img
	tr -d ' ,"\n' <out.txt | sed 's/{name:/\n/g' |
		sed -n "s/^$1domain:.*offset:\(0x[0-9a-f]*\)size:\([0-9]*\)load.*/\1 \2/p"
}
if command -v fdtget >/dev/null; then
	read -r at size < <(offset_of domain.dtb)
	piece $((0x1000 + at)) "$size" >found.dtb # behind the manager's page
	for end in start end; do fdtget -t x found.dtb /chosen linux,initrd-$end; done >found 2>&1
	printf '0 50300000\n0 50300006\n' >want
	succeeds 'the initrd is named in the tree' diff want found
	succeeds 'nothing else changed' test "$(fdtget -p found.dtb /chosen | sort | tr '\n' ' ')" = \
		'linux,initrd-end linux,initrd-start '
	printf '/dts-v1/; / { };\n' | "$SDTGEN" dtb - -o out/domain.dtb
	pack -o boot.img
	read -r at size < <(offset_of domain.dtb)
	piece $((0x1000 + at)) "$size" >found.dtb
	succeeds 'a tree without /chosen gets one' fdtget found.dtb /chosen linux,initrd-end
else
	skip 'the device tree' 'fdtget is not installed'
fi

# --- places ---
# What the tree reserves, before, in and behind the lowest 4 MiB.
printf '/dts-v1/; /memreserve/ 0x50000000 0x1000; / { #address-cells = <2>; #size-cells = <2>;
reserved-memory { #address-cells = <1>; #size-cells = <1>; ranges;
a@50300000 { reg = <0x50300000 0x1000>, <0x50400000 0x100000>; }; b { size = <0x1000>; }; }; };\n' |
	"$SDTGEN" dtb - -o out/domain.dtb
"$FIRMWARE" table out/partitions.bin 1840:8=0
pack -o boot.img
run pack --list boot.img
check 'what the tree reserves is left free' 'exits 0' 'line "          to [0x50200000..0x502fffff]"' \
	'line "          to [0x50301000..0x50301005]"'
"$FIRMWARE" linux out/Image file+8:8=0x80000 file+16:8=0x80000
pack -o boot.img
run pack --list boot.img
check 'an Image goes where its header says' 'exits 0' 'line "          to [0x50080000..0x500fffff]"'
head -c 5000 /dev/zero >out/Image
pack -o boot.img
run pack --list boot.img
check 'a raw program begins at the lowest page' 'exits 0' 'line "program   \`Image\` (raw"' \
	'line "          to [0x50001000..0x50002387] (5000 bytes), entry 0x50001000"'

# --- folders ---
mkdir -p one two
mv out/Image one
cp one/Image two && echo more >>two/Image
mv out/initrd.gz out/sensor.elf two
pack --images one --images two/ -MD -o boot.img
check 'the first folder that has a file wins' 'exits 0' 'grep -q " one/Image " boot.d' \
	'grep -q " two/sensor.elf" boot.d' 'grep -q " out/domain.dtb" boot.d'

# --- the command line ---
run pack
check 'no words' 'usage "give a manager and the folder of a generated system: sdtgen pack manager.elf generated -o boot.img"'
run pack manager.elf out more -o boot.img
check 'a word too many' "usage \"'more' is one too many; folders with programs follow '--images'\""
run pack manager.elf out/partitions.bin -o boot.img
check 'no folder' "usage \"'out/partitions.bin' is no folder; the second word is the one that sdtgen gen wrote\""
run pack manager.elf out -o out
check 'an output that is a folder' "usage \"'-o out' is a folder; name the file to write\""
run pack manager.elf out --images one --images two -o manager.elf
check 'an output that is an input' "usage \"the output 'manager.elf' would overwrite an input; choose another place with -o\""
run pack --list boot.img -o x
check '--list with -o' "usage \"'--list' reads one boot image and writes none\""
run pack --list
check '--list of nothing' "usage 'no input; give one file: sdtgen pack --list boot.img'"
run pack -MD manager.elf out --images one --images two
check '-MD and standard output' 'exits 2'
run pack gone.elf out --images one --images two -o x.img
check 'a manager that is not there' 'exits 3' 'grep -qF "cannot read \`gone.elf\`" err.txt' '[ ! -e x.img ]'
finish
