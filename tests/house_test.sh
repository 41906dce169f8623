#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: check
# usual-seconds: 10
#
# The scripts that others rely on: tests/run.sh counts what it should and fails when it should,
# .ci/deps installs only what is missing and says so, `make install` puts everything in its place.
set -u
cd "$(dirname "$0")/.." || exit 1
root=$PWD
number=0 status=0
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT

# verdict NAME COMMAND...: passes if the command succeeds; shows $dir/out if not
verdict() {
	local name=$1
	shift
	number=$((number + 1))
	if "$@"; then
		echo "ok $number - house: $name"
	else
		echo "not ok $number - house: $name"
		sed 's/^/#   /' "$dir/out"
		status=1
	fi
}

says() { grep -qF -e "$1" "$dir/out"; }
last_line() { [ "$(tail -n 1 "$dir/out")" = "$1" ]; }

# --- tests/run.sh ---

# counted NAME EXIT LAST-LINE SCRIPT: what run.sh makes of one test that does SCRIPT
counted() {
	printf '%s\n' "$4" >"$dir/case.sh"
	tests/run.sh only "$dir/case.sh" >"$dir/out" 2>&1
	local code=$?
	verdict "run.sh, $1: exit" [ "$code" = "$2" ]
	verdict "run.sh, $1: $3" last_line "$3"
}

counted 'a test that passes' 0 '2 passed, 0 failed' 'echo 1..2; echo ok 1 - a; echo ok 2 - b'
counted 'a test that fails' 1 '1 passed, 1 failed' \
	'echo ok 1 - a; echo not ok 2 - b; echo 1..2; exit 1'
counted 'a test that is skipped' 0 '0 passed, 0 failed, 1 skipped' 'echo "ok 1 - a # SKIP no tool"'
counted 'a test without a plan' 1 '2 passed, 1 failed' \
	'echo ok 1 - a; echo ok 2 - b; exit 0'
counted 'a test without a plan that skips only a part' 1 '1 passed, 1 failed, 1 skipped' \
	'echo ok 1 - a; echo "ok 2 - b # SKIP no tool"'
counted 'a test that says nothing' 1 '0 passed, 1 failed' 'exit 0'
counted 'a test that dies' 1 '1 passed, 1 failed' 'echo ok 1 - a; kill -SEGV $$'
counted 'a test that stops early' 1 '1 passed, 2 failed' 'echo 1..3; echo ok 1 - a; exit 0'
counted 'a test that never ends' 1 '1 passed, 1 failed' '# usual-seconds: 0.1
echo ok 1 - a; sleep 60'

# --- .ci/deps, with a package manager made of paper ---

bin=$dir/bin
mkdir "$bin"
for tool in bash dirname grep cat env sed id; do
	ln -s "$(command -v $tool)" "$bin/$tool"
done
# paper NAME SCRIPT: takes the place of a link, and must never be written through it
paper() {
	rm -f "$bin/$1"
	printf '#!/bin/sh\n%s\n' "$2" >"$bin/$1"
	chmod +x "$bin/$1"
}
deps() { PATH=$bin "$root/.ci/deps" "$1" >"$dir/out" 2>&1; }

paper id 'echo 0'
verdict 'deps: the paper tools left the real ones alone' [ "$(id -u)" = "$UID" ]
paper apt-get 'echo "apt-get $*"'
paper dpkg-query 'case "$*" in *libclang-rt-dev) exit 1 ;; *) printf installed ;; esac'
deps test
verdict 'deps: installs what is missing' \
	says 'apt-get -q -y -o Dpkg::Use-Pty=0 install --no-install-recommends libclang-rt-dev'
verdict 'deps: says so before' says 'installing with apt-get: libclang-rt-dev'
paper dpkg-query 'printf installed'
deps long
verdict 'deps: silent when nothing is missing' [ ! -s "$dir/out" ]
paper dpkg-query 'case "$*" in *libclang-rt-dev) exit 1 ;; *) printf installed ;; esac'
rm "$bin/apt-get"
deps test
verdict 'deps: without apt-get, no reason to fail' [ $? = 0 ]
verdict 'deps: without apt-get, one line' [ "$(wc -l <"$dir/out")" = 1 ]
verdict 'deps: the line names what is missing' says 'libclang-rt-dev'
paper dpkg-query 'exit 1'
rm -f "$bin/gcc"
deps build
verdict 'deps: without a compiler there is one' [ $? = 1 ]
paper apt-get 'exit 100'
deps build
verdict 'deps: an installation that fails is told' says 'apt-get could not install:'
paper id 'echo 1000'
deps build
verdict 'deps: neither root nor sudo' says 'neither root nor sudo'
paper sudo 'echo "sudo $*"'
deps build
verdict 'deps: sudo when not root' says 'sudo env DEBIAN_FRONTEND=noninteractive apt-get'
deps nonsense
verdict 'deps: an unknown group is a mistake of usage' [ $? = 2 ]

# --- make install ---

make -s install DESTDIR="$dir/stage" PREFIX=/usr >"$dir/out" 2>&1
verdict 'make install' [ $? = 0 ]
(cd "$dir" && find stage -type f | sort) >"$dir/out"
verdict 'make install: four files in their places' \
	[ "$(tr '\n' ' ' <"$dir/out")" = 'stage/usr/bin/sdtgen stage/usr/lib/liblopper.a stage/usr/share/man/man1/sdtgen.1 stage/usr/share/man/man5/domains.yaml.5 ' ]
"$dir/stage/usr/bin/sdtgen" --version >"$dir/out" 2>&1
verdict 'make install: the command runs' [ $? = 0 ]
make -s help >"$dir/out" 2>&1
for goal in all demo check test test-long test-kernel-dts bench fuzz fmt lint install deps clean; do
	verdict "make help: $goal" grep -q "^  $goal " "$dir/out"
done

# --- our own trees ---

"${SDTGEN:-build/san/sdtgen}" fmt --check sdt/*.dts >"$dir/out" 2>&1
verdict 'sdt/: every tree is as sdtgen fmt prints it' [ $? = 0 ]
echo "1..$number"
exit $status
