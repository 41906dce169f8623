#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: check
# usual-seconds: 30
#
# The command from outside: every option, exit codes, what is written and what is not touched.
# Knows the files that a run makes; what is in them is the business of other tests.
# shellcheck disable=SC2016,SC2034 # conditions are evaluated later
. "$(dirname "$0")/lib.sh"
unset NO_COLOR TERM
cd "$tmp" || exit 1

# check TEXT COMMAND...: one test; the command's success decides.
check() {
	local text=$1
	shift
	"$@"
	verdict $? "$text" <(echo "exit: $code") out err
}

# run ARGS...: sdtgen; its output in the files out and err, its exit code in $code.
run() {
	"$SDTGEN" "$@" >out 2>err </dev/null
	code=$?
}

exits() { [ "$code" -eq "$1" ]; }
err_has() { grep -qF -- "$1" err; }
out_has() { grep -qF -- "$1" out; }
err_is() { [ "$(cat err)" = "$1" ]; }
silent() { [ ! -s out ] && [ ! -s err ]; }
quiet_out() { [ ! -s out ]; }
quiet_err() { [ ! -s err ]; }
both() { # both "COMMAND A" "COMMAND B" ...: all of them hold
	local one
	for one in "$@"; do eval "$one" || { echo "# fails: $one"; return 1; }; done
}
# usage TEXT: exit 2, this first line, nothing on stdout
usage() { exits 2 && [ "$(head -n 1 err)" = "sdtgen: $1" ] && quiet_out; }
# snapshot DIR: names, times, content
snapshot() { (cd "$1" && find . -printf '%p %T@ %s\n' | sort && find . -type f -exec cksum {} + | sort); }
json_ok() {
	if command -v python3 >/dev/null; then
		python3 -m json.tool "$1" >/dev/null 2>&1
	else
		grep -q '^[[{]' "$1"
	fi
}

mkdir in inc
cat >in/system.dts <<'EOF'
/dts-v1/;
#include "sizes.h"
/ {
	#address-cells = <2>;
	#size-cells = <2>;
	compatible = "test,board";
	model = "board";

	cpus: cpus {
		compatible = "cpus,cluster";
		#address-cells = <1>;
		#size-cells = <0>;
		cpu@0 {
			compatible = "arm,cortex-a72";
			device_type = "cpu";
			reg = <0>;
		};
		cpu@1 {
			compatible = "arm,cortex-a72";
			device_type = "cpu";
			reg = <1>;
		};
	};

	memory@40000000 {
		device_type = "memory";
		reg = <0x0 0x40000000 0x0 MEMORY_SIZE>;
	};

	axi: axi {
		compatible = "simple-bus";
		#address-cells = <2>;
		#size-cells = <2>;
		ranges;
		/include/ "uarts.dtsi"
	};
};
EOF
cat >in/uarts.dtsi <<'EOF'
uart0: serial@9000000 {
	compatible = "arm,pl011";
	reg = <0x0 0x9000000 0x0 0x1000>;
	blob = /incbin/("logo.bin");
};
uart1: serial@9010000 {
	compatible = "arm,pl011";
	reg = <0x0 0x9010000 0x0 0x1000>;
};
EOF
printf 'logo' >in/logo.bin
echo '#define MEMORY_SIZE 0x10000000' >inc/sizes.h
cat >in/domains.yaml <<'EOF'
domains:
  linux:
    compatible: openamp,domain-v1
    id: 1
    os,type: linux
    cpus:
      - cluster: cpus
        cpumask: 0x1
        mode:
          secure: false
          el: 0x1
    memory:
      - start: 0x40000000
        size: 0x8000000
    access:
      - dev: serial@9000000
  rtos:
    compatible: openamp,domain-v1
    id: 2
    os,type: baremetal
    cpus:
      - cluster: cpus
        cpumask: 0x2
        mode:
          secure: false
          el: 0x1
    memory:
      - start: 0x48000000
        size: 0x8000000
    access:
      - dev: serial@9010000
EOF
sed 's/serial@9010000/serial@9010001/' in/domains.yaml >in/typo.yaml
cat >plain.dts <<'EOF'
/dts-v1/;
/ {
	a: node {
		value = <1 2>;
		ref = <&a>;
	};
};
EOF
cat >plain-two-errors.dts <<'EOF'
/dts-v1/;
/ {
	first = <1>
	second = <&nowhere>;
	third = <2;
};
EOF
gen=(in/system.dts in/domains.yaml -I inc)

# --- without a job ---
run
check 'no arguments: usage on stderr, two examples, exit 2' \
	both 'exits 2' quiet_out '[ "$(grep -c "^  sdtgen" err)" -eq 2 ]'
run --help
check '--help: text on stdout, exit 0' both 'exits 0' quiet_err 'out_has Usage:' 'out_has Examples:'
cp out help.txt
run -h
check '-h is --help' cmp -s out help.txt
run help
check 'help is --help' cmp -s out help.txt
check '--timing is not in the help' both '! grep -q timing help.txt'
check 'help fits 100 columns' both '! grep -q "^.\{101\}" help.txt'
for command in gen check dtb fmt explain help; do
	run "$command" --help
	check "$command --help: its own text with an example" \
		both 'exits 0' quiet_err "out_has 'sdtgen $command:'" 'out_has Examples:' \
		"grep -q '^  sdtgen .*' out"
	cp out one.txt
	run help "$command"
	check "help $command is $command --help" cmp -s out one.txt
