#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: check
# usual-seconds: 10
#
# The scripts that others rely on: tests/run.sh and tests/lib.sh count what they should and fail when
# they should, .ci/deps installs only what is missing and says so, `make install` puts everything in
# its place.
. "$(dirname "$0")/lib.sh"
topic=house

# shows NAME COMMAND...: passes if the command succeeds; $tmp/out tells why it did not
shows() {
	local name=$1
	shift
	"$@"
	verdict $? "$name" "$tmp/out"
}

says() { grep -qF -e "$1" "$tmp/out"; }
last_line() { [ "$(tail -n 1 "$tmp/out")" = "$1" ]; }

# --- tests/run.sh ---

# counted NAME EXIT LAST-LINE SCRIPT: what run.sh makes of one test that does SCRIPT
counted() {
	printf '%s\n' "$4" >"$tmp/case.sh"
	tests/run.sh only "$tmp/case.sh" >"$tmp/out" 2>&1
	local code=$?
	shows "$1: exit" [ "$code" = "$2" ]
	shows "$1: $3" last_line "$3"
}

counted 'run.sh, a test that passes' 0 '2 passed, 0 failed' 'echo 1..2; echo ok 1 - a; echo ok 2 - b'
counted 'run.sh, a test that fails' 1 '1 passed, 1 failed' \
	'echo ok 1 - a; echo not ok 2 - b; echo 1..2; exit 1'
counted 'run.sh, a test that is skipped' 0 '0 passed, 0 failed, 1 skipped' 'echo "ok 1 - a # SKIP no tool"'
counted 'run.sh, a test without a plan' 1 '2 passed, 1 failed' \
	'echo ok 1 - a; echo ok 2 - b; exit 0'
counted 'run.sh, a test without a plan that skips only a part' 1 '1 passed, 1 failed, 1 skipped' \
	'echo ok 1 - a; echo "ok 2 - b # SKIP no tool"'
counted 'run.sh, a test that says nothing' 1 '0 passed, 1 failed' 'exit 0'
counted 'run.sh, a test that dies' 1 '1 passed, 1 failed' 'echo ok 1 - a; kill -SEGV $$'
counted 'run.sh, a test that stops early' 1 '1 passed, 2 failed' 'echo 1..3; echo ok 1 - a; exit 0'
counted 'run.sh, a test that never ends' 1 '1 passed, 1 failed' '# usual-seconds: 0.1
echo ok 1 - a; sleep 60'

# --- tests/lib.sh ---

script() { printf '. tests/lib.sh\n%s\nfinish' "$1"; }
counted 'lib.sh, what holds' 0 '2 passed, 0 failed' "$(script 'verdict 0 a; succeeds b true')"
counted 'lib.sh, a status that is not 0' 1 '1 passed, 1 failed' "$(script 'verdict 0 a; verdict 2 b')"
counted 'lib.sh, a command that fails' 1 '0 passed, 1 failed' "$(script 'succeeds a ls /nowhere')"
shows 'lib.sh, the command says why' says '| # ls: '
counted 'lib.sh, a file that is not empty' 1 '0 passed, 1 failed' \
	"$(script 'echo because >"$tmp/x"; empty "$tmp/x" a')"
shows 'lib.sh, the file says why' says '| # because'
counted 'lib.sh, one skipped' 0 '1 passed, 0 failed, 1 skipped' "$(script 'verdict 0 a; skip b "no tool"')"
counted 'lib.sh, all skipped' 0 '0 passed, 0 failed, 1 skipped' "$(script 'skip_all a "no tool"; verdict 1 b')"
counted 'lib.sh, an end before finish' 1 '1 passed, 1 failed' '. tests/lib.sh; verdict 0 a'

# --- .ci/deps, with a package manager made of paper ---

bin=$tmp/bin
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
deps() { PATH=$bin "$root/.ci/deps" "$1" >"$tmp/out" 2>&1; }

paper id 'echo 0'
shows 'deps: the paper tools left the real ones alone' [ "$(id -u)" = "$UID" ]
paper apt-get 'echo "apt-get $*"'
paper dpkg-query 'case "$*" in *libclang-rt-dev) exit 1 ;; *) printf installed ;; esac'
deps test
shows 'deps: installs what is missing' \
	says 'apt-get -q -y -o Dpkg::Use-Pty=0 install --no-install-recommends libclang-rt-dev'
shows 'deps: says so before' says 'installing with apt-get: libclang-rt-dev'
paper dpkg-query 'printf installed'
deps long
shows 'deps: silent when nothing is missing' [ ! -s "$tmp/out" ]
paper dpkg-query 'case "$*" in *libclang-rt-dev) exit 1 ;; *) printf installed ;; esac'
rm "$bin/apt-get"
deps test
shows 'deps: without apt-get, no reason to fail' [ $? = 0 ]
shows 'deps: without apt-get, one line' [ "$(wc -l <"$tmp/out")" = 1 ]
shows 'deps: the line names what is missing' says 'libclang-rt-dev'
paper dpkg-query 'exit 1'
rm -f "$bin/gcc"
deps build
shows 'deps: without a compiler there is one' [ $? = 1 ]
paper apt-get 'exit 100'
deps build
shows 'deps: an installation that fails is told' says 'apt-get could not install:'
paper id 'echo 1000'
deps build
shows 'deps: neither root nor sudo' says 'neither root nor sudo'
paper sudo 'echo "sudo $*"'
deps build
shows 'deps: sudo when not root' says 'sudo env DEBIAN_FRONTEND=noninteractive apt-get'
deps nonsense
shows 'deps: an unknown group is a mistake of usage' [ $? = 2 ]

# --- make install ---

make -s install DESTDIR="$tmp/stage" PREFIX=/usr >"$tmp/out" 2>&1
shows 'make install' [ $? = 0 ]
(cd "$tmp/stage/usr" && find . -type f ! -path './include/*' | sort) >"$tmp/out"
cat >"$tmp/places" <<'EOF'
./bin/sdtgen
./lib/liblopper.a
./lib/pkgconfig/sdtgen.pc
./share/bash-completion/completions/sdtgen
./share/fish/vendor_completions.d/sdtgen.fish
./share/man/man1/sdtgen.1
./share/man/man5/domains.yaml.5
./share/sdtgen/sdtgen.mk
./share/zsh/site-functions/_sdtgen
EOF
shows 'make install: the files in their places' cmp "$tmp/places" "$tmp/out"
find lopper-c ipc runtime -name '*.h' | sort >"$tmp/places"
(cd "$tmp/stage/usr/include/sdtgen" && find . -type f | sed 's|^\./||' | sort) >"$tmp/out"
shows 'make install: every header in its place' cmp "$tmp/places" "$tmp/out"
"$tmp/stage/usr/bin/sdtgen" --version >"$tmp/out" 2>&1
shows 'make install: the command runs' [ $? = 0 ]
make -s help >"$tmp/out" 2>&1
for goal in all demo check test test-long test-kernel-dts bench fuzz fmt lint install deps clean; do
	shows "make help: $goal" grep -q "^  $goal " "$tmp/out"
done

# --- our own trees ---

"$SDTGEN" fmt --check sdt/*.dts >"$tmp/out" 2>&1
shows 'sdt/: every tree is as sdtgen fmt prints it' [ $? = 0 ]
finish
