#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: check
# usual-seconds: 20
#
# What `make install` gives to other projects, used as they use it: sdtgen.mk rebuilds when a file
# changes that was read, and only then; a program compiles and links with what pkg-config says of it;
# the completion scripts are those of the command.
. "$(dirname "$0")/lib.sh"
topic=install
stage=$tmp/stage
make -s install DESTDIR="$stage" PREFIX=/opt/sdt >"$tmp/out" 2>&1
verdict $? 'make install' "$tmp/out"
share=$stage/opt/sdt/share

for where in bash-completion/completions/sdtgen:bash zsh/site-functions/_sdtgen:zsh \
	fish/vendor_completions.d/sdtgen.fish:fish; do
	succeeds "completion of ${where#*:}" \
		cmp "$share/${where%:*}" <("$SDTGEN" completion "${where#*:}")
done

# --- sdtgen.mk ---
mkdir "$tmp/user"
cd "$tmp/user" || exit 1
cat >board.dts <<'EOF'
/dts-v1/;
#include "memory.h"
/ {
	#address-cells = <1>;
	#size-cells = <1>;
	cpus: cpus {
		compatible = "cpus,cluster";
		#address-cells = <1>;
		#size-cells = <0>;
		cpu@0 {
			compatible = "arm,cortex-a9";
			device_type = "cpu";
			reg = <0>;
		};
	};
	memory@0 {
		device_type = "memory";
		reg = <0 MEMORY>;
	};
};
EOF
echo '#define MEMORY 0x1000000' >memory.h
"$SDTGEN" init board.dts -o domains.yaml
cat >Makefile <<EOF
all: copy.dtb
include $share/sdtgen/sdtgen.mk
\$(eval \$(call sdtgen,out,board.dts,domains.yaml))
copy.dtb: out/cpus/domain.dtb
	cp \$< \$@
EOF
# builds NAME TEXT: make succeeds and says the text; an empty text: it has nothing to do
builds() {
	local done=$tmp/made
	MAKEFLAGS='' make "SDTGEN=$SDTGEN" >"$done" 2>&1 || { verdict 1 "$1" "$done"; return; }
	if [ -n "$2" ]; then grep -qF -e "$2" "$done"; else ! grep -qE '^(cp|[^ ]*sdtgen) ' "$done"; fi
	verdict $? "$1" "$done"
}
later() { touch -d "@$(($(date +%s) + $1))" "$2"; }

builds 'sdtgen.mk: the first time' 'cp out/cpus/domain.dtb copy.dtb'
builds 'sdtgen.mk: nothing to do' ''
rm out/cpus/domain.dts out/cpus/platform.h
printf '%%.elf: out/%%/domain.dts out/%%/platform.h\n\tcp $< $@\nall: cpus.elf\n' >>Makefile
builds 'sdtgen.mk: what was removed comes back' 'cp out/cpus/domain.dts cpus.elf'
[ -e out/cpus/domain.dts ] && [ -e out/cpus/platform.h ]
verdict $? 'sdtgen.mk: make keeps what only a pattern names' "$tmp/made"
! MAKEFLAGS='' make "SDTGEN=$SDTGEN" out/cpus/none.h >"$tmp/made" 2>&1 && grep -q 'none.h is no file' "$tmp/made"
verdict $? 'sdtgen.mk: a file that no run makes is an error' "$tmp/made"
touch -d '1 hour ago' out/sdtgen.stamp out/*/* copy.dtb
touch -d '2 hours ago' board.dts domains.yaml
builds 'sdtgen.mk: a file that was included is newer' 'gen -q'
! grep -q '^cp' "$tmp/made"
verdict $? 'sdtgen.mk: what came out the same is not made again' "$tmp/made"
echo '#define MEMORY 0x2000000' >memory.h
later 2 memory.h
builds 'sdtgen.mk: a file that was included has changed' 'gen -q'
touch out/sdtgen.stamp -r memory.h
rm memory.h
sed -i 's/#include.*//; s/MEMORY/0x3000000/' board.dts
later 4 board.dts
builds 'sdtgen.mk: an include that is gone is no error' 'gen -q'
echo 'nonsense: [' >domains.yaml
later 6 domains.yaml
! MAKEFLAGS='' make "SDTGEN=$SDTGEN" >"$tmp/made" 2>&1
verdict $? 'sdtgen.mk: an error is one of make' "$tmp/made"
! MAKEFLAGS='' make "SDTGEN=$SDTGEN" >"$tmp/made" 2>&1
verdict $? 'sdtgen.mk: and the next time again' "$tmp/made"

# --- sdtgen.pc ---
if ! command -v pkg-config >/dev/null; then
	skip_all 'a program of the library' 'no pkg-config'
fi
cat >use.c <<'EOF'
#include "lopper-c/base/str.h"
#include "lopper-c/emit/json_schema.h"

int main(void)
{
	struct lop_buf text = { 0 };
	uint64_t size;

	lop_emit_json_schema(&text);
	lop_buf_free(&text);
	return !lop_str_number("64K", &size) || size != 65536;
}
EOF
pc() { PKG_CONFIG_PATH=$stage/opt/sdt/lib/pkgconfig PKG_CONFIG_SYSROOT_DIR=$stage pkg-config "$@" sdtgen; }
[ "sdtgen $(pc --modversion)" = "$("$SDTGEN" --version)" ]
verdict $? 'sdtgen.pc: the version of the command'
# shellcheck disable=SC2046 # words
succeeds 'sdtgen.pc: a program links' \
	"${CC:-gcc}" -std=c11 -D_POSIX_C_SOURCE=200809L $(pc --cflags) use.c $(pc --libs) -o use
succeeds 'sdtgen.pc: and runs' ./use
finish