done
run help gne
check 'help of a misspelt command' usage "no command is named 'gne'; did you mean 'gen'?"
run --version
check '--version' both 'exits 0' quiet_err 'grep -q "^sdtgen [0-9]" out'

# --- usage ---
run chek
check 'misspelt command' usage "no such file or command 'chek'; did you mean 'check'?"
run zzzzz
check 'neither file nor command' usage "no such file or command 'zzzzz'"
run gen --provenence "${gen[@]}"
check 'misspelt option' usage "unknown option '--provenence'; did you mean '--provenance'?"
run gen -qx "${gen[@]}"
check 'unknown letter among others' usage "unknown option '-x' in '-qx'"
run fmt --list plain.dts
check "another command's option" \
	usage "'sdtgen fmt' has no option '--list'; these have: check pack"
run gen
check 'gen without input' \
	usage 'no input; give a System Device Tree: sdtgen gen system.dts domains.yaml'
run in/domains.yaml in/system.dts
check 'tree and domain file in the wrong order' \
	both 'exits 2' 'err_has "the System Device Tree comes first"'
run in/system.dts plain.dts
check 'two trees' both 'exits 2' "err_has \"'plain.dts' is a second tree\""
run "${gen[@]}" in/../in/domains.yaml
check 'one file twice, by two names' usage "'in/../in/domains.yaml' is given twice"
run - -
check 'standard input twice' usage 'standard input can be read only once'
run "${gen[@]}" -o
check 'option without its value' usage "'-o' needs a value: -o PATH"
run "${gen[@]}" -o plain.dts
check '-o names a file' \
	usage "'-o plain.dts': a file of that name is in the way of the output folder"
run "${gen[@]}" -o -
check 'gen -o -' both 'exits 2' 'err_has "writes a folder"'
run "${gen[@]}" --format=xml
check 'unknown format' usage "'--format' does not know 'xml'; it takes text|json|sarif"
run "${gen[@]}" --color=nevr
check 'unknown colour' usage "'--color' does not know 'nevr'; did you mean 'never'?"
run "${gen[@]}" --compat=dtc
check 'unknown compat' usage "'--compat' does not know 'dtc'; it takes lopper"
run "${gen[@]}" -Wmem-overlp
check 'unknown -W' usage "no diagnostic is named 'mem-overlp'; did you mean '-Wmem-overlap'?"
run "${gen[@]}" -Wno-dts-syntax
check 'an error that cannot be turned off' both 'exits 2' 'err_has "cannot be turned off"'
for option in -MP '-MF x.d' '-MT x' '-MQ x'; do
	# shellcheck disable=SC2086 # two words
	run "${gen[@]}" $option
	check "${option% *} without -MD" both 'exits 2' "err_has \"together with '-MD'\""
done
check 'usage errors write nothing' both '[ ! -e generated ]'

# --- gen ---
run "${gen[@]}"
check 'gen without the word gen, summary on stdout' \
	both 'exits 0' quiet_err 'out_has linux' 'out_has rtos'
cp out summary.txt
for file in system.dts linux/domain.dts linux/domain.dtb rtos/domain.dts rtos/domain.dtb; do
	check "generated/$file is written" both "[ -s generated/$file ]"
done
snapshot generated >before
sleep 0.05
run gen "${gen[@]}"
snapshot generated >after
check 'a second run touches nothing' both 'exits 0' 'cmp -s before after'
rm -rf generated
run gen "${gen[@]}" -q
check '-q: no summary' both 'exits 0' silent '[ -s generated/system.dts ]'
run gen "${gen[@]}" -v
check '-v: every file and the full summary' \
	both 'exits 0' quiet_err 'out_has "unchanged generated/linux/domain.dtb"' \
	'[ "$(wc -l <out)" -ge "$(wc -l <summary.txt)" ]'
run gen "${gen[@]}" -o out1/deep
check '-o DIR, folders made on the way' \
	both 'exits 0' '[ -s out1/deep/linux/domain.dtb ]' 'diff -r generated out1/deep >/dev/null'
run gen "${gen[@]}" -qoout2
check 'joined and combined: -qoout2' both 'exits 0' silent '[ -s out2/rtos/domain.dtb ]'
run gen "${gen[@]}" --output=out3 --quiet
check 'long options with a value' both 'exits 0' silent '[ -s out3/rtos/domain.dtb ]'
run -q gen "${gen[@]}" -o nowhere -o out4
check 'the last -o wins; options before the command' \
	both 'exits 0' '[ -s out4/system.dts ]' '[ ! -e nowhere ]'
mkdir elsewhere
(cd elsewhere && "$SDTGEN" -q ../in/system.dts ../in/domains.yaml -I../inc -o ../out5)
check 'the same bytes from another working directory' diff -r generated out5
run -q "${gen[@]}" -o out-trees --trees
check '--trees writes device trees and nothing else' both 'exits 0' \
	'[ -z "$(find out-trees -type f ! -name "*.dts" ! -name "*.dtb" ! -name .sdtgen-manifest)" ]'
