#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: test
# usual-seconds: 20
#
# The benchmark runs, and time grows with the size of the system, not with its square: ten times the
# nodes may take thirty times the CPU time on a noisy machine, but not a hundred times.
set -u
cd "$(dirname "$0")/.." || exit 1
build=${BUILD:-build}

out=$(LOP_CORPUS=none tests/bench/bench.sh "$build/sdtgen" "$build/obj/tests/bench" 1000 10000)
status=$?
sed 's/^/# /' <<<"$out"
if [ $status = 0 ]; then echo 'ok 1 - systems of 1000 and 10000 nodes'; else
	echo 'not ok 1 - systems of 1000 and 10000 nodes'; fi
small=$(awk '$1 == "generated-1000" { print $2; exit }' <<<"$out")
large=$(awk '$1 == "generated-10000" { print $2; exit }' <<<"$out")
if awk -v a="${large:-0}" -v b="${small:-0}" 'BEGIN { exit !(a > 0 && b > 0 && a < 30 * b) }'; then
	echo "ok 2 - linear time: $small ms, then $large ms"
else
	echo "not ok 2 - linear time: ${small:-?} ms, then ${large:-?} ms"
	status=1
fi
echo '1..2'
exit $status
