#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: check
# usual-seconds: 5
#
# The documents keep up with the tables: every option is in sdtgen(1), every key of each mapping has an
# entry in domains.yaml(5), every code that --compat=lopper lets pass in docs/lopper.md, and links lead somewhere.
. "$(dirname "$0")/lib.sh"
topic=docs
missing=$tmp/missing

# missing_from FILE: the lines of standard input that do not stand in it as whole words
missing_from() {
	local word
	while read -r word; do
		grep -qF -e "$word " <(tr -s ' \n' '  ' <"$1") || echo "$word"
	done
}

# described FILE: "MAPPING key" for each key that has an entry where the keys of its mapping stand; a
# list inside the entry of a key has the keys of the mapping that this key takes
described() {
	awk '
	BEGIN {
		section["TOP-LEVEL KEYS"] = "TOP"
		section["KEYS OF A DOMAIN"] = "DOMAIN"
		section["RELATIONS"] = "RELATION"
		section["LINKS"] = "LINK"
		section["THE MANAGER"] = "MANAGER"
		section["LINKER SCRIPTS"] = "LINKER"
		child["cpus"] = "CPU"
		child["mode"] = "MODE"
		child["memory"] = "MEMORY"
		child["access"] = "ACCESS"
		child["firewallconf"] = "FIREWALL"
		child["buffers"] = "PAIR"
		child["window"] = "RANGE"
		child["guest-address"] = "ENDS"
		child["restart"] = "RESTART"
		child["load"] = "LOAD"
		child["vendor"] = "VENDOR"
		child["sections"] = "SECTIONS"
		child["vector_table"] = "SECTION"
		child["custom_sections"] = "CUSTOM"
	}
	/^\.Sh / { base = section[substr($0, 5)] }
	/^\.Ss / { base = "" }
	/^\.Bl / { depth++; where[depth] = depth == 1 ? base : child[last[depth - 1]] }
	/^\.El/ { depth-- }
	/^\.It Cm / {
		n = split(substr($0, 8), keys, " , ")
		for (i = 1; i <= n; i++)
			print where[depth], keys[i]
		last[depth] = keys[1]
	}' "$1"
}

"$SDTGEN" --help | grep -oE '(^|[ ,])--?[A-Za-z@][A-Za-z-]*' | tr -d ' ,' | sort -u |
	sed 's/^--\(.*\)/Fl -\1/; s/^-\([^-].*\)/Fl \1/' |
	missing_from docs/sdtgen.1 >"$missing"
empty "$missing" 'every option of --help stands in sdtgen(1)'

keys=$(sed -n 's/^	{ LOP_IN_\([A-Z]*\), "\([^"]*\)", LOP_KEY.*/\1 \2/p' lopper-c/merge/schema.c | sort -u)
comm -23 <(echo "$keys") <(described docs/domains.yaml.5 | sort -u) >"$missing"
[ "$(wc -l <<<"$keys")" -ge 80 ] || echo 'the keys, as this test looks for them' >>"$missing"
empty "$missing" 'every key of the schema has an entry in domains.yaml(5)'

grep -oE '\{ "[a-z-]+", LENIENT' lopper-c/diag/code.c | cut -d'"' -f2 | sed 's/.*/| `&` |/' |
	missing_from docs/lopper.md >"$missing"
empty "$missing" 'every code that --compat=lopper lets pass stands in docs/lopper.md'

for file in *.md docs/*.md boards/*/*.md; do
	grep -oE '\]\([^)#]+\)' "$file" | sed 's/^](//; s/)$//' | grep -v '^https\?:' |
		while read -r link; do
			[ -e "$(dirname "$file")/$link" ] || echo "$link (in $file)"
		done
done >"$missing"
empty "$missing" 'every link between documents leads to a file'

# made_part PAGE COMMAND...: what stands between the marks of a page is what the command prints;
# UPDATE=1 writes it there.
made_part() {
	local page=$1
	shift
	"$SDTGEN" "$@" >"$tmp/part"
	awk -v part="$tmp/part" '
		/^\.\\" to here/ { while ((getline line <part) > 0) print line; made = 0 }
		!made
		/^\.\\" from here/ { made = 1 }' "$page" >"$tmp/page"
	[ -z "${UPDATE:-}" ] || cp "$tmp/page" "$page"
	diff -u "$page" "$tmp/page" >"$tmp/diff" && [ -s "$tmp/part" ]
	verdict $? "$page has what \`sdtgen $*\` prints" "$tmp/diff"
}
made_part docs/sdtgen.1 help --man
made_part docs/domains.yaml.5 schema --man

if command -v groff >/dev/null 2>&1; then
	for page in docs/sdtgen.1 docs/domains.yaml.5; do
		groff -mandoc -Tutf8 -ww "$page" 2>&1 >/dev/null | sed "s|$| ($page)|"
	done >"$missing"
	empty "$missing" 'the manual pages format without a warning'
else
	skip 'the manual pages format without a warning' 'no groff'
fi
finish