run -q "${gen[@]}" -o out6 --provenance
check '--provenance names files and lines' \
	both 'exits 0' 'grep -q "system.dts:[0-9]" out6/linux/domain.dts' \
	'grep -q "uarts.dtsi:[0-9]" out6/linux/domain.dts'
check 'without it nothing does' both '! grep -q "system.dts:[0-9]" generated/linux/domain.dts'
check '--provenance leaves the blob alone' cmp generated/linux/domain.dtb out6/linux/domain.dtb
run -q@ "${gen[@]}" -o out7
check '-@ adds symbols' \
	both 'exits 0' 'grep -qa __symbols__ out7/linux/domain.dtb' \
	'! grep -qa __symbols__ generated/linux/domain.dtb'
run -q in/system.dts in/domains.yaml -Iinc -DUNUSED -D OTHER=1 -o out8
check '-D does no harm where nothing asks' both 'exits 0' 'cmp -s generated/system.dts out8/system.dts'
printf '#ifndef WANTED\n#error WANTED is not defined\n#endif\n' >inc/check.h
sed 's/"sizes.h"/"sizes.h"\n#include "check.h"/' in/system.dts >in/wanting.dts
run -q in/wanting.dts in/domains.yaml -I inc -o out9
check 'a macro that is missing' both 'exits 1' '[ ! -e out9 ]'
run -q in/wanting.dts in/domains.yaml -I inc -D WANTED -o out9
check '-D NAME' both 'exits 0' '[ -s out9/system.dts ]'
run -q in/system.dts in/domains.yaml -o out10
check 'without -I the header is not found' both 'exits 1' '[ ! -e out10 ]' 'err_has sizes.h'
run -q "${gen[@]}" -o out11 </dev/null
"$SDTGEN" -q - in/domains.yaml -I inc -I in -o out12 <in/system.dts
check 'the tree on standard input' diff -r -x 'report.*' out11 out12
"$SDTGEN" -q in/system.dts - -I inc -o out13 <in/domains.yaml
check 'the domain file on standard input' diff -r -x 'report.*' out11 out13
cp in/system.dts ./-odd.dts
cp in/uarts.dtsi in/logo.bin .
run -q -I inc -o out14 -- -odd.dts in/domains.yaml
check '-- ends the options' both 'exits 0' '[ -s out14/system.dts ]'
cp in/system.dts check
run -q -I inc -o out15 -- check in/domains.yaml
check 'a file that is named like a command, after --' both 'exits 0' '[ -s out15/system.dts ]'
rm check
run -q generated/system.dts -o out16
check 'the merged tree reads back' \
	both 'exits 0' 'cmp -s generated/linux/domain.dtb out16/linux/domain.dtb' \
	'cmp -s generated/rtos/domain.dtb out16/rtos/domain.dtb'
run -q generated/system.dts
check 'an output that is an input is refused' \
	both 'exits 2' 'err_has "would overwrite an input"'
run --timing -q "${gen[@]}"
check '--timing: stages and total on stderr' \
	both 'exits 0' 'err_has "timing: read"' 'err_has "timing: total"' quiet_out

# --- dry run ---
rm -rf generated
run -n "${gen[@]}"
check '-n says what would be written' \
	both 'exits 0' 'out_has "would write generated/linux/domain.dtb"' \
	'out_has "would write generated/system.dts"'
check '-n writes nothing' both '[ ! -e generated ]'
run -q "${gen[@]}"
snapshot generated >before
run -nv "${gen[@]}"
snapshot generated >after
check '-nv names unchanged files and touches nothing' \
	both 'exits 0' 'out_has "unchanged generated/system.dts"' 'cmp -s before after'
sed '/^  rtos:/,$d' in/domains.yaml >in/one.yaml
run -n in/system.dts in/one.yaml -I inc
snapshot generated >after
check '-n says what would be removed, and removes nothing' \
	both 'exits 0' 'out_has "would remove generated/rtos/domain.dts"' \
	'out_has "would remove generated/rtos/domain.dtb"' '! out_has "nothing would"' \
	'cmp -s before after'
run -v in/system.dts in/one.yaml -I inc -o generated
check '-v says what was removed' \
	both 'exits 0' 'out_has "removed generated/rtos/domain.dtb"' '[ ! -e generated/rtos ]'
run -q "${gen[@]}"
run in/system.dts in/one.yaml -I inc -o generated
check 'so does a run without -v' \
	both 'exits 0' 'out_has "removed generated/rtos/domain.dtb"' '! out_has "wrote"'
run -q "${gen[@]}"
run -q in/system.dts in/one.yaml -I inc -o generated
check 'but not one with -q' both 'exits 0' quiet_out '[ ! -e generated/rtos ]'
run -q "${gen[@]}"
run -n in/system.dts in/typo.yaml -I inc
check '-n reports errors all the same' both 'exits 1' quiet_out

