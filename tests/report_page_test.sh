#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# tier: test
# usual-seconds: 40
#
# report.html in a browser, if there is one: nothing is wider than a phone or a desk, in light and dark
# the pictures are drawn, and dark is dark. The page itself has no script; a copy gets one that measures.
set -u
cd "$(dirname "$0")/.." || exit 1
SDTGEN=${SDTGEN:-build/san/sdtgen}
CHROMIUM=${CHROMIUM:-chromium}
if ! command -v "$CHROMIUM" >/dev/null; then
	echo "ok 1 - report page # SKIP $CHROMIUM is not installed"
	echo "1..1"
	exit 0
fi
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
number=0 status=0

verdict() { # verdict STATUS NAME
	number=$((number + 1))
	if [ "$1" = 0 ]; then
		echo "ok $number - report page: $2"
	else
		echo "not ok $number - report page: $2"
		status=1
	fi
}

browser() { # browser WIDTH OPTIONS... URL
	local width=$1
	shift
	timeout 120 "$CHROMIUM" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
		--disable-background-networking --disable-component-update --disable-sync \
		--disable-dev-shm-usage --user-data-dir="$dir/profile" --window-size="$width,900" "$@" 2>/dev/null
}

"$SDTGEN" -q tests/golden/links/system.dts tests/golden/links/domains.yaml -o "$dir/links" &&
	"$SDTGEN" -q sdt/qemu-virt-arm64.dts partitions/demo/domains.yaml -o "$dir/demo"
verdict $? 'reports come out'

# What the copy says of itself: widths of the page and of the window, shapes, the colour behind it all.
for system in links demo; do
	sed -e '/Content-Security-Policy/d; /style-src/d' \
		-e 's|</body>|<script>onload=function(){var d=document,e=d.documentElement,wide=0;d.querySelectorAll("body *").forEach(function(n){if(!n.closest(".scroll,.pic,.away")\&\&n.getBoundingClientRect().right>innerWidth+1)wide++});d.title="page="+e.scrollWidth+" window="+innerWidth+" wide="+wide+" shapes="+d.querySelectorAll("rect").length+" "+getComputedStyle(d.body).backgroundColor;if(parent!=window)parent.postMessage(d.title,"*")}</script></body>|' \
		"$dir/$system/report.html" >"$dir/$system.html"
	for width in 500 1280; do
		for scheme in 1 0; do
			said=$(browser "$width" --blink-settings=preferredColorScheme=$scheme --dump-dom \
				"file://$dir/$system.html" | grep -oE '<title>page=[^<]*' | head -n 1)
			[[ $said =~ page=([0-9]+)\ window=([0-9]+)\ wide=([0-9]+)\ shapes=([0-9]+)\ rgb\(([0-9]+) ]]
			verdict "$((${#said} == 0))" "$system at $width: the page says how wide it is"
			verdict "$((BASH_REMATCH[1] > BASH_REMATCH[2] || BASH_REMATCH[3] > 0))" \
				"$system at $width: nothing sticks out ($said)"
			verdict "$((BASH_REMATCH[4] < 10))" "$system at $width: pictures are drawn"
			verdict "$((scheme ? BASH_REMATCH[5] < 200 : BASH_REMATCH[5] > 60))" \
				"$system at $width: the colours are those asked for"
		done
	done
done
# A headless browser's window is never as narrow as a phone: a frame is.
for system in links demo; do
	printf '<!DOCTYPE html><script>onmessage=function(e){document.title=e.data}</script><iframe src="%s.html" style="width:390px;height:900px;border:0"></iframe>' \
		"$system" >"$dir/phone.html"
	said=$(browser 600 --virtual-time-budget=5000 --dump-dom "file://$dir/phone.html" | grep -oE '<title>page=[^<]*')
	[[ $said =~ page=([0-9]+)\ window=390\ wide=0 ]] && [ "${BASH_REMATCH[1]}" -le 390 ]
	verdict $? "$system on a phone: nothing sticks out ($said)"
done

# The page as it is, without the script: the browser takes it, and its policy lets its style through.
browser 1280 --dump-dom "file://$dir/links/report.html" >"$dir/dom"
verdict "$(grep -q '<h2 id="domains">' "$dir/dom"; echo $?)" 'the page is read to its end'
echo "1..$number"
exit $status
