#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: check
# usual-seconds: 5
#
# `sdtgen schema`: well-formed, complete, and of one mind with the reader: domain files that are read
# without a complaint validate, those with an unknown key do not.
. "$(dirname "$0")/lib.sh"
topic=schema
schema=$tmp/domains.schema.json

succeeds 'goes to a file' "$SDTGEN" schema -o "$schema"
"$SDTGEN" schema | cmp - "$schema" >"$tmp/out" 2>&1
verdict $? 'goes to standard output, the same' "$tmp/out"
"$SDTGEN" schema domains.yaml >"$tmp/out" 2>&1
[ $? = 2 ]
verdict $? 'takes no file to read' "$tmp/out"

# Each key stands in its mapping: LOP_IN_CUSTOM "keep" below "custom-section".
sed -n 's/^	{ LOP_IN_\([A-Z]*\), "\([^"]*\)", LOP_KEY.*/\1 \2/p' lopper-c/merge/schema.c | sort -u >"$tmp/keys"
awk '
	/^  "properties": / { where = "TOP" }
	/^    "[a-z-]*": \{$/ { name = $1; gsub(/[":]/, "", name) }
	/^      "properties": / { where = toupper(name); sub(/-.*/, "", where) }
	/^    "/ && where == "TOP" || /^        "/ { gsub(/[":]/, "", $1); print where, $1 }
' "$schema" | sort -u >"$tmp/have"
comm -23 "$tmp/keys" "$tmp/have" >"$tmp/missing"
[ "$(wc -l <"$tmp/keys")" -ge 80 ] || echo 'the keys, as this test looks for them' >>"$tmp/missing"
empty "$tmp/missing" 'every key of the table stands in its mapping'

if ! command -v python3 >/dev/null; then
	skip 'the schema is JSON' 'no python3'
else
	succeeds 'the schema is JSON' python3 -m json.tool "$schema" "$tmp/pretty.json"
fi
if ! python3 -c 'import jsonschema, yaml' 2>/dev/null; then
	skip_all 'domain files validate' 'no python3-jsonschema and python3-yaml'
fi

# validates FILE...: the names of those that do, what is wrong with the others behind a colon
validates() {
	python3 -W ignore - "$schema" "$@" <<'EOF'
import json, sys
import jsonschema, yaml
with open(sys.argv[1]) as file:
    schema = json.load(file)
jsonschema.Draft7Validator.check_schema(schema)
validator = jsonschema.Draft7Validator(schema)
for name in sys.argv[2:]:
    with open(name) as file:
        try:
            texts = list(yaml.safe_load_all(file))
        except yaml.YAMLError:
            texts = []  # no file for editors either
    errors = [e for text in texts for e in validator.iter_errors(text)]
    print(name + "".join(": " + jsonschema.exceptions.best_match([e]).message[:160] for e in errors))
EOF
}

find partitions tests/golden -name '*.yaml' | sort >"$tmp/good"
# shellcheck disable=SC2046 # names without blanks
validates $(cat "$tmp/good") 2>&1 | diff "$tmp/good" - >"$tmp/out"
verdict $? "$(wc -l <"$tmp/good") domain files that are read validate" "$tmp/out"

find "$CORPUS" -name '*.yaml' 2>/dev/null | sort >"$tmp/corpus"
if [ -s "$tmp/corpus" ]; then
	# shellcheck disable=SC2046
	validates $(cat "$tmp/corpus") 2>&1 | grep ': ' | while IFS= read -r line; do
		file=${line%%: *}
		set -- "${file%/*}"/*.dts
		"$SDTGEN" check -q "$1" "$file" 2>&1 |
			grep -qE '^error\[(stale-syntax|unknown-key|missing-value|bad-choice|bad-number|yaml-)' ||
			echo "$line"
	done >"$tmp/out"
	empty "$tmp/out" "$(wc -l <"$tmp/corpus") files from elsewhere validate, but for what the reader refuses"
else
	skip 'files from elsewhere validate' "no $CORPUS"
fi

# refused: the domain files of tests/bad whose first complaint is a key unknown, or one that an entry
# of a list lacks. What a mapping lacks may stand in another file; rules are no domains.
refused() {
	grep -lE '^error\[(unknown-key|missing-value)\]: (.*has a key|.*no key of|.*no part of|an entry in .*(has no `[a-z]+`$|names no cluster))' \
		tests/bad/*/expected.txt | while read -r text; do
		[ ! -e "${text%/*}/domains.yaml" ] || echo "${text%/*}/domains.yaml"
	done | grep -vE '/(unknown-key-rule|missing-value-mask)/'
}
refused >"$tmp/bad"
# shellcheck disable=SC2046
validates $(cat "$tmp/bad") 2>&1 | grep -v ': ' >"$tmp/out"
[ "$(wc -l <"$tmp/bad")" -ge 11 ] || echo 'the files, as this test looks for them' >>"$tmp/out"
empty "$tmp/out" "$(wc -l <"$tmp/bad") files with unknown or missing keys do not"

# Whatever else is wrong with a file, a schema says so only where a kind of value is wrong.
for text in tests/bad/*/expected.txt; do
	grep -qE '\[(unknown-key|bad-choice|bad-number|stale-syntax|yaml-)' "$text" && continue
	[ ! -e "${text%/*}/domains.yaml" ] || echo "${text%/*}/domains.yaml"
done | grep -vxFf "$tmp/bad" >"$tmp/other"
# shellcheck disable=SC2046
validates $(cat "$tmp/other") 2>&1 | diff "$tmp/other" - >"$tmp/out"
verdict $? "$(wc -l <"$tmp/other") files with other mistakes validate" "$tmp/out"
finish