# --- all or nothing ---
snapshot generated >before
run in/system.dts in/typo.yaml -I inc
snapshot generated >after
check 'after an error no output is touched' both 'exits 1' quiet_out 'cmp -s before after'
check 'the error names the nearest device' \
	both 'err_has "error[unknown-device]"' 'err_has serial@9010000'
check 'a default run mentions --compat=lopper' err_has --compat=lopper
run in/system.dts in/typo.yaml -I inc -o out17 --compat=lopper
check '--compat=lopper warns and writes' \
	both 'exits 0' 'err_has "warning[unknown-device]"' '[ -s out17/rtos/domain.dtb ]' \
	'[ "$(tail -n 1 err)" = "sdtgen: --compat=lopper let 1 error pass as a warning" ]'
run -q in/system.dts in/typo.yaml -I inc -o out17 --compat=lopper -w
check '--compat=lopper -w is silent' both 'exits 0' silent
run in/system.dts in/typo.yaml -I inc -o out18 --compat=lopper -Werror=unknown-device
check '-Werror=<name> makes it an error again' both 'exits 1' '[ ! -e out18 ]'
mkdir locked && chmod 500 locked
if ! touch locked/probe 2>/dev/null; then
	run -q "${gen[@]}" -o locked
	check 'a folder that cannot be written to' \
		both 'exits 3' 'err_has "error[io]"' '[ -z "$(ls locked)" ]'
else
	skip 'a folder that cannot be written to' 'this user may write everywhere'
fi
chmod 700 locked
mkdir -p blocked/rtos/domain.dtb
run -q "${gen[@]}" -o blocked
check 'one output that cannot be written: none is' \
	both 'exits 3' 'err_has "error[io]"' '[ -z "$(find blocked -type f)" ]'
# in_the_way NAME: a run fails because of linked/NAME and leaves everything as it is
in_the_way() {
	snapshot linked >before
	timeout 20 "$SDTGEN" -q "${gen[@]}" -o linked -@ >out 2>err
	code=$?
	snapshot linked >after
	both 'exits 3' "err_has 'cannot write \`linked/$1\`'" 'cmp -s before after' \
		'[ "$(cat victim/*)" = mine ]'
}
mkdir victim
echo mine >victim/domain.dts
run -q "${gen[@]}" -o linked
mv linked/rtos old
ln -s ../victim linked/rtos
check 'a linked folder among the outputs is not followed' in_the_way rtos
rm linked/rtos && mv old linked/rtos
ln -sf ../../victim/domain.dts linked/rtos/domain.dts
check 'a linked file among the outputs is not followed' in_the_way rtos/domain.dts
rm linked/rtos/domain.dts && mkfifo linked/rtos/domain.dts
check 'a pipe among the outputs is not waited for' in_the_way rtos/domain.dts
rm linked/rtos/domain.dts
ln -s linked to-linked
run -q "${gen[@]}" -o to-linked
check 'the output folder may be a link' \
	both 'exits 0' '[ -L to-linked ]' 'diff -r generated linked >/dev/null'
run -q "${gen[@]}" -o linked -MD -MF /dev/null
check '-MF of a device' both 'exits 0' '[ -c /dev/null ]'
rm -r linked to-linked victim
run missing.dts
check 'a missing tree' both 'exits 3' 'err_has "error[io]"' 'err_has missing.dts'
run in/system.dts missing.yaml -I inc
check 'a missing domain file' both 'exits 3' 'err_has "error[io]"' 'err_has missing.yaml'
run check in
check 'a folder as input' both 'exits 3' 'err_has "error[io]"'

sed 's/^  rtos:/  "..":/' in/domains.yaml >escape.yaml
mkdir cage
run -q in/system.dts escape.yaml -I inc -o cage/out --compat=lopper -Wno-duplicate-name
check 'no domain name leads out of the folder, whatever the switches' \
	both 'exits 1' '[ -z "$(ls cage)" ]'
awk '/^  rtos:/ { print "    domains:"; print "      linux:"; nested = 1; next }
	{ print (nested ? "    " : "") $0 }' in/domains.yaml >twins.yaml
run -q in/system.dts twins.yaml -I inc -o cage/out --compat=lopper
check 'two domains of one name do not overwrite each other' \
	both 'exits 1' '[ -z "$(ls cage)" ]' 'err_has "two domains"'

sed 's/model = "board";/model = "board"/; s/#size-cells = <2>;/#size-cells = <<2>;/' in/system.dts >torn.dts
cp in/uarts.dtsi in/logo.bin .
run check torn.dts in/typo.yaml -I inc
check 'mistakes of both languages in one run, and no consequences of the first' \
	both 'exits 1' 'err_has "error[dts-syntax]"' 'err_has "error[unknown-device]"' \
	'! err_has "[bad-cells]"' '! err_has "[mem-outside]"'
printf '/dts-v1/;\n/include/ "nowhere.dtsi"\n/ { };\n' >empty.dts
run check empty.dts in/domains.yaml
check 'after a missing include nothing is called unknown' \
	both 'exits 1' 'err_has "error[dts-include]"' '! err_has unknown-' '! err_has no-domains'
printf 'domains: [\n' >broken.yaml
run check in/system.dts broken.yaml missing.yaml -I inc
check 'every domain file is read, the broken ones too' \
	both 'exits 3' 'err_has "error[yaml-syntax]"' 'err_has missing.yaml' '! err_has no-domains'
