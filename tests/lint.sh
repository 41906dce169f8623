#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
#
# The rules that keep the tree readable, each one a function that prints what breaks it.
#
#   tests/lint.sh [ROOT]     of the project, by default this one
#
# TAP on standard output, one test per rule, the offenders as comments.
. "$(dirname "$0")/lib.sh"
cd "${1:-.}" || exit 1
CC=${CC:-gcc} CLANG_FORMAT=${CLANG_FORMAT:-clang-format}

# Every file that is, or will be, in the repository.
if [ -d .git ] && command -v git >/dev/null 2>&1; then
	files=$(git -c safe.directory='*' ls-files --cached --others --exclude-standard)
else
	files=$(find . -path ./build -prune -o -path ./.git -prune -o -path './generated/*' \
		! -name README.md -prune -o -type f -print | sed 's|^\./||')
fi
files=$(for f in $files; do [ -f "$f" ] && echo "$f"; done | sort)
# Expected outputs are no sources.
sources() {
	grep -E '^(lopper-c|ipc|runtime|tests)/.*\.[ch]$' <<<"$files" | grep -v '^tests/golden/'
}

# Included from: what may be included. Folders of one line are equals and do not know each other.
include_order='base
diag
tree
dts yaml
merge
model
place
check
view
report
pack
emit
cmd'

