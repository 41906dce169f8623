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

echo "1..$number"
exit $status
