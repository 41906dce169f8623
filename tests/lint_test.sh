#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: check
# usual-seconds: 20
#
# The lint of this project, and proof that each of its rules can fail: a tiny project that keeps them
# all gets one violation at a time.
. "$(dirname "$0")/lib.sh"

tests/lint.sh | grep -v '^1\.\.' | tee "$tmp/log"
number=$(grep -cE '^(not )?ok ' "$tmp/log")
failed=$(grep -c '^not ok' "$tmp/log")

# A project that keeps every rule.
fresh() {
	rm -rf "$tmp/p"
	mkdir -p "$tmp/p/lopper-c/base" "$tmp/p/lopper-c/dts" "$tmp/p/lopper-c/yaml" \
		"$tmp/p/lopper-c/model" "$tmp/p/tests/oracle"
	cp .clang-format "$tmp/p/"
	cd "$tmp/p" || exit 1
	local spdx='SPDX-License-Identifier: BSD-3-Clause' folder
	for folder in base dts yaml model; do
		printf '/* %s */\n#ifndef LOP_%s_X_H\n#define LOP_%s_X_H\n\nint lop_%s(void);\n\n#endif\n' \
			"$spdx" "${folder^^}" "${folder^^}" $folder >lopper-c/$folder/x.h
		printf '/* %s */\n#include "lopper-c/%s/x.h"\n' "$spdx" $folder >lopper-c/$folder/x.c
		printf '# %s\nLIB_SRCS += lopper-c/%s/x.c\n' "$spdx" $folder >lopper-c/$folder/objects.mk
	done
	printf '/* %s */\n#include "lopper-c/dts/x.h"\n' "$spdx" >tests/oracle/oracle.c
	printf '# %s\nORACLE_SRCS := tests/oracle/oracle.c\n' "$spdx" >tests/objects.mk
	printf '# %s\n' "$spdx" >Makefile
	cd - >/dev/null || exit 1
}

# expect RULE|none NAME: what lint must say of the project as it stands
expect() {
	local broken
	broken=$(tests/lint.sh "$tmp/p" | sed -n 's/^not ok [0-9]* - lint: //p' | tr '\n' ' ')
	[ "${broken% }" = "${1#none}" ]
	verdict $? "lint, $2: $1" <(echo "said '${broken% }'")
}

# plant RULE NAME FILE LINE: adds a line to a file of a fresh project
plant() {
	fresh
	mkdir -p "$(dirname "$tmp/p/$3")"
	printf '%s\n' "$4" >>"$tmp/p/$3"
	expect "$1" "$2"
}

fresh
expect none 'a project that keeps every rule'
plant include_arrows 'an #include that points up' lopper-c/base/x.c '#include "lopper-c/dts/x.h"'
plant include_arrows 'an #include in angles that points up' lopper-c/base/x.c \
	'#include <lopper-c/dts/x.h>'
plant include_arrows 'an #include in angles past the root' lopper-c/base/x.c \
	'#include <../lopper-c/base/x.h>'
plant include_arrows 'an #include of an equal folder' lopper-c/yaml/x.c '#include "lopper-c/dts/x.h"'
plant include_arrows 'an #include that skips the root' lopper-c/base/x.c '#include "x.h"'
plant include_arrows 'a product that knows its tests' lopper-c/base/x.c '#include "tests/oracle/oracle.c"'
plant include_arrows 'an oracle that asks the model' tests/oracle/oracle.c '#include "lopper-c/model/x.h"'
for target in runtime/abi lopper-c/base; do
	fresh
	mkdir -p "$tmp/p/ipc/abi"
	printf '/* SPDX-License-Identifier: BSD-3-Clause */\n#include "%s/x.h"\n' $target \
		>"$tmp/p/ipc/abi/x.c"
	printf '# SPDX-License-Identifier: BSD-3-Clause\nLIB_SRCS += ipc/abi/x.c\n' \
		>"$tmp/p/ipc/abi/objects.mk"
	expect include_arrows "an abi that knows $target"
done
plant none 'an #include that points down' lopper-c/model/x.c '#include "lopper-c/base/x.h"'
plant none 'an #include of the system' lopper-c/model/x.c '#include <sys/stat.h>'
plant headers_alone 'a header that needs another' lopper-c/base/x.h 'int lop_a(size_t n);'
fresh
sed -i 's/LOP_BASE_X_H/X_H/' "$tmp/p/lopper-c/base/x.h"
expect headers_alone 'a header with a guard of its own fashion'
if command -v "${CLANG_FORMAT:-clang-format}" >/dev/null 2>&1; then
	plant formatted 'a file that clang-format would change' lopper-c/base/x.c 'int  a ;'
fi
fresh
sed -i '/SPDX/d' "$tmp/p/lopper-c/base/x.c"
expect licence_lines 'a file without the licence line'
plant strays 'a file at the top' notes.md '<!-- SPDX-License-Identifier: BSD-3-Clause -->'
plant strays 'a source that no objects.mk lists' lopper-c/base/y.c \
	'/* SPDX-License-Identifier: BSD-3-Clause */'
fresh
rm "$tmp/p/lopper-c/base/x.c"
expect strays 'a listed source that is not there'
plant places 'a path of somebody'"'"'s machine' Makefile '# see /home/me/notes'
fresh
yes '' | head -n 500 >>"$tmp/p/lopper-c/base/x.h"
CLANG_FORMAT=none expect sizes 'a file of more than 500 lines'
finish