rm uarts.dtsi

# --- warnings ---
cat >warning.dts <<'EOF'
/dts-v1/;
/ {
	clocks = <0x77>;
	interrupt-parent = <0x1234>;
};
EOF
sed 's/uart0: serial/interrupt-parent = <0x1234>;\nuart0: serial/' in/uarts.dtsi >uarts.dtsi
cp in/system.dts warn.dts
run check warn.dts in/domains.yaml -I inc
if exits 0 && err_has 'warning[dts-dangling]'; then
	run -q warn.dts in/domains.yaml -I inc -o w1 -Werror
	check '-Werror' both 'exits 1' 'err_has "error[dts-dangling]"' '[ ! -e w1 ]'
	run -q warn.dts in/domains.yaml -I inc -o w1 -Werror=dts-dangling
	check '-Werror=<name>' both 'exits 1' '[ ! -e w1 ]'
	run -q warn.dts in/domains.yaml -I inc -o w1 -Werror=mem-shared
	check '-Werror=<another>' both 'exits 0' 'err_has "warning[dts-dangling]"'
	run -q warn.dts in/domains.yaml -I inc -o w2 -Werror -Wno-error=dts-dangling
	check '-Wno-error=<name> beats -Werror' both 'exits 0' 'err_has "warning[dts-dangling]"'
	run -q warn.dts in/domains.yaml -I inc -o w2 -Werror -Wno-error
	check '-Wno-error takes -Werror back' both 'exits 0' 'err_has "warning[dts-dangling]"'
	run -q warn.dts in/domains.yaml -I inc -o w3 -Wno-dts-dangling
	check '-Wno-<name>' both 'exits 0' silent '[ -s w3/system.dts ]'
	run -q warn.dts in/domains.yaml -I inc -o w4 -Wno-dts-dangling -Wdts-dangling
	check 'the last of -W and -Wno- wins' both 'exits 0' 'err_has "warning[dts-dangling]"'
	run -q warn.dts in/domains.yaml -I inc -o w5 -w
	check '-w' both 'exits 0' silent
else
	check 'a dangling number is a warning' false
fi
rm uarts.dtsi

# --- check ---
rm -rf generated
run check "${gen[@]}"
check 'check: nothing said, nothing written' both 'exits 0' silent '[ ! -e generated ]'
run check -v "${gen[@]}"
check 'check -v: the summary, nothing written' both 'exits 0' 'out_has linux' '[ ! -e generated ]'
run check "${gen[@]}" -o generated
check 'check -o: there is nothing to write' both 'exits 2' 'err_has "has no option" && err_has "sdtgen check" && err_has "-o"' '[ ! -e generated ]'
run check "${gen[@]}" -MD -MF check.d
check 'check -MD needs a target' both 'exits 2' 'err_has "-MT TARGET"' '[ ! -e check.d ]'
run check "${gen[@]}" -MD -MT stamp
check 'check -MD needs a file' both 'exits 2' 'err_has "-MF FILE"'
run check "${gen[@]}" -MD -MT stamp -MF check.d
check 'check -MD: the rule alone is written' \
	both 'exits 0' silent 'grep -q "^stamp: in/system.dts" check.d' '[ ! -e generated ]'
run check in/system.dts in/typo.yaml -I inc -MD -MT stamp -MF check2.d
check 'check -MD: no rule after errors' both 'exits 1' '[ ! -e check2.d ]'
rm -f check.d
run check in/system.dts in/typo.yaml -I inc
check 'check: errors' both 'exits 1' quiet_out 'err_has "error[unknown-device]"'
run check --list
check 'check --list' both 'exits 0' quiet_err 'out_has unknown-device' 'out_has Rules'
"$SDTGEN" check - in/domains.yaml -I inc -I in <in/system.dts >out 2>err
code=$?
check 'check -' both 'exits 0' silent

# --- forms of diagnostics ---
run check --format=json in/system.dts in/typo.yaml -I inc
check '--format=json' both 'exits 1' quiet_out 'json_ok err' 'err_has "\"unknown-device\""'
run check --format json "${gen[@]}"
check '--format=json without diagnostics is a document' both 'exits 0' quiet_out 'json_ok err'
run check --format=sarif in/system.dts in/typo.yaml -I inc
check '--format=sarif' \
	both 'exits 1' quiet_out 'json_ok err' 'err_has "2.1.0"' 'err_has unknown-device'
run gen --format=sarif "${gen[@]}" -v
check 'gen --format=sarif: no prose anywhere' both 'exits 0' quiet_out 'json_ok err'
run gen --format=json "${gen[@]}" -n
check 'gen -n --format=json: no prose either' both 'exits 0' quiet_out 'json_ok err'
run check --format=json missing.dts
check '--format=json of an I/O error' both 'exits 3' 'json_ok err'
for command in "gen -n" check map dtb "fmt -n" init; do
	inputs=(in/system.dts in/typo.yaml)
	case $command in dtb | fmt* | init) inputs=(in/system.dts) ;; esac
	case $command in fmt*) ;; *) inputs+=(-I inc) ;; esac
	# shellcheck disable=SC2086 # two words
	run $command --format=json "${inputs[@]}"
	mv out out.long && mv err err.long
	long=$code
	# shellcheck disable=SC2086
	run $command --json "${inputs[@]}"
	check "$command --json is short for --format=json" \
		both "exits $long" 'json_ok err' 'cmp -s out out.long' 'cmp -s err err.long'
