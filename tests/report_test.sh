#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: check
# usual-seconds: 15
#
# What is written for people: the reports and maps of tests/golden/links are those reviewed by hand, a
# map comes out whatever is wrong with the input, and no name can break out of any form of a report.
# UPDATE=1 rewrites tests/golden/report.
# shellcheck disable=SC2016 # texts with backquotes
set -u
cd "$(dirname "$0")/.." || exit 1
SDTGEN=$PWD/${SDTGEN:-build/san/sdtgen}
root=$PWD links=$PWD/tests/golden/links golden=$PWD/tests/golden/report
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
number=0 status=0

verdict() { # verdict STATUS NAME
	number=$((number + 1))
	if [ "$1" = 0 ]; then
		echo "ok $number - report: $2"
	else
		echo "not ok $number - report: $2"
		status=1
	fi
}
has() { grep -qF -- "$1" "$2"; }
json_ok() {
	if command -v python3 >/dev/null; then
		python3 -m json.tool "$1" >/dev/null
	else
		grep -q '^{' "$1"
	fi
}
# No control character but newlines, in UTF-8 or alone.
clean() { ! LC_ALL=C tr -d '\n' <"$1" | LC_ALL=C grep -qP '[\x00-\x1f\x7f]|\xc2[\x80-\x9f]'; }

# --- the system with links ---

(cd "$links" && "$SDTGEN" -q system.dts domains.yaml -o "$dir/out" &&
	"$SDTGEN" map system.dts domains.yaml >"$dir/out/map.txt" &&
	"$SDTGEN" map --json system.dts domains.yaml >"$dir/out/map.json" &&
	"$SDTGEN" map --svg system.dts domains.yaml >"$dir/out/map.svg" &&
	"$SDTGEN" map --html system.dts domains.yaml >"$dir/out/map.html")
