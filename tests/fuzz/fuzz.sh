#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
#
# Replays the seeds of every fuzz target, then fuzzes it for a while.
#
#   tests/fuzz/fuzz.sh BIN SECONDS [LIBFUZZER-OPTION...]     BIN: folder of the targets
#
# What is found grows in BIN/corpus; an input that breaks a target is left in BIN/broken. Such an
# input becomes a seed before the mistake is mended. TAP on standard output.
set -u
bin=$(cd "${1:?usage: fuzz.sh BIN SECONDS}" && pwd) || exit 1
seconds=${2:?}
shift 2
cd "$(dirname "$0")" || exit 1
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=1}

number=0 status=0
# attempt NAME COMMAND...
attempt() {
	local name=$1
	shift
	number=$((number + 1))
	if "$@" </dev/null >"$bin/log" 2>&1; then
		echo "ok $number - $name$(sed -n 's/^Done \([0-9]*\) runs.*/ (\1 runs)/p' "$bin/log")"
	else
		echo "not ok $number - $name"
		grep -E 'ERROR|SUMMARY|Assertion|runtime error| in .*(lopper-c|ipc|runtime|tests/fuzz)/[a-z_/]*\.[ch]:|Test unit' \
			"$bin/log" | head -n 25 | sed 's/^/# /'
		status=1
	fi
}

for target in ${TARGETS:-dts dtb yaml fmt rsc elf table boot report}; do
	seeds=seeds/$target
	[ -d "$seeds" ] || seeds=seeds/dts
	[ "$target" != report ] || seeds=seeds/yaml
	options=(-timeout=20 -rss_limit_mb=2048 "-artifact_prefix=$bin/broken/$target-")
	[ -f "$(basename "$seeds").dict" ] && options+=("-dict=$(basename "$seeds").dict")
	mkdir -p "$bin/corpus/$target" "$bin/broken"
	attempt "$target: seeds" "$bin/fuzz_$target" "${options[@]}" -runs=0 "$seeds"
	[ "$seconds" -gt 0 ] || continue
	attempt "$target: $seconds s" "$bin/fuzz_$target" "${options[@]}" \
		"-max_total_time=$seconds" "-max_len=$([ "$target" = boot ] && echo 24576 || echo 4096)" "$@" "$bin/corpus/$target" "$seeds"
done
echo "1..$number"
exit $status
