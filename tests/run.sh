#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
#
# Runs the tests of a tier and adds up what they say.
#
#   tests/run.sh check|test|long PROGRAM...   the unit programs given, and every tests/*_test.sh of
#                                             the tier (check < test < long)
#   tests/run.sh only PROGRAM...              just these
#
# A test speaks TAP on standard output: "ok N - name", "not ok N - name", "# SKIP reason" at the end
# of a line for a test that could not run, "1..N" for the number of tests, which only a script that
# skips everything may leave out. cmocka does so by itself.
# A shell test states its tier and its usual time in its first lines:
#   # tier: check
#   # usual-seconds: 5
# and is stopped after ten times that. What fails is shown in full, what passes in one line.
set -u
cd "$(dirname "$0")/.." || exit 1

tier=${1:?usage: tests/run.sh check|test|long|only PROGRAM...}
shift
export BUILD=${BUILD:-build} TIER=$tier CC=${CC:-gcc}
export SDTGEN=${SDTGEN:-$BUILD/san/sdtgen}
# Tests that run make run it as a user does.
unset MAKEFLAGS MFLAGS MAKELEVEL
export CMOCKA_MESSAGE_OUTPUT=TAP LC_ALL=C NO_COLOR=1
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0:${ASAN_OPTIONS:-}
export UBSAN_OPTIONS=print_stacktrace=1:${UBSAN_OPTIONS:-}

log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
passed=0 failed=0 skipped=0

# header SCRIPT KEY DEFAULT
header() {
	local value
	value=$(head -n 12 "$1" | sed -n "s/^# $2: *//p" | head -n 1)
	echo "${value:-$3}"
}

# The time limit of a script: ten times what it usually takes.
limit() { awk -v s="$(header "$1" usual-seconds 60)" 'BEGIN { print 10 * s }'; }

in_tier() {
	case "$tier/$(header "$1" tier test)" in
	check/check | test/check | test/test | long/*) return 0 ;;
	esac
	return 1
}

# Counts of one log: passed failed skipped planned.
count() {
	awk '
	/^1\.\.[0-9]+/ { planned += substr($1, 4) }
	/^(not )?ok .*# SKIP/ { skipped++; next }
	/^ok / { passed++ }
	/^not ok / { failed++ }
	END { print passed + 0, failed + 0, skipped + 0, planned + 0 }' "$log"
}

# run NAME SECONDS COMMAND...
run() {
	local name=$1 limit=$2 status ok bad skip plan
	shift 2
	{ timeout --kill-after=10 "$limit" "$@" >"$log" 2>&1 </dev/null; } 2>/dev/null
	status=$?
	read -r ok bad skip plan < <(count)
	if [ "$status" -eq 124 ] || [ "$status" -eq 137 ]; then
		echo "not ok - $name ran into its limit of $limit s" >>"$log"
		bad=$((bad + 1))
	elif [ "$plan" -gt $((ok + bad + skip)) ]; then
		echo "not ok - $name stopped early (exit $status): $plan tests planned" >>"$log"
		bad=$((bad + plan - ok - bad - skip))
	elif [ "$plan" -eq 0 ] && [ $((ok + bad)) -gt 0 ]; then
		echo "not ok - $name has no plan (exit $status): did it reach its end?" >>"$log"
		bad=$((bad + 1))
	elif [ $((ok + bad + skip)) -eq 0 ] || { [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; }; then
		echo "not ok - $name: exit $status, $ok tests ran" >>"$log"
		bad=$((bad + 1))
	fi
	passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + skip))
	if [ "$bad" -gt 0 ]; then
		echo "FAIL $name: $bad of $((ok + bad + skip))"
		grep -v '^ok ' "$log" | sed 's/^/  | /'
	else
		printf 'ok   %s: %d%s\n' "$name" "$ok" "$([ "$skip" -gt 0 ] && echo ", $skip skipped")"
		sed -n 's/^.*# SKIP/  | skipped:/p' "$log"
	fi
}

for program in "$@"; do
	case $program in
	*.sh) run "$(basename "$program" .sh)" "$(limit "$program")" bash "$program" ;;
	*) run "unit/$(basename "$program")" 120 "$program" ;;
	esac
done
if [ "$tier" != only ]; then
	for script in tests/*_test.sh; do
		in_tier "$script" || continue
		run "$(basename "$script" .sh)" "$(limit "$script")" bash "$script"
	done
fi

echo
echo "$passed passed, $failed failed$([ "$skipped" -gt 0 ] && echo ", $skipped skipped")"
[ "$failed" -eq 0 ]
