#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
#
# CPU time and peak memory of whole jobs (system and domains in, every file of every domain out),
# with `cpp | dtc -@` of the same system beside them.
#
#   tests/bench/bench.sh SDTGEN TOOLS [N...]     TOOLS: folder of the helper programs, see objects.mk
#
# What is measured and compared is the device trees alone (--trees), which is what dtc makes; a second
# line has every artifact. CPU time is user and system with all child processes, the best of several runs; peak is the largest
# resident set of any one process. N: sizes of the generated systems, 1000 5000 10000 50000 if none.
# The real systems of $LOP_CORPUS (../shared/corpus) come first where that folder is.
set -u
sdtgen=${1:?usage: bench.sh SDTGEN TOOLS [N...]} tools=${2:?}
shift 2
[ $# -gt 0 ] || set -- 1000 5000 10000 50000
corpus=${LOP_CORPUS:-$(dirname "$0")/../../../shared/corpus}
have_dtc=$(command -v dtc)
# libfdt's tools read one tree; sdtgen reads cpp directives as they do.
dtc_job='cpp -nostdinc -undef -x assembler-with-cpp "$0" | dtc -@ -q -I dts -O dtb -o "$1" - 2>/dev/null'

dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
declare -A cpu peak dtc_cpu

# job NAME RUNS DTC_RUNS SYSTEM [ARG...]
job() {
	local name=$1 runs=$2 dtc_runs=$3 system=$4 ours all theirs='- -' ratio='-'
	shift 4
	ours=$("$tools/measure" "$runs" "$sdtgen" -q --trees "$system" "$@" -o "$dir/$name.{}" 2>"$dir/log") || {
		printf '%-28s failed: %s\n' "$name" "$(head -n 1 "$dir/log")"
		failed=1
		return
	}
	if [ -n "$have_dtc" ] && [ "$dtc_runs" -gt 0 ]; then
		theirs=$("$tools/measure" "$dtc_runs" sh -c "$dtc_job" "$system" "$dir/dtc.dtb") ||
			theirs='- -'
	fi
	read -r cpu[$name] peak[$name] <<<"$ours"
	read -r dtc_cpu[$name] dtc_peak <<<"$theirs"
	[ "${dtc_cpu[$name]}" = - ] ||
		ratio=$(awk -v a="${cpu[$name]}" -v b="${dtc_cpu[$name]}" 'BEGIN { printf "%.2f", a / b }')
	printf '%-28s %10s %9s %12s %9s %7s\n' "$name" "${cpu[$name]}" \
		"$(mib "${peak[$name]}")" "${dtc_cpu[$name]}" "$(mib "$dtc_peak")" "$ratio"
	all=$("$tools/measure" "$runs" "$sdtgen" -q "$system" "$@" -o "$dir/$name-all.{}" 2>"$dir/log") &&
		printf '%-28s %10s %9s\n' '  with all artifacts' "${all% *}" "$(mib "${all#* }")"
	"$sdtgen" -q --timing "$system" "$@" -o "$dir/$name.timing" 2>&1 | grep '^timing:' |
		sed "s/^timing:/$name/" >>"$dir/stages"
}

mib() { [ "$1" = - ] && echo - || awk -v k="$1" 'BEGIN { printf "%.1f", k / 1024 }'; }

# goal TEXT VALUE LIMIT: one line; nothing where the value is missing
goal() {
	[ -n "$2" ] || return
	awk -v text="$1" -v v="$2" -v max="$3" 'BEGIN {
		printf "  %-62s %8.2f  %s\n", text, v, v <= max ? "reached" : "MISSED (at most " max ")" }'
}

quotient() { [ -n "$1" ] && [ -n "$2" ] && [ "$2" != - ] && awk -v a="$1" -v b="$2" 'BEGIN { print a / b }'; }

failed=0
printf '%-28s %10s %9s %12s %9s %7s\n' input 'CPU ms' 'peak MiB' 'cpp|dtc ms' 'peak MiB' ratio
if [ -d "$corpus" ]; then
	for folder in versal2-vek385-openamp versal-vck190-board zynqmp-libmetal imx8mm-evk-board; do
		[ -d "$corpus/$folder" ] || continue
		job "$folder" 10 10 "$corpus/$folder/system.dts" "$corpus/$folder"/*.yaml \
			--compat=lopper
	done
else
	echo "(no $corpus: generated systems only)"
fi
for n in "$@"; do
	mkdir "$dir/in.$n"
	"$tools/generate" "$n" "$dir/in.$n" || exit 1
	runs=5 dtc_runs=3
	# dtc's time grows with the square of the size: once has to do.
	[ "$n" -gt 10000 ] && runs=3 dtc_runs=1
	job "generated-$n" $runs $dtc_runs "$dir/in.$n/system.dts" "$dir/in.$n/domains.yaml"
done

echo
echo 'stages'
cat "$dir/stages" 2>/dev/null
echo
echo 'goals'
v2=versal2-vek385-openamp
goal 'Versal 2 VEK385, 7 domains: CPU time / that of cpp | dtc -@' \
	"$(quotient "${cpu[$v2]:-}" "${dtc_cpu[$v2]:-}")" 0.45
goal '50k nodes: CPU time / that of 5k' \
	"$(quotient "${cpu[generated-50000]:-}" "${cpu[generated-5000]:-}")" 12
goal '50k nodes: CPU time in ms' "${cpu[generated-50000]:-}" 1000
goal '50k nodes: peak memory in MiB' "$(quotient "${peak[generated-50000]:-}" 1024)" 238
exit $failed