done
run map --json "${gen[@]}"
check 'map --json: both outputs are JSON' both 'exits 0' 'json_ok out' 'json_ok err'
run map --svg --json "${gen[@]}"
check 'map --svg --json: a picture, and diagnostics as JSON' \
	both 'exits 0' 'out_has "<svg"' 'json_ok err'
run map --svg --html "${gen[@]}"
check 'map: one picture at a time' usage "'--html' after another form of the map: give one"
run explain --json
check 'no --json where nothing is data' both 'exits 2' "err_has \"has no option '--json'\""
escape=$(printf '\033')
run check in/system.dts in/typo.yaml -I inc
check '--color=auto: none where stderr is no terminal' both '! err_has "$escape"'
run check --color=always in/system.dts in/typo.yaml -I inc
check '--color=always' err_has "$escape"
run check --color in/system.dts in/typo.yaml -I inc
check '--color alone means always' err_has "$escape"
NO_COLOR=1 run check --color=always in/system.dts in/typo.yaml -I inc
check '--color=always beats NO_COLOR' err_has "$escape"
run check --color=always --color=never in/system.dts in/typo.yaml -I inc
check '--color=never' both '! err_has "$escape"'
if command -v script >/dev/null; then
	on_terminal() { env "$@" >/dev/null 2>&1; }
	command_line="'$SDTGEN' check in/system.dts in/typo.yaml -I inc"
	TERM=xterm script -qec "$command_line" /dev/null >err </dev/null
	check '--color=auto on a terminal' err_has "$escape"
	TERM=xterm NO_COLOR=1 script -qec "$command_line" /dev/null >err </dev/null
	check 'NO_COLOR on a terminal' both '! err_has "$escape"'
	TERM=dumb script -qec "$command_line" /dev/null >err </dev/null
	check 'a dumb terminal' both '! err_has "$escape"'
	TERM=xterm script -qec "'$SDTGEN' dtb plain.dts" /dev/null >err </dev/null
	check 'dtb: no blob to a terminal' err_has "nothing for a terminal"
else
	skip 'colour on a terminal' 'script(1) is not installed'
fi

# --- dependencies ---
rm -rf generated
run -q "${gen[@]}" -MD
check '-MD: DIR/sdtgen.d' both 'exits 0' '[ -s generated/sdtgen.d ]'
deps=$(tr -d '\\\n' <generated/sdtgen.d 2>/dev/null)
for file in in/system.dts in/uarts.dtsi in/logo.bin inc/sizes.h in/domains.yaml; do
	check "the rule has $file" both '[[ "${deps#*:} " == *" '"$file"' "* ]]'
done
for file in system.dts linux/domain.dts linux/domain.dtb rtos/domain.dts rtos/domain.dtb; do
	check "the rule has the target $file" both '[[ " ${deps%%:*} " == *" generated/'"$file"' "* ]]'
done
check 'the rule has nothing of cpp' both '[[ $deps != *"<"* ]]'
if command -v make >/dev/null; then
	cat >Makefile <<'EOF'
generated/linux/domain.dtb: ; @echo made
-include generated/sdtgen.d
EOF
	make_says() { [ "$(make -s 2>&1)" = "$1" ]; }
	old() { touch -d '2001-01-01' "$@"; }
	old in/* inc/*
	check 'make: up to date' make_says ''
	touch in/logo.bin
	check 'make: a file that /incbin/ read is newer' make_says made
	old in/logo.bin
	touch in/domains.yaml
	check 'make: the domain file is newer' make_says made
	old in/domains.yaml
	mv inc/sizes.h inc/other.h
	check 'make: a header is gone, without -MP' both '! make -s >/dev/null 2>&1'
	mv inc/other.h inc/sizes.h
	run -q "${gen[@]}" -MD -MP
	mv inc/sizes.h inc/other.h
	check 'make: a header is gone, with -MP' make_says made
	mv inc/other.h inc/sizes.h
	mkdir 'odd $dir#1:2'
	cp in/* 'odd $dir#1:2'
	run -q 'odd $dir#1:2/system.dts' 'odd $dir#1:2/domains.yaml' -I inc -o odd -MD -MF odd.d -MP
	printf 'odd/linux/domain.dtb: ; @echo made\n-include odd.d\n' >Makefile
	old odd*/*
	touch odd/linux/domain.dtb
	check 'make: blanks, dollars, hashes and colons in names' both 'exits 0' 'make_says ""'
	sleep 0.1 # file systems tell times apart by the tick of the kernel
	touch 'odd $dir#1:2/uarts.dtsi'
	check 'make: such a name is newer' make_says made
	rm Makefile
else
	skip 'make reads the rule' 'make is not installed'
