#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: check
# usual-seconds: 40
#
# Bad inputs and the exact text they get. Every folder of tests/bad is one input:
#
#   <code>[-more]/          starts with the code that the text must show
#     system.dts            and, where present, domains.yaml: what is checked, unless there is
#     args                  the whole command line after `sdtgen`, one line, read by the shell
#     setup                 shell lines run first, in the folder, for files too large to keep;
#                           what they make goes below $SCRATCH
#     expected.txt          standard error, to the byte; the scratch folder reads as SCRATCH
#     exit                  the exit code, 1 where there is no such file
#
# Every error and warning in an expected.txt must say what to do about it: a help. Every code of
# `sdtgen explain` must have a folder. UPDATE=1 writes expected.txt anew.
. "$(dirname "$0")/lib.sh"
FIRMWARE=${BUILD:-build}/san/tests/tools/firmware # for setup: makes programs and tables
case $FIRMWARE in /*) ;; *) FIRMWARE=$root/$FIRMWARE ;; esac
export NO_COLOR=1 FIRMWARE

arguments() {
	if [ -f args ]; then
		cat args
	elif [ -f domains.yaml ]; then
		echo check system.dts domains.yaml
	else
		echo check system.dts
	fi
}

# The longest code that the folder's name starts with.
code_of() {
	local code best=
	for code in $codes; do
		case $1 in
		"$code" | "$code"-*) [ ${#code} -gt ${#best} ] && best=$code ;;
		esac
	done
	echo "$best"
}

# The diagnostics of an expected.txt that have no help, in each format.
without_help() {
	awk '
		/^(error|warning)\[/ { if (open) print open; open = $0 }
		/^ *= help: ./ { open = "" }
		END { if (open) print open }
	' "$1"
	grep -F '"helps": []' "$1"
	grep -F '{"ruleId": ' "$1" | grep -vF '\nhelp: '
}

run_one() { # in the folder: prints what is wrong
	local name=$1 code want got
	code=$(code_of "$name")
	[ -n "$code" ] || echo "the name does not start with a code of sdtgen explain"
	SCRATCH=$tmp/$name
	export SCRATCH
	mkdir -p "$SCRATCH"
	if [ -f setup ]; then
		# shellcheck disable=SC1091
		(. ./setup) >"$tmp/log" 2>&1 || cat "$tmp/log"
	fi
	eval "$SDTGEN_QUOTED $(arguments)" >"$tmp/out" 2>"$tmp/err" </dev/null
	got=$?
	sed -i "s|$SCRATCH|SCRATCH|g" "$tmp/err"
	want=$(cat exit 2>/dev/null || echo 1)
	[ "$got" -eq "$want" ] || echo "exit code $got instead of $want"
	[ -z "${UPDATE:-}" ] || cp "$tmp/err" expected.txt
	[ -f expected.txt ] || { echo "there is no expected.txt"; cat "$tmp/err"; return; }
	diff -u --label expected.txt --label 'standard error' expected.txt "$tmp/err"
	grep -qF "[$code]" expected.txt || grep -qF "\"$code\"" expected.txt ||
		echo "expected.txt does not show $code"
	without_help expected.txt | sed 's/^/without help: /'
}

SDTGEN_QUOTED=$(printf %q "$SDTGEN")
codes=$("$SDTGEN" explain | sed -n 's/^  \([a-z][a-z-]*\) .*/\1/p')
[ -n "$codes" ] || { verdict 1 'sdtgen explain lists codes'; finish; }

covered=
for folder in "$root"/tests/bad/*/; do
	[ -d "$folder" ] || continue
	name=$(basename "$folder")
	covered="$covered $(code_of "$name")"
	cd "$folder" || exit 1
	run_one "$name" >"$tmp/why" 2>&1
	empty "$tmp/why" "$name"
	rm -rf "${tmp:?}/$name"
done
for code in $codes; do
	case "$covered " in
	*" $code "*) ;;
	*) echo "no folder of tests/bad starts with $code" ;;
	esac
done >"$tmp/why"
empty "$tmp/why" 'every code has a bad input'
finish
