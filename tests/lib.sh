# shellcheck shell=bash
# SPDX-License-Identifier: BSD-3-Clause
#
# What the shell tests share: they source this first, by its place beside them, and end with finish.
# Knows how results are counted and told (TAP, as tests/run.sh reads it), nothing of what is tested.
#
# Afterwards the current folder is the project's root, and there are
#   BUILD           the build folder, as it was given
#   SDTGEN          the command under test, an absolute path
#   CORPUS          system device trees that are not part of the project; may not be there
#   tmp             a scratch folder, removed at the end
#   topic           what a script may set: a word that goes before the name of each test
set -u
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd) && cd "$root" || exit 1
BUILD=${BUILD:-build}
SDTGEN=${SDTGEN:-$BUILD/san/sdtgen}
case $SDTGEN in /*) ;; *) SDTGEN=$root/$SDTGEN ;; esac
CORPUS=${CORPUS:-../shared/corpus}
export BUILD SDTGEN LC_ALL=C
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
number=0 failed=0 topic=

# verdict STATUS NAME [FILE...]: one line of TAP; the files tell why a test failed. Returns the status.
verdict() {
	local status=$1 name=${topic:+$topic: }$2
	shift 2
	number=$((number + 1))
	if [ "$status" -eq 0 ]; then
		echo "ok $number - $name"
		return
	fi
	failed=$((failed + 1))
	echo "not ok $number - $name"
	[ $# -eq 0 ] || sed 's/^/# /' "$@" 2>/dev/null | head -n 60
	return "$status"
}

# succeeds NAME COMMAND...: what the command says tells why it failed.
succeeds() {
	local name=$1
	shift
	"$@" >"$tmp/said" 2>&1
	verdict $? "$name" "$tmp/said"
}

# empty FILE NAME: passes if the file, which lists what is wrong, is empty.
empty() {
	[ ! -s "$1" ]
	verdict $? "$2" "$1"
}

# skip NAME REASON: one test that cannot run; skip_all: none of the script can.
skip() {
	number=$((number + 1))
	echo "ok $number - ${topic:+$topic: }$1 # SKIP $2"
}

skip_all() {
	skip "$@"
	finish
}

# finish: the last line of every script.
finish() {
	echo "1..$number"
	exit $((failed > 0))
}
