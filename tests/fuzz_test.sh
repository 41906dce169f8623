#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: test
# usual-seconds: 75
#
# Every fuzz target: its seeds, and then a short search; a long one in the long tier.
set -u
cd "$(dirname "$0")/.." || exit 1

bin=${BUILD:-build}/fuzz/tests/fuzz
if [ ! -x "$bin/fuzz_dts" ]; then
	echo 'ok 1 - fuzzing # SKIP there is no clang to build the targets with'
	exit 0
fi
seconds=9
[ "${TIER:-test}" = long ] && seconds=180
exec tests/fuzz/fuzz.sh "$bin" $seconds -seed=1
