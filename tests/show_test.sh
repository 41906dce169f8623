#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: check
# usual-seconds: 10
#
# Binary artifacts as text and JSON: `sdtgen rsc` and `sdtgen table`. What is printed
# stands in tests/golden/show, to the byte; UPDATE=1 writes it anew.
# shellcheck disable=SC2016,SC2034 # conditions are evaluated later
. "$(dirname "$0")/lib.sh"
case $BUILD in /*) firmware=$BUILD ;; *) firmware=$root/$BUILD ;; esac
firmware=$firmware/san/tests/tools/firmware
golden=$root/tests/golden/show
export NO_COLOR=1
cd "$tmp" || exit 1

# check TEXT CONDITION...: one test; all conditions hold.
check() {
	local text=$1 one
	shift
	for one in "$@"; do
		eval "$one" && continue
		{ echo "fails: $one (exit $code)"; cat out err; } >why
		verdict 1 "$text" why
		return
	done
	verdict 0 "$text"
}

run() {
	"$SDTGEN" "$@" >out 2>err </dev/null
	code=$?
}

exits() { [ "$code" -eq "$1" ]; }
silent() { [ ! -s err ]; }
usage() { exits 2 && [ "$(head -n 1 err)" = "sdtgen: $1" ] && [ ! -s out ]; }
# as_golden NAME: standard output is that file
as_golden() {
	[ -z "${UPDATE:-}" ] || cp out "$golden/$1"
	diff -u "$golden/$1" out | sed 's/^/# /'
	cmp -s "$golden/$1" out
}
json() {
	if command -v python3 >/dev/null; then
		python3 -m json.tool out >/dev/null 2>&1
	else
		[ "$(head -c 1 out)" = '{' ]
	fi
}

# --- rsc ---
"$firmware" elf64 fw64.elf
"$firmware" elf32 fw32.elf
"$firmware" rsc table.bin
# Linux chooses; unknown numbers; features without names; 20 descriptors less; an entry of a vendor.
"$firmware" elf32 odd.elf file+18:2=0x1234 64:4=0xffffffff 80:4=0xffffffff 40:4=99 48:4=0x20000006 \
	68:4=16 72:4=4 104:1=2 123:4=0xffffffff 175:4=0xffffffff 219:4=500
run rsc fw64.elf
check 'rsc: a program for 64 bits' 'exits 0' silent 'as_golden rsc64.txt'
run rsc fw32.elf
check 'rsc: one for 32 bits' 'exits 0' silent 'as_golden rsc32.txt'
run rsc table.bin
check 'rsc: nothing but the table' 'exits 0' silent 'as_golden rsc.txt'
"$SDTGEN" rsc - <table.bin >piped 2>err
check 'rsc -' 'cmp -s piped out' silent
run rsc odd.elf
check 'rsc: what has no name' 'exits 0' silent 'as_golden rsc-odd.txt'
run rsc --format=json fw64.elf
check 'rsc --format=json' 'exits 0' '[ "$(cat err)" = "$(printf "[\n]")" ]' json 'as_golden rsc64.json'
mv out json.long
run rsc --json fw64.elf
check 'rsc --json is the same' 'exits 0' 'cmp -s out json.long'
run rsc --format=json table.bin
check 'rsc --format=json of a table: no ELF' 'exits 0' json 'grep -q "\"elf\": null" out'
run rsc --format=json odd.elf
check 'rsc --format=json: what has no name' 'exits 0' json 'as_golden rsc-odd.json'
run rsc --format=sarif fw64.elf
check 'rsc --format=sarif is about the diagnostics' 'exits 0' 'grep -q 2.1.0 err' 'cmp -s out "$golden/rsc64.txt"'
run rsc -q fw64.elf
check 'rsc -q' 'exits 0' silent '[ ! -s out ]'
"$firmware" rsc warn.bin 44:4=1
run rsc warn.bin
check 'rsc: a warning, and the table' 'exits 0' 'grep -qF "warning[rsc-notifyid]" err' '[ -s out ]'
run rsc -Werror warn.bin
check 'rsc -Werror' 'exits 1' 'grep -qF "error[rsc-notifyid]" err' '[ -s out ]'
run rsc -Wno-rsc-notifyid warn.bin
check 'rsc -Wno-<name>' 'exits 0' silent
run rsc -Wall -Werror fw64.elf
check 'rsc -Wall finds nothing in a good one' 'exits 0' silent
run rsc -Wall -q odd.elf
check 'rsc -Wall: addresses that the host chooses' 'exits 0' 'grep -qF "warning[rsc-any]" err'
"$firmware" elf64 broken.elf cut=60
run rsc broken.elf
check 'rsc: an error, and nothing else' 'exits 1' '[ ! -s out ]' 'grep -qF "error[elf-format]" err'
run rsc --format=json broken.elf
check 'rsc --format=json: an error' 'exits 1' '[ ! -s out ]' 'grep -qF "\"elf-format\"" err'
run rsc missing.elf
check 'rsc: a missing file' 'exits 3' 'grep -qF "error[io]" err'
run rsc .
check 'rsc: a folder' 'exits 3' 'grep -qF "error[io]" err'
: >empty
run rsc empty
check 'rsc: an empty file' 'exits 1' 'grep -qF "error[rsc-format]" err'
run rsc
check 'rsc of nothing' 'usage "no input; give one file: sdtgen rsc firmware.elf"'
run rsc fw64.elf fw32.elf
check 'rsc of two files' "usage \"one file at a time; 'fw32.elf' is a second one\""
run rcs fw64.elf
check 'rsc misspelt' "usage \"no such file or command 'rcs'; did you mean 'rsc'?\""
run rsc --formt=json fw64.elf
check 'an option misspelt' "usage \"unknown option '--formt'; did you mean '--format'?\""
run rsc -o x fw64.elf
check 'rsc has no -o' 'exits 2' 'grep -qF "has no option" err'

# --- table ---
"$firmware" table partitions.bin
run table partitions.bin
check 'table: everything there is' 'exits 0' silent 'as_golden table.txt'
"$SDTGEN" table - <partitions.bin >piped 2>err
check 'table -' silent 'grep -q "^<stdin>: partition table" piped' '[ "$(tail -n +2 piped)" = "$(tail -n +2 out)" ]'
run table --format=json partitions.bin
check 'table --format=json' 'exits 0' '[ "$(cat err)" = "$(printf "[\n]")" ]' json 'as_golden table.json'
mv out json.long
run table --json partitions.bin
check 'table --json is the same' 'exits 0' 'cmp -s out json.long'
run table -q partitions.bin
check 'table -q' 'exits 0' silent '[ ! -s out ]'
cat partitions.bin partitions.bin >longer.bin
run table longer.bin
check 'table: what follows is not looked at' 'exits 0' silent
"$firmware" table broken.bin 0:4=0
run table broken.bin
check 'table: an error, and nothing else' 'exits 1' '[ ! -s out ]' 'grep -qF "error[table-format]" err'
run table --format=json broken.bin
check 'table --format=json: an error' 'exits 1' '[ ! -s out ]' 'grep -qF "\"table-format\"" err' \
	'grep -qF "header" err'
run table empty
check 'table: an empty file' 'exits 1' 'grep -qF "error[table-format]" err'
run table table.bin
check 'table of a resource table' 'exits 1' 'grep -qF "not a partition table" err'
run table missing.bin
check 'table: a missing file' 'exits 3' 'grep -qF "error[io]" err'
run table
check 'table of nothing' 'usage "no input; give one file: sdtgen table partitions.bin"'
run table partitions.bin broken.bin
check 'table of two files' "usage \"one file at a time; 'broken.bin' is a second one\""
run tabel partitions.bin
check 'table misspelt' "usage \"no such file or command 'tabel'; did you mean 'table'?\""

finish