# The abi folders are below everything: formats, and validators that every side uses. ipc/abi knows
# nobody, runtime/abi knows ipc/abi; ipc/, runtime/ and lopper-c/ know of one another only these.
# An #include goes down that list, or stays in its folder, and is written from the project's root;
# only tests have headers of their own beside them.
include_arrows() {
	sources | xargs grep -nE \
		'^[[:space:]]*#[[:space:]]*include[[:space:]]*("|<[^>]*(lopper-c|ipc|runtime|tests)/)' /dev/null |
		awk -F: -v order="$include_order" '
		BEGIN {
			n = split(order, lines, "\n")
			for (i = 1; i <= n; i++) {
				m = split(lines[i], names, " ")
				for (j = 1; j <= m; j++)
					rank[names[j]] = i
			}
		}
		{
			split($3, quoted, /["<>]/)
			target = quoted[2]
			place = $1 ":" $2 ": "
			k = split(target, to, "/")
			split($1, from, "/")
			if (from[1] == "tests" && k == 1)
				next # a header beside the test
			if (to[2] == "abi" && (to[1] == "ipc" || to[1] == "runtime")) {
				if (from[1] == "ipc" && from[2] == "abi" && to[1] == "runtime")
					print place "ipc/abi must not know runtime/abi"
			} else if (to[1] != "lopper-c" && to[1] != "tests") {
				print place "\"" target "\" is not written from the project root"
			} else if (from[1] == "lopper-c" && to[1] != "lopper-c") {
				print place from[2] "/ must not know tests/"
			} else if (from[1] == "tests" && from[2] == "oracle" && rank[to[2]] >= rank["model"]) {
				print place "the oracle must not know " to[2] "/"
			} else if (to[1] != "lopper-c" || from[1] == "tests") {
				next
			} else if (!(to[2] in rank) || !(from[2] in rank)) {
				print place "a folder that the order of tests/lint.sh does not have"
			} else if (from[2] != to[2] && rank[from[2]] <= rank[to[2]]) {
				print place from[2] "/ must not know " to[2] "/"
			}
		}'
}

# A header compiles by itself, and is guarded by <PREFIX>_<FOLDER>_<NAME>_H.
headers_alone() {
	local header guard
	for header in $(sources | grep '\.h$'); do
		"$CC" -std=c11 -D_POSIX_C_SOURCE=200809L -I. -Wall -Wextra -Werror -fsyntax-only \
			-include "$header" -x c /dev/null >/dev/null 2>"$tmp/said" ||
			{ echo "$header does not compile alone:"; head -n 3 "$tmp/said"; }
		[[ $header == tests/* ]] && continue
		guard=$(sed 's|^lopper-c/|LOP_|; s|^runtime/|PM_|; s|[/.]|_|g' <<<"$header" | tr '[:lower:]' '[:upper:]')
		grep -q "^#ifndef $guard\$" "$header" || echo "$header: the guard is not $guard"
	done
}

# What clang-format would print is what stands there.
formatted() {
	command -v "$CLANG_FORMAT" >/dev/null 2>&1 || { echo "SKIP $CLANG_FORMAT is not installed"; return; }
	sources | xargs -r "$CLANG_FORMAT" --dry-run -Werror 2>&1 | grep -E '^[^ ].*: error:' |
		cut -d: -f1,2 | awk -F: '!seen[$1]++ { print $0 ": not formatted (make fmt)" }'
}

# Every file that people write names the licence; inputs and expected outputs of tests need not.
licence_lines() {
	grep -vE '^LICENSE$|^tests/(bad|golden)/|^tests/fuzz/seeds/' <<<"$files" | while read -r f; do
		head -n 5 "$f" | grep -q 'SPDX-License-Identifier: BSD-3-Clause' ||
			echo "$f: no SPDX line at the top"
	done
}

# Every file has a place: a folder that the project knows, and a line in an objects.mk for a .c file.
strays() {
	local listed present
	grep -vE '^(Makefile|LICENSE|README\.md|CONTRIBUTING\.md|CHANGELOG\.md|\.clang-format)$|^\.(editorconfig|gitignore|gitattributes)$|^\.ci/(run|deps)$|^generated/README\.md$|^(lopper-c|ipc|runtime|sdt|boards|partitions|install|tests|docs)/' \
		<<<"$files" | sed 's/$/: has no place in this project/'
	grep -E '^(lopper-c|ipc|runtime)/' <<<"$files" | grep -vE '^[a-z-]+/[a-z]+/([a-z0-9_]+\.[ch]|objects\.mk)$' |
		sed 's/$/: has no place there/'
	listed=$(cat {lopper-c,ipc,runtime}/*/objects.mk tests/objects.mk 2>/dev/null |
		grep -oE '(lopper-c|ipc|runtime|tests)/[a-z0-9_/]+\.c' | sort)
	present=$(grep -E '^(lopper-c|ipc|runtime|tests)/.*\.c$' <<<"$files" |
		grep -vE '^tests/(unit|golden)/')
	comm -13 <(echo "$listed") <(echo "$present") | sed '/./s/$/: no objects.mk lists it/'
	comm -23 <(echo "$listed") <(echo "$present") |
		sed '/./s/$/: listed in an objects.mk, but not there/'
	uniq -d <<<"$listed" | sed '/./s/$/: listed twice/'
	grep -E '\.(o|d|a|dtb|orig|rej|swp)$' <<<"$files" | grep -vE '^tests/(bad|golden|fuzz/seeds)/' |
		sed 's/$/: a product or leftover, not a source/'
}

# Nothing names a place of the machine it was written on.
places() {
	grep -vE '^tests/lint(_test)?\.sh$' <<<"$files" |
		xargs grep -nIE '(^|[^[:alnum:]_.])/(work|root|home|farm)/|(deb|registry)\.[a-z.]+\.(org|com|net|io)' /dev/null
	sources | grep -v '^tests/' | xargs grep -nE '"/tmp/' /dev/null
}

# A file that is too long to be about one thing.
sizes() {
	grep -E '^(lopper-c|ipc|runtime)/' <<<"$files" | xargs -r wc -l |
		awk '$2 != "total" && $1 > 500 { print $2 ": " $1 " lines, more than 500" }'
}

topic=lint
for rule in include_arrows headers_alone formatted licence_lines strays places sizes; do
	$rule >"$tmp/out"
	if grep -q '^SKIP ' "$tmp/out"; then
		skip "$rule" "$(cut -d' ' -f2- "$tmp/out")"
	else
		empty "$tmp/out" "$rule"
	fi
done
finish