fi
run -q "${gen[@]}" -MD -MF deps/x.d -MT 'target $(T)' -MQ 'quoted $x' -o out19
check '-MF, -MT and -MQ' \
	both 'exits 0' '[ ! -e out19/sdtgen.d ]' \
	"grep -qF 'target \$(T) quoted\\ \$\$x:' deps/x.d"
rm -rf out19 deps
run -q in/system.dts in/typo.yaml -I inc -MD -o out19
check 'no rule after an error' both 'exits 1' '[ ! -e out19 ]'
run -q "${gen[@]}" -MD -MF - -o out19
check '-MF -' both 'exits 0' 'out_has in/uarts.dtsi'

# --- dtb ---
run dtb plain.dts -o plain.dtb
check 'dtb' both 'exits 0' silent '[ -s plain.dtb ]'
run dtb plain.dts
check 'dtb to a pipe' both 'exits 0' quiet_err 'cmp -s out plain.dtb'
run dtb plain.dts -o -
check 'dtb -o -' both 'exits 0' quiet_err 'cmp -s out plain.dtb'
"$SDTGEN" dtb - <plain.dts >out 2>err
check 'dtb - reads standard input' cmp out plain.dtb
if command -v dtc >/dev/null; then
	dtc -q -I dts -O dtb plain.dts -o dtc.dtb
	check "dtb: dtc's bytes" cmp plain.dtb dtc.dtb
	dtc -q -@ -I dts -O dtb plain.dts -o dtc.dtb
	run dtb -@ plain.dts -o symbols.dtb
	check "dtb -@: dtc's bytes" cmp symbols.dtb dtc.dtb
	printf '/dts-v1/;\n/plugin/;\n&x { y = <&z>; };\n' >plugin.dts
	dtc -q -@ -I dts -O dtb plugin.dts -o dtc.dtb
	run dtb -@ plugin.dts -o plugin.dtb
	check "dtb -@ of a plugin: dtc's bytes" cmp plugin.dtb dtc.dtb
	dtc -q -I dts -O dtb plugin.dts -o dtc.dtb
	run dtb plugin.dts -o plugin.dtb
	check "dtb of a plugin: dtc's bytes" cmp plugin.dtb dtc.dtb
else
	skip "dtb: dtc's bytes" 'dtc is not installed'
fi
snapshot . | grep 'plain.dtb' >before
sleep 0.05
run dtb plain.dts -o plain.dtb
snapshot . | grep 'plain.dtb' >after
check 'dtb: an unchanged file keeps its time' both 'exits 0' 'cmp -s before after'
run dtb plain-two-errors.dts -o plain.dtb
snapshot . | grep 'plain.dtb' >after
check 'dtb: several errors in one run, output not touched' \
	both 'exits 1' 'cmp -s before after' '[ "$(grep -c "^error" err)" -ge 2 ]'
run dtb -n plain.dts -o other.dtb
check 'dtb -n' both 'exits 0' '[ "$(cat out)" = "would write other.dtb" ]' '[ ! -e other.dtb ]'
run dtb -MD plain.dts -o sub/plain.dtb
check 'dtb -MD: FILE.d' \
	both 'exits 0' '[ "$(cat sub/plain.d)" = "sub/plain.dtb: plain.dts" ]'
run dtb -MD plain.dts
check 'dtb -MD to standard output needs a target' both 'exits 2' 'err_has "-MT TARGET"'
run dtb -MD -MT x plain.dts
check 'dtb -MD to standard output needs a file' both 'exits 2' 'err_has "-MF FILE"'
run dtb -MD -MT x -MF x.d plain.dts
check 'dtb -MD -MT -MF to standard output' \
	both 'exits 0' 'cmp -s out plain.dtb' '[ "$(cat x.d)" = "x: plain.dts" ]'
run dtb plain.dtb -o other.dtb
check 'dtb of a blob' both 'exits 1' 'err_has "error[unsupported]"' '[ ! -e other.dtb ]'
run dtb plain.dts in/system.dts
check 'dtb of two files' usage "one file at a time; 'in/system.dts' is a second one"
run dtb
check 'dtb of nothing' both 'exits 2' 'err_has "no input"'
run dtb plain.dts -o in
check 'dtb -o names a folder' usage "'-o in' is a folder; name the file to write"
run dtb plain.dts -o plain.dts
check 'dtb onto its input' both 'exits 2' 'err_has "would overwrite an input"'
run dtb missing.dts -o other.dtb
check 'dtb of a missing file' both 'exits 3' 'err_has "error[io]"' '[ ! -e other.dtb ]'
mkfifo pipe.dtb
cat pipe.dtb >piped.dtb &
run dtb plain.dts -o pipe.dtb
wait
check 'dtb -o of a pipe' both 'exits 0' '[ -p pipe.dtb ]' 'cmp -s piped.dtb plain.dtb'
rm pipe.dtb
run dtb plain.dts -o plain.dts/x.dtb
check 'dtb: an output below a file' both 'exits 3' 'err_has "error[io]"'

