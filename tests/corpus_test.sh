#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
#
# tier: test
# usual-seconds: 30
#
# Real System Device Trees with their domain files: sdtgen accepts or refuses them as the table says,
# dtc accepts every domain.dts and makes the same blob of it, and tests/oracle, which works
# everything out again by itself, agrees with what each domain got. CORPUS=folder uses another one.
. "$(dirname "$0")/lib.sh"

ORACLE=${ORACLE:-$BUILD/san/oracle}
[ -d "$CORPUS" ] || skip_all 'the corpus' "there is no folder $CORPUS"

# folder | tree | domain files | what sdtgen does with them
#   accepts         writes the domains
#   refuses CODE    an error of that code; --compat=lopper lets it pass
#   never CODE      the same, and --compat=lopper refuses it too
table='
spec-example | system.dts | | refuses device-twice
sdt-generic-r5 | system.dts | | refuses bad-cells
xen-passthrough | system.dts | | refuses mem-outside
zephyr-policy-r5-standalone | system.dts | | accepts
zephyr-policy-r5 | system.dts | openamp-zephyr-linker-r5.yaml | accepts
reserved-memory-e2e | system.dts | reserved-memory-e2e-domain.yaml | accepts
reserved-memory-survival-linux | system.dts | reserved-memory-linux-survival-domain.yaml | accepts
versal-vck190-board | system.dts | expected-sdt-domains.yaml | refuses wrong-node
versal-vck190-board-devices | system.dts | 1-expected-sdt-devices.yaml 2-expected-sdt-domains.yaml | refuses wrong-node
imx8mm-evk-board | system.dts | expected-sdt-domains.yaml | refuses duplicate-id
zynqmp-libmetal | system.dts | 1-libmetal-overlay-zynqmp.yaml 2-libmetal-overlay-zynqmp-domain-access.yaml | accepts
zynqmp-selftest-no-glob | system.dts | 1-domains-parent.yaml 2-domains-child-no-glob.yaml | refuses unknown-cluster
zynqmp-selftest-serial-glob | system.dts | 1-domains-parent.yaml 2-domains-child-serial-glob.yaml | refuses unknown-cluster
versal2-vek385-openamp | system.dts | openamp-overlay-versal-2ve-2vm.yaml | refuses unknown-device
inputs-only-zynqmp-openamp | openamp_zu.dts | openamp-overlay-zynqmp.yaml | accepts
inputs-only-zynqmp-openamp | openamp_zu.dts | openamp-overlay-zynqmp-lockstep.yaml | accepts
inputs-only-zynqmp-openamp | openamp_zu.dts | openamp-overlay-zynqmp-split.yaml | refuses cpu-mask
inputs-only-zynqmp-openamp | openamp_zu.dts | openamp-overlay-zynqmp-dev-mem.yaml | never stale-syntax
inputs-only-zynqmp-openamp | openamp_zu.dts | openamp-zephyr-zynqmp-r5.yaml | refuses unknown-device
inputs-only-zynqmp-openamp | openamp_zu.dts | openamp-zephyr-zynqmp-r5-policy.yaml | accepts
'

# refused CODE LOG STATUS: exit 1, that code among the errors, nothing written
refused() {
	[ "$3" -eq 1 ] && grep -q "^error\[$1\]" "$2" && [ ! -e "$tmp/out" ]
}

# compile TREE BLOB: as the oracle wants it, labels included
compile() {
	cpp -nostdinc -undef -P -x assembler-with-cpp -I "$(dirname "$1")" "$1" 2>"$tmp/cpp" |
		dtc -@ -q -q -I dts -O dtb -o "$2" - 2>"$tmp/dtc"
}

# same_blobs: every domain.dts of the output compiles to its domain.dtb
same_blobs() {
	local dts status=0
	for dts in "$tmp"/out/*/domain.dts; do
		[ -e "$dts" ] || return 1
		if ! dtc -q -q -I dts -O dtb -o "$tmp/again.dtb" "$dts"; then
			echo "dtc refuses $(basename "$(dirname "$dts")")/domain.dts"
			status=1
		elif ! cmp "$tmp/again.dtb" "${dts%.dts}.dtb"; then
			status=1
		fi
	done
	return $status
}

# pair FOLDER TREE "FILE ..." EXPECTATION CODE
pair() {
	local name=$1 tree=$CORPUS/$1/$2 files=() yaml=() file status
	for file in $3; do
		files+=("$CORPUS/$1/$file")
		yaml+=(--yaml "$CORPUS/$1/$file")
		case $1 in inputs-only-*) name="$1/$file" ;; esac
	done
	rm -rf "$tmp/out"
	"$SDTGEN" "$tree" "${files[@]}" -o "$tmp/out" >"$tmp/log" 2>&1
	status=$?
	if [ "$4" = accepts ]; then
		verdict $status "$name: accepted" "$tmp/log"
	else
		refused "$5" "$tmp/log" $status
		verdict $? "$name: refused with $5" "$tmp/log"
		"$SDTGEN" --compat=lopper "$tree" "${files[@]}" -o "$tmp/out" >"$tmp/log" 2>&1
		status=$?
		if [ "$4" = never ]; then
			refused "$5" "$tmp/log" $status
			verdict $? "$name: --compat=lopper refuses it too" "$tmp/log"
			return
		fi
		verdict $status "$name: --compat=lopper accepts it" "$tmp/log"
	fi
	[ $status -eq 0 ] || return
	same_blobs >"$tmp/log" 2>&1
	verdict $? "$name: dtc makes the same blobs" "$tmp/log"
	compile "$tree" "$tmp/system.dtb" &&
		"$ORACLE" "$tmp/system.dtb" "${yaml[@]}" --out "$tmp/out" >"$tmp/log" 2>&1
	verdict $? "$name: the oracle agrees" "$tmp/log"
	case $1 in versal2-*) notices_swap APU_Linux RPU_BM "${yaml[@]}" ;; esac
}

# notices_swap DOMAIN DOMAIN --yaml FILE...: an oracle that says yes to everything would pass above
notices_swap() {
	local a=$tmp/out/$1/domain.dtb b=$tmp/out/$2/domain.dtb
	shift 2
	mv "$a" "$tmp/a.dtb" && mv "$b" "$a" && mv "$tmp/a.dtb" "$b"
	"$ORACLE" "$tmp/system.dtb" "$@" --out "$tmp/out" >"$tmp/log" 2>&1
	[ $? -eq 1 ] && [ "$(grep -c DISAGREE "$tmp/log")" -eq 2 ]
	verdict $? "the oracle notices two domains with each other's trees" "$tmp/log"
}

while IFS='|' read -r folder tree files expectation; do
	read -r folder <<<"$folder"
	read -r tree <<<"$tree"
	read -r files <<<"$files"
	read -r what code <<<"$expectation"
	[ -z "$folder" ] || pair "$folder" "$tree" "$files" "$what" "$code"
done <<<"$table"

for folder in "$CORPUS"/*/; do
	name=$(basename "$folder")
	case $table in *"
$name |"*) ;; *) verdict 1 "$name: has a row in the table" ;; esac
done

finish
