#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: test
# usual-seconds: 20
#
# The benchmark runs, and time grows with the size of the system, not with its square: ten times the
# nodes may take thirty times the CPU time on a noisy machine, but not a hundred times.
. "$(dirname "$0")/lib.sh"

out=$(LOP_CORPUS=none tests/bench/bench.sh "$BUILD/sdtgen" "$BUILD/obj/tests/bench" 1000 10000)
verdict $? 'systems of 1000 and 10000 nodes'
sed 's/^/# /' <<<"$out"
small=$(awk '$1 == "generated-1000" { print $2; exit }' <<<"$out")
large=$(awk '$1 == "generated-10000" { print $2; exit }' <<<"$out")
awk -v a="${large:-0}" -v b="${small:-0}" 'BEGIN { exit !(a > 0 && b > 0 && a < 30 * b) }'
verdict $? "linear time: ${small:-?} ms, then ${large:-?} ms"
finish