verdict $? 'reports and maps come out'
[ -z "${UPDATE:-}" ] || { mkdir -p "$golden" && cp "$dir"/out/report.* "$dir"/out/map.* "$golden"; }
for want in "$golden"/*; do
	file=$(basename "$want")
	diff -u "$want" "$dir/out/$file" >"$dir/diff" || head -n 40 "$dir/diff"
	verdict "$([ ! -s "$dir/diff" ]; echo $?)" "$file is as expected"
done
for file in "$dir"/out/*.json; do
	json_ok "$file"
	verdict $? "$(basename "$file") is JSON"
done
(cd "$dir" && "$SDTGEN" -q "$links/system.dts" "$links/domains.yaml" -o again)
for file in "$dir"/out/report.*; do
	cmp "$file" "$dir/again/$(basename "$file")"
	verdict $? "$(basename "$file"): the same bytes from another folder"
done
"$SDTGEN" map "$links/system.dts" "$links/domains.yaml" -o "$dir/map" && cmp "$dir/map" "$golden/map.txt"
verdict $? '-o writes the map to a file'

# --- memory that a manager shows elsewhere ---

moved=$root/tests/golden/split/guest-address
(cd "$moved" && "$SDTGEN" -q -Wno-dma-open system.dts domains.yaml -o "$dir/moved" &&
	"$SDTGEN" -q map -Wno-dma-open system.dts domains.yaml >"$dir/map" &&
	"$SDTGEN" -q map -Wno-dma-open --json system.dts domains.yaml >"$dir/map.json")
verdict $? 'moved: the system is taken'
# view NAME: the rows of one map of $dir/map, their columns apart by one blank
view() { awk -v title="Addresses of $1" '/^Addresses of/ { on = $0 == title } on' "$dir/map" | tr -s ' '; }
view 'the machine' >"$dir/machine"
view 'domain linux' >"$dir/linux"
view 'domain rtos' >"$dir/rtos"
verdict "$(has '0x50000000 0x57ffffff 128 MiB memory memory@40000000 linux' "$dir/machine"; echo $?)" \
	'moved: the machine has it where it is'
verdict "$(has '0x40000000 0x47ffffff 128 MiB 0x50000000 memory memory@40000000 linux' "$dir/linux"; echo $?)" \
	'moved: the domain sees it elsewhere'
verdict "$(has '0x41000000 0x410fffff 1 MiB 0x51000000 reserved pool linux' "$dir/linux"; echo $?)" \
	'moved: a region goes along'
verdict "$(has '0x40000000 0x4007ffff 512 KiB 0x50000000 reserved firmware@4ff00000' "$dir/linux"; echo $?)" \
	'moved: of what is not the domain'"'"'s the part in its memory is shown'
verdict "$(has '0x60000000 0x63ffffff 64 MiB memory memory@40000000 linux' "$dir/linux"; echo $?)" \
	'moved: other memory stays'
verdict "$(has '0x40ffe000 0x40ffffff 8 KiB 0x431fe000 trace trace rtos' "$dir/rtos"; echo $?)" \
	'moved: so does the trace buffer'
verdict "$(grep -q '<free>\|manager' "$dir/linux" "$dir/rtos"; [ $? = 1 ]; echo $?)" \
	'moved: what the domain does not have is not shown'
verdict "$(json_ok "$dir/map.json" && has '"domain": "linux"' "$dir/map.json"; echo $?)" 'moved: the map as JSON'
verdict "$(has 'As seen by domain rtos' "$dir/moved/report.html"; echo $?)" 'moved: the map as a page'
verdict "$(has 'domain linux' "$dir/moved/report.txt"; echo $?)" 'moved: the map in the report'
(cd "$moved" && "$SDTGEN" check -v system.dts domains.yaml) >"$dir/map" 2>/dev/null
verdict "$(has "memory    [0x40000000..0x40ffffff] (16 MiB), the machine's [0x42200000..0x431fffff]" "$dir/map"; echo $?)" \
	'moved: the summary tells both'

# --- inputs with errors ---

for bad in mem-overlap unknown-device yaml-syntax dts-syntax-missing-semicolon; do
	inputs=(system.dts)
	[ -e "tests/bad/$bad/domains.yaml" ] && inputs+=(domains.yaml)
	(cd "tests/bad/$bad" && "$SDTGEN" map "${inputs[@]}") >"$dir/map" 2>"$dir/err"
	code=$?
	verdict "$([ $code = 1 ] && grep -q '^error\[' "$dir/err"; echo $?)" "$bad: errors are reported, exit 1"
	verdict "$(grep -qE '^ +Start +End|^! +Start|0x' "$dir/map"; echo $?)" "$bad: and the map shows what there is"
	(cd "tests/bad/$bad" && "$SDTGEN" check "${inputs[@]}") >/dev/null 2>"$dir/check"
	cmp -s "$dir/err" "$dir/check"
	verdict $? "$bad: the reports are those of check"
done
(cd tests/bad/mem-overlap && "$SDTGEN" map system.dts domains.yaml) >"$dir/map" 2>/dev/null
verdict "$(has '! overlap of [0x1f000000..0x1fffffff] (16 MiB): memory ddr of linux0 and memory ddr of rtos0' "$dir/map"; echo $?)" \
	'an overlap is told'
verdict "$([ "$(grep -c '^! *0x' "$dir/map")" -ge 2 ]; echo $?)" 'and marked at both ends'
"$SDTGEN" map "$dir/nowhere.dts" >"$dir/map" 2>/dev/null
verdict "$([ $? = 3 ] && [ ! -s "$dir/map" ]; echo $?)" 'no input, no map'

# --- hostile names ---

hostile=$'<img src=x onerror=alert(1)>&"\'\\\e[31m\u0085\u202e'
mkdir -p "$dir/<b>&\"'"
cat >"$dir/<b>&\"'/system.dts" <<'END'
/dts-v1/;
/ {
	model = "</title><script>alert(1)</script>\x1b[31m\xff\xc2\x85 &amp; \"'";
	#address-cells = <1>;
	#size-cells = <1>;
	a: cpus { compatible = "cpus,cluster"; #address-cells = <1>; #size-cells = <0>;
		cpu@0 { device_type = "cpu"; compatible = "arm,cortex-a53"; reg = <0>; }; };
	memory@0 { device_type = "memory"; reg = <0 0x40000000>; };
};
END
cat >"$dir/<b>&\"'/domains.yaml" <<END
domains:
  one: { id: 1, "os,type": linux, cpus: [{ cluster: a, cpumask: 1 }], memory: [{ start: 0, size: 1M }],
    image: $(printf '"%s"' "$(sed 's/\\/\\\\/g; s/"/\\"/g; s/\x1b/\\e/g; s/\xc2\x85/\\N/g' <<<"$hostile")") }
END
"$SDTGEN" -q "$dir/<b>&\"'/system.dts" "$dir/<b>&\"'/domains.yaml" -o "$dir/hostile" 2>"$dir/err"
verdict $? 'a system with hostile names is taken'
json_ok "$dir/hostile/report.json"
verdict $? 'its report.json is JSON'
(cd "$dir/<b>&\"'" && "$SDTGEN" map --svg system.dts domains.yaml -o ../hostile/map.svg)
for file in report.txt report.json report.html map.svg; do
	clean "$dir/hostile/$file"
	verdict $? "$file has no control characters"
done
for file in report.html map.svg; do
	! grep -oE '<[a-z!/][^ >]*' "$dir/hostile/$file" | sort -u |
		grep -vxE '</?(html|head|meta|title|style|body|svg|defs|pattern|path|header|h[1-4]|p|nav|a|main|ul|li|span|section|div|g|rect|text|table|thead|tbody|tr|th|td|footer|strong)|<!DOCTYPE'
	verdict $? "$file: a name makes no element"
	! grep -oE '<[a-z][^>]*>' "$dir/hostile/$file" | grep -oE ' [a-z-]+=' | sort -u |
		grep -vxE ' (lang|charset|name|content|http-equiv|width|height|class|aria-(hidden|label)|id|viewBox|role|d|x|y|rx|tabindex|scope|href|patternUnits|xmlns)='
	verdict $? "$file: a name makes no attribute"
done
verdict "$(has '&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;' "$dir/hostile/report.html"; echo $?)" \
	'the page shows the name as it is'
! grep -qE '<script|https?:|url\([^#]|src=|@import|<link' "$dir/out/report.html"
verdict $? 'the page loads nothing from elsewhere and runs nothing'

# --- two systems ---

differs() { # differs NAME CODE LINES A B [OPTION...]: what diff says and how it ends
	local name=$1 code=$2 lines=$3
	shift 3
	"$SDTGEN" diff "$@" >"$dir/said" 2>"$dir/err"
	[ $? = "$code" ] && diff -u <(printf %s "$lines") "$dir/said"
	verdict $? "diff: $name"
}
variant() { # variant NAME SED: the system with links, its domain file changed
	mkdir -p "$dir/in" && cp "$links/system.dts" "$dir/in" && sed "$2" "$links/domains.yaml" >"$dir/in/domains.yaml" &&
		(cd "$dir/in" && "$SDTGEN" -q system.dts domains.yaml -o "$dir/$1")
	verdict $? "diff: the system $1 is taken"
}
differs 'a system is its own equal' 0 '' "$dir/out" "$dir/again"
differs 'files or folders' 0 '' "$dir/out/report.json" "$dir/again"
variant comments 's/^domains:/# one\n# two\ndomains:/'
differs 'where something stands is no difference' 0 '' "$dir/out" "$dir/comments"
variant other '/id: 2/a\    watchdog: 100ms
	s/start: 0x60000000, size: 1M/start: 0x61000000, size: 2M/
	s/os,type: freertos/os,type: zephyr/'
differs 'what was lost, gained, moved, changed' 1 "rtos: os freertos -> zephyr
rtos: trace moved 0x600fe000 -> 0x611fe000
rtos: watchdog-ms none -> 100
rtos: memory moved 0x20000000 at 0x60000000 -> 0x21000000 at 0x61000000
rtos: memory size 1 MiB -> 2 MiB
link bulk: window moved 0x60100000 -> 0x60000000
link commands: window moved 0x60120000 -> 0x60020000
" "$dir/out" "$dir/other"
mkdir -p "$dir/elsewhere" && cp "$moved/system.dts" "$dir/elsewhere" &&
	sed 's/128M, guest-address: 0x4/128M, guest-address: 0x8/; s/16M, guest-address: 0x40000000/16M/' "$moved/domains.yaml" \
		>"$dir/elsewhere/domains.yaml" &&
	(cd "$dir/elsewhere" && "$SDTGEN" -q -Wno-dma-open system.dts domains.yaml -o "$dir/moved2")
verdict $? 'diff: the system with memory elsewhere is taken'
differs 'memory that is seen elsewhere' 1 "linux: memory moved 0x40000000 at 0x50000000 -> 0x80000000 at 0x50000000
rtos: memory moved 0x40000000 at 0x42200000 -> 0x42200000
link data: window moved 0x48000000 -> 0x40000000
" "$dir/moved" "$dir/moved2"
sed '/dev: rtc0/d; s/dev: virtio_mmio23/dev: virtio_mmio22/' partitions/demo/domains.yaml >"$dir/demo.yaml"
"$SDTGEN" -q sdt/qemu-virt-arm64.dts partitions/demo/domains.yaml -o "$dir/demo" &&
	"$SDTGEN" -q sdt/qemu-virt-arm64.dts "$dir/demo.yaml" -o "$dir/demo2"
differs 'devices' 1 "linux lost rtc0
control lost virtio_mmio23
control gained virtio_mmio22
" "$dir/demo" "$dir/demo2"
"$SDTGEN" diff --format=json "$dir/out" "$dir/other" >"$dir/said"
verdict "$([ $? = 1 ] && json_ok "$dir/said"; echo $?)" 'diff: as JSON'
differs 'quiet' 1 '' -q "$dir/out" "$dir/other"
(cd "$links" && sed 's/^  commands:.*//' domains.yaml >"$dir/in/domains.yaml")
(cd "$dir/in" && "$SDTGEN" -q system.dts domains.yaml -o "$dir/unlinked")
differs 'a link is gone' 1 "link commands is gone
" "$dir/out" "$dir/unlinked"
differs 'a link is new' 1 "link commands is new
" "$dir/unlinked" "$dir/out"
differs 'one operand' 2 '' "$dir/out"
differs 'three operands' 2 '' "$dir/out" "$dir/out" "$dir/out"
differs 'SARIF' 2 '' --format=sarif "$dir/out" "$dir/out"
differs 'a file that is not there' 3 '' "$dir/out" "$dir/nowhere"
differs 'a folder without a report' 3 '' "$dir/out" "$dir/in"
differs 'a map is no report' 2 '' "$dir/out" "$dir/out/map.json"
differs 'a tree is no report' 2 '' "$links/system.dts" "$dir/out"
differs 'a binary is no report' 2 '' "$dir/out/linux/domain.dtb" "$dir/out"
sed 's/"version": 1/"version": 2/' "$dir/out/report.json" >"$dir/newer"
differs 'another version' 2 '' "$dir/out" "$dir/newer"
for n in 1 10 100 1000 5000; do
	head -c "$n" "$dir/out/report.json" >"$dir/cut"
	differs "a report cut after $n bytes" 2 '' "$dir/cut" "$dir/out"
done
differs 'standard input twice' 2 '' - -
"$SDTGEN" diff - "$dir/out" <"$dir/out/report.json"
verdict $? 'diff: standard input'
differs 'hostile names are their own equals' 0 '' "$dir/hostile" "$dir/hostile"
"$SDTGEN" diff "$dir/out" "$dir/hostile" >"$dir/said"
verdict "$([ $? = 1 ] && clean "$dir/said"; echo $?)" 'diff: hostile names stay text'

echo "1..$number"
exit $status
