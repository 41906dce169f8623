#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: check
# usual-seconds: 5
#
# `sdtgen completion`: the scripts are sound and complete, and bash completes what it should.
. "$(dirname "$0")/lib.sh"
topic=completion

for shell in bash zsh fish; do
	"$SDTGEN" completion $shell >"$tmp/$shell" 2>"$tmp/err"
	verdict $? "$shell" "$tmp/err"
	if command -v $shell >/dev/null; then
		succeeds "$shell takes the script" $shell -n "$tmp/$shell"
	else
		skip "$shell takes the script" "no $shell"
	fi
	"$SDTGEN" --help | grep -oE '(^| )--[a-z-]+' | tr -d ' -' | sort -u >"$tmp/words"
	"$SDTGEN" --help | sed -n 's/^  sdtgen \([a-z]*\) .*/\1/p' | sort -u >>"$tmp/words"
	while read -r word; do
		tr -d -- '-' <"$tmp/$shell" | grep -qw "$word" || echo "$word"
	done <"$tmp/words" >"$tmp/missing"
	empty "$tmp/missing" "$shell knows every long option and command"
done
"$SDTGEN" completion tcsh >"$tmp/out" 2>&1
[ $? = 2 ]
verdict $? 'another shell is a mistake of usage' "$tmp/out"

# completes NAME WORDS... -> ANSWERS...: the last of the words is completed to those, among others
completes() {
	local name=$1 words=() word
	shift
	while [ "$1" != '->' ]; do words+=("$1"); shift; done
	shift
	(
		cd "$tmp/work" || exit
		. "$tmp/bash"
		COMP_WORDS=(sdtgen "${words[@]}") COMP_CWORD=${#words[@]}
		_sdtgen
		printf '%s\n' "${COMPREPLY[@]}"
	) >"$tmp/out" 2>&1
	for word in "$@"; do
		case $word in
		!*) ! grep -qxF -e "${word#!}" "$tmp/out" ;;
		*) grep -qxF -e "$word" "$tmp/out" ;;
		esac || { verdict 1 "$name" "$tmp/out"; return; }
	done
	verdict 0 "$name"
}

mkdir -p "$tmp/work/folder"
touch "$tmp/work/system file.dts"
completes 'bash: commands' ch '->' check !gen
completes 'bash: files without a command' sys '->' 'system file.dts'
completes 'bash: files of a command' check sys '->' 'system file.dts' !schema
completes 'bash: options of gen without a command' --t '->' --trees !--list
completes 'bash: options of a command' check --l '->' --list
completes 'bash: only of that command' fmt -- '->' --check !--trees
completes 'bash: a value' gen --format '' '->' json sarif !always
completes 'bash: a value behind =' gen --format = j '->' json !text
completes 'bash: a value that may be missing' gen --color = '' '->' always !gen
completes 'bash: and the word behind it' gen --color sys '->' 'system file.dts' !always
completes 'bash: folders' gen -I '' '->' folder '!system file.dts'
completes 'bash: diagnostics' gen -Wmem-o '->' -Wmem-overlap !-Wall
completes 'bash: codes' explain mem-o '->' mem-overlap
completes 'bash: shells' completion '' '->' bash zsh fish
finish