# --- fmt ---
printf '/dts-v1/;\n/ {\n  a=<1>; /* kept */\n};\n' >ugly.dts
cp ugly.dts ugly2.dts
run fmt --check ugly.dts
check 'fmt --check lists and exits 1' both 'exits 1' quiet_err '[ "$(cat out)" = ugly.dts ]'
check 'fmt --check writes nothing' cmp ugly.dts ugly2.dts
run fmt --check -q ugly.dts
check 'fmt --check -q only exits 1' both 'exits 1' silent
run fmt -n ugly.dts
check 'fmt -n' both 'exits 0' '[ "$(cat out)" = "would write ugly.dts" ]' 'cmp -s ugly.dts ugly2.dts'
"$SDTGEN" fmt - <ugly.dts >formatted 2>err
check 'fmt -: standard input to standard output' \
	both '[ -s formatted ]' 'grep -q "kept" formatted' '! cmp -s formatted ugly.dts'
chmod 640 ugly.dts
run fmt ugly.dts
check 'fmt rewrites in place, rights kept' \
	both 'exits 0' silent 'cmp -s ugly.dts formatted' '[ "$(stat -c %a ugly.dts)" = 640 ]'
run fmt --check ugly.dts
check 'fmt --check of a formatted file' both 'exits 0' silent
snapshot . | grep ugly.dts >before
sleep 0.05
run fmt ugly.dts ugly.dts ./ugly.dts
snapshot . | grep ugly.dts >after
check 'fmt: a formatted file keeps its time; twice is once' both 'exits 0' silent 'cmp -s before after'
printf '/dts-v1/;\n/ { "unfinished\n' >broken.dts
cp ugly2.dts ugly3.dts
run fmt ugly3.dts broken.dts
check 'fmt: all or none' both 'exits 1' 'cmp -s ugly2.dts ugly3.dts'
run fmt ugly3.dts missing.dts
check 'fmt: a missing file' both 'exits 3' 'cmp -s ugly2.dts ugly3.dts' 'err_has missing.dts'
run fmt plain.dtb
check 'fmt of a blob' both 'exits 1' 'err_has "error[unsupported]"'
ln -s ugly3.dts link.dts
run fmt link.dts
check 'fmt through a link leaves the link' both 'exits 0' '[ -L link.dts ]' 'cmp -s ugly3.dts formatted'
run fmt
check 'fmt of nothing' both 'exits 2' 'err_has "no input"'
: >nothing.dts
run fmt --check nothing.dts
check 'fmt --check of an empty file' both 'exits 0' silent
run fmt nothing.dts
check 'fmt of an empty file' both 'exits 0' silent '[ -f nothing.dts ]' '[ ! -s nothing.dts ]'
mkfifo pipe.dts
cat ugly2.dts >pipe.dts &
run fmt pipe.dts
wait
check 'fmt of a pipe by its name: nothing to write back to' both 'exits 3' '[ -p pipe.dts ]'
rm pipe.dts
cp ugly2.dts -- --ugly.dts
run fmt -- --ugly.dts
check 'fmt --' both 'exits 0' 'cmp -s -- --ugly.dts formatted'

# --- explain ---
run explain
check 'explain lists the codes' both 'exits 0' quiet_err 'out_has mem-overlap' 'out_has --compat=lopper'
check 'explain marks what --compat=lopper lets pass' \
	both 'grep -q "^  unknown-device  *error  *\* " out' '! grep -q "^  dts-syntax.*\* " out'
codes=$(sed -n 's/^  \([a-z-]*\) .*/\1/p' out)
check 'explain has at least fifty codes' both '[ "$(wc -w <<<"$codes")" -ge 50 ]'
for code_name in $codes; do
	"$SDTGEN" explain "$code_name" >page 2>&1 && [ "$(wc -l <page)" -ge 5 ] ||
		echo "$code_name has no page"
done >pages
check 'every code has a page' both '[ ! -s pages ]'
run explain mem-overlap dts-ref
check 'explain of two codes' both 'exits 0' 'out_has "[mem-overlap]"' 'out_has "[dts-ref]"'
run explain mem-overlp
check 'explain of a misspelt code' usage "no diagnostic is named 'mem-overlp'; did you mean 'mem-overlap'?"

# --- streams ---
"$SDTGEN" --help >&- 2>err
code=$?
check 'a closed standard output is noticed' both 'exits 3' 'err_has "standard output"'
if [ -w /dev/full ]; then
	"$SDTGEN" --help >/dev/full 2>err
	code=$?
	check 'a full standard output is noticed' both 'exits 3' 'err_has "No space left"'
	"$SDTGEN" dtb plain.dts >/dev/full 2>err
	code=$?
	check 'dtb: a full standard output is noticed' both 'exits 3' 'err_has "error[io]"'
fi
{ "$SDTGEN" explain 2>err; echo $? >pipe-code; } | true
code=$(cat pipe-code)
check 'a reader that is gone: no signal, exit 0 or 3' both 'exits 0 || exits 3'
"$SDTGEN" check "${gen[@]}" <&- >out 2>err
code=$?
check 'a closed standard input does not matter' both 'exits 0' silent
"$SDTGEN" -q "${gen[@]}" -o out20 >&- 2>&-
code=$?
check 'closed streams do not get into the files' both 'exits 0' 'diff -r out11 out20 >/dev/null'
finish
