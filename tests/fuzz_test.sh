#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: test
# usual-seconds: 75
#
# Every fuzz target: its seeds, and then a short search; a long one in the long tier.
. "$(dirname "$0")/lib.sh"

bin=$BUILD/fuzz/tests/fuzz
[ -x "$bin/fuzz_dts" ] || skip_all fuzzing 'there is no clang to build the targets with'
seconds=9
[ "${TIER:-test}" = long ] && seconds=180
tests/fuzz/fuzz.sh "$bin" $seconds -seed=1
