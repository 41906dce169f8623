/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Rows of the reference table and the search in it. Owns no logic about values.
 *
 * Taken from the bindings and checked against what 2,295 board files and the System Device Trees
 * in use write; the rows of single vendors are those that occur there more than once.
 */
#include "lopper-c/tree/refs_table.h"

#include <string.h>

#include "lopper-c/base/str.h"

enum { WEAK = false, SURE = true, NEEDED = LOP_REFS_NEEDED };

/* name, kind, layout, sure, count, cells, names */
const struct lop_refs_row lop_refs_rows[] = {
	{ "access", LOP_REF_DOMAIN, LOP_REFS_MARKERS, WEAK, 0, NULL, NULL },
	{ "access-controllers", LOP_REF_PROVIDER, LOP_REFS_CELLS, WEAK, NEEDED,
	  "#access-controller-cells", "access-controller-names" },
	{ "address-map", LOP_REF_DOMAIN, LOP_REFS_MARKERS, WEAK, 0, NULL, NULL },
	{ "affinity", LOP_REF_CPU, LOP_REFS_LIST, SURE, 0, NULL, NULL },
	{ "allwinner,codec-analog-controls", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "allwinner,pipelines", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "allwinner,sram", LOP_REF_MEMORY, LOP_REFS_FIXED, WEAK, 1, NULL, NULL },
	{ "altr,ecc-parent", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "amlogic,ao-secure", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "amlogic,ao-sysctrl", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "amlogic,canvas", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "amlogic,hhi-sysctrl", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "amlogic,secbus2", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "apple,sart", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "arbiter-if", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "arm,cs-dev-assoc", LOP_REF_CPU, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "arm,vexpress,config-bridge", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "aspeed,cvic", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "aspeed,external-nodes", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "aspeed,scu", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "aspeed,sram", LOP_REF_MEMORY, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "assigned-clock-parents", LOP_REF_PROVIDER, LOP_REFS_CELLS, SURE, NEEDED, "#clock-cells",
	  NULL },
	{ "assigned-clocks", LOP_REF_PROVIDER, LOP_REFS_CELLS, SURE, NEEDED, "#clock-cells", NULL },
	{ "atmel,audio-codec", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "atmel,matrix", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "atmel,nfc-io", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "atmel,nfc-sram", LOP_REF_MEMORY, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "atmel,rtt-rtc-time-reg", LOP_REF_SYSCON, LOP_REFS_FIXED, WEAK, 1, NULL, NULL },
	{ "atmel,smc", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "atmel,ssc-controller", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "audio-asrc", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "audio-aux-devs", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "audio-codec", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "audio-codecs", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "audio-controllers", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "audio-cpu", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "axistream-connected", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "axistream-control-connected", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "backlight", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "bitclock-master", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "brcm,sr-cdru", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "brcm,sr-mhb", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "brcm,syscon-clkset", LOP_REF_SYSCON, LOP_REFS_TAIL, WEAK, 0, NULL, NULL },
	{ "buffer-manager", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "bus-handle", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "bus-master-id", LOP_REF_CONSUMER, LOP_REFS_FIXED, WEAK, 1, NULL, NULL },
	{ "canaan,k210-sysctl-power", LOP_REF_SYSCON, LOP_REFS_FIXED, WEAK, 1, NULL, NULL },
	{ "capture", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "cci-control-port", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "clocks", LOP_REF_PROVIDER, LOP_REFS_CELLS, SURE, NEEDED, "#clock-cells", "clock-names" },
	{ "companion", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "contiguous-area", LOP_REF_MEMORY, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "controller", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "cooling-device", LOP_REF_CPU, LOP_REFS_CELLS, SURE, 2, "#cooling-cells", NULL },
	{ "cores", LOP_REF_CPU, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "cpu", LOP_REF_CPU, LOP_REFS_LIST, SURE, 0, NULL, NULL },
	{ "cpu-idle-states", LOP_REF_PROVIDER, LOP_REFS_LIST, SURE, 0, NULL, NULL },
	{ "cpus", LOP_REF_CPU, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "ctrl-module", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "dais", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "ddc", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "ddc-i2c-bus", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "devfreq", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "devfreq-events", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "dfx", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "display", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "dma-masters", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "dmas", LOP_REF_CONSUMER, LOP_REFS_CELLS, SURE, NEEDED, "#dma-cells", "dma-names" },
	{ "domain-idle-states", LOP_REF_PROVIDER, LOP_REFS_LIST, SURE, 0, NULL, NULL },
	{ "ecc-engine", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "ethernet", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "extcon", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "firewallconf", LOP_REF_DOMAIN, LOP_REFS_MARKERS, WEAK, 0, NULL, NULL },
	{ "firewallconfig", LOP_REF_DOMAIN, LOP_REFS_MARKERS, WEAK, 0, NULL, NULL },
	{ "firmware", LOP_REF_PROVIDER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "flash", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "flash-leds", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "fpga-mgr", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "frame-master", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "fsl,anatop", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "fsl,cpucfg", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "fsl,ddrc", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "fsl,fman-ports", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "fsl,imx7d-pcie-phy", LOP_REF_PROVIDER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "fsl,input-sel", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "fsl,iram", LOP_REF_MEMORY, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "fsl,mipi-phy-gpr", LOP_REF_SYSCON, LOP_REFS_FIXED, WEAK, 1, NULL, NULL },
	{ "fsl,pcie-scfg", LOP_REF_SYSCON, LOP_REFS_FIXED, WEAK, 1, NULL, NULL },
	{ "fsl,pres", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "fsl,prg", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "fsl,rcpm-wakeup", LOP_REF_PROVIDER, LOP_REFS_CELLS, WEAK, NEEDED,
	  "#fsl,rcpm-wakeup-cells", NULL },
	{ "fsl,saif-master", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "fsl,stop-mode", LOP_REF_SYSCON, LOP_REFS_FIXED, WEAK, 2, NULL, NULL },
	{ "fsl,tcon", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "fsl,tempmon", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "fsl,usbmisc", LOP_REF_SYSCON, LOP_REFS_CELLS, WEAK, NEEDED, "#index-cells", NULL },
	{ "fsl,usbphy", LOP_REF_PROVIDER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "fsl,weim-cs-gpr", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "gpio", LOP_REF_CONSUMER, LOP_REFS_CELLS, SURE, NEEDED, "#gpio-cells", NULL },
	{ "gpio,syscon-dev", LOP_REF_SYSCON, LOP_REFS_TAIL, WEAK, 0, NULL, NULL },
	{ "gpio-ext", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "gpio-map", LOP_REF_CONSUMER, LOP_REFS_NEXUS, SURE, NEEDED, "#gpio-cells", NULL },
	{ "gpio-miso", LOP_REF_CONSUMER, LOP_REFS_CELLS, WEAK, 0, "#gpio-cells", NULL },
	{ "gpio-mosi", LOP_REF_CONSUMER, LOP_REFS_CELLS, WEAK, 0, "#gpio-cells", NULL },
	{ "gpio-ranges", LOP_REF_PROVIDER, LOP_REFS_CELLS, SURE, 3, "#gpio-range-cells", NULL },
	{ "gpio-reset", LOP_REF_CONSUMER, LOP_REFS_CELLS, WEAK, 0, "#gpio-cells", NULL },
	{ "gpio-sck", LOP_REF_CONSUMER, LOP_REFS_CELLS, WEAK, 0, "#gpio-cells", NULL },
	{ "gpios", LOP_REF_CONSUMER, LOP_REFS_CELLS, SURE, NEEDED, "#gpio-cells", NULL },
	{ "gpios-reset", LOP_REF_CONSUMER, LOP_REFS_CELLS, WEAK, 0, "#gpio-cells", NULL },
	{ "gpr", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "hwlocks", LOP_REF_SYSCON, LOP_REFS_CELLS, SURE, NEEDED, "#hwlock-cells",
	  "hwlock-names" },
	{ "i2c-bus", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "i2c-parent", LOP_REF_CONSUMER, LOP_REFS_LIST, SURE, 0, NULL, NULL },
	{ "i2s-controller", LOP_REF_CONSUMER, LOP_REFS_CELLS, WEAK, NEEDED, "#sound-dai-cells",
	  NULL },
	{ "iio-channels", LOP_REF_CONSUMER, LOP_REFS_CELLS, WEAK, NEEDED, "#io-channel-cells",
	  NULL },
	{ "include", LOP_REF_DOMAIN, LOP_REFS_MARKERS, WEAK, 0, NULL, NULL },
	{ "infracfg", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "intel,npe-handle", LOP_REF_SYSCON, LOP_REFS_TAIL, WEAK, 0, NULL, NULL },
	{ "intel,queue-pkt-rxfree", LOP_REF_CONSUMER, LOP_REFS_FIXED, WEAK, 1, NULL, NULL },
	{ "intel,queue-pkt-tx", LOP_REF_CONSUMER, LOP_REFS_FIXED, WEAK, 1, NULL, NULL },
	{ "interconnects", LOP_REF_PROVIDER, LOP_REFS_PAIRS, SURE, NEEDED, "#interconnect-cells",
	  "interconnect-names" },
	{ "internal-mem", LOP_REF_MEMORY, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "interrupt-affinity", LOP_REF_CPU, LOP_REFS_LIST, SURE, 0, NULL, NULL },
	{ "interrupt-map", LOP_REF_INTERRUPT, LOP_REFS_INTERRUPT_MAP, SURE, 0, NULL, NULL },
	{ "interrupt-parent", LOP_REF_INTERRUPT, LOP_REFS_LIST, SURE, 0, NULL, NULL },
	{ "interrupts-extended", LOP_REF_INTERRUPT, LOP_REFS_CELLS, SURE, NEEDED,
	  "#interrupt-cells", "interrupt-names" },
	{ "intf_mode", LOP_REF_SYSCON, LOP_REFS_FIXED, WEAK, 1, NULL, NULL },
	{ "io-backends", LOP_REF_CONSUMER, LOP_REFS_CELLS, WEAK, NEEDED, "#io-backend-cells",
	  "io-backend-names" },
	{ "io-channels", LOP_REF_CONSUMER, LOP_REFS_CELLS, SURE, NEEDED, "#io-channel-cells",
	  "io-channel-names" },
	{ "iommu-map", LOP_REF_CONSUMER, LOP_REFS_MAP, SURE, 0, NULL, NULL },
	{ "iommus", LOP_REF_CONSUMER, LOP_REFS_CELLS, SURE, NEEDED, "#iommu-cells", NULL },
	{ "iram", LOP_REF_MEMORY, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "l2-cache", LOP_REF_PROVIDER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "leds", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, "led-names" },
	{ "link", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "linker-section-bss", LOP_REF_MEMORY, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "linker-section-data", LOP_REF_MEMORY, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "linker-section-heap", LOP_REF_MEMORY, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "linker-section-noinit", LOP_REF_MEMORY, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "linker-section-resource-table", LOP_REF_MEMORY, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "linker-section-rodata", LOP_REF_MEMORY, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "linker-section-stack", LOP_REF_MEMORY, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "linker-section-text", LOP_REF_MEMORY, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "linker-section-vector-table", LOP_REF_MEMORY, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "linker_memories", LOP_REF_MEMORY, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "links", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "marvell,crypto-srams", LOP_REF_MEMORY, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "marvell,system-controller", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "marvell,usb-misc-reg", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "mboxes", LOP_REF_CONSUMER, LOP_REFS_NESTED, SURE, NEEDED, "#mbox-cells", "mbox-names" },
	{ "mdio-parent-bus", LOP_REF_CONSUMER, LOP_REFS_LIST, SURE, 0, NULL, NULL },
	{ "mediatek,apmixedsys", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "mediatek,audio-codec", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "mediatek,auxadc", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "mediatek,cci", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "mediatek,ethsys", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "mediatek,gce-client-reg", LOP_REF_SYSCON, LOP_REFS_FIXED, WEAK, 3, NULL, NULL },
	{ "mediatek,infracfg", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "mediatek,larbs", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "mediatek,pctl", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "mediatek,pctl-regmap", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "mediatek,pericfg", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "mediatek,platform", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "mediatek,scp", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "mediatek,sgmiisys", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "mediatek,smi", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "mediatek,syscon-hdmi", LOP_REF_SYSCON, LOP_REFS_TAIL, WEAK, 0, NULL, NULL },
	{ "mediatek,syscon-wakeup", LOP_REF_SYSCON, LOP_REFS_TAIL, WEAK, 0, NULL, NULL },
	{ "mediatek,topckgen", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "mediatek,vpu", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "mediatek,wed", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "memory-controllers", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "memory-region", LOP_REF_MEMORY, LOP_REFS_LIST, SURE, 0, NULL, "memory-region-names" },
	{ "mmc-pwrseq", LOP_REF_PROVIDER, LOP_REFS_LIST, SURE, 0, NULL, NULL },
	{ "monitored-battery", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "msi-map", LOP_REF_PROVIDER, LOP_REFS_MAP, SURE, 0, NULL, NULL },
	{ "msi-parent", LOP_REF_PROVIDER, LOP_REFS_CELLS, SURE, 0, "#msi-cells", NULL },
	{ "mux-controls", LOP_REF_PROVIDER, LOP_REFS_CELLS, SURE, NEEDED, "#mux-control-cells",
	  "mux-control-names" },
	{ "mux-states", LOP_REF_PROVIDER, LOP_REFS_CELLS, WEAK, NEEDED, "#mux-state-cells",
	  "mux-state-names" },
	{ "native-mode", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "next-level-cache", LOP_REF_PROVIDER, LOP_REFS_LIST, SURE, 0, NULL, NULL },
	{ "nomadik-gpio-chips", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "nuvoton,sysgcr", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "nvidia,apbmisc", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "nvidia,audio-codec", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "nvidia,axi2apb", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "nvidia,bpmp", LOP_REF_SYSCON, LOP_REFS_TAIL, WEAK, 0, NULL, NULL },
	{ "nvidia,ddc-i2c-bus", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "nvidia,dpaux", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "nvidia,external-memory-controller", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "nvidia,i2s-controller", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "nvidia,memory-controller", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "nvidia,mipi-calibrate", LOP_REF_SYSCON, LOP_REFS_CELLS, WEAK, NEEDED,
	  "#nvidia,mipi-calibrate-cells", NULL },
	{ "nvidia,outputs", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "nvidia,panel", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "nvidia,phy", LOP_REF_PROVIDER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "nvidia,pmc", LOP_REF_SYSCON, LOP_REFS_TAIL, WEAK, 0, NULL, NULL },
	{ "nvidia,xusb-padctl", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "nvmem", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "nvmem-cells", LOP_REF_CONSUMER, LOP_REFS_LIST, SURE, 0, NULL, "nvmem-cell-names" },
	{ "operating-points-v2", LOP_REF_PROVIDER, LOP_REFS_LIST, SURE, 0, NULL, NULL },
	{ "oxsemi,sys-ctrl", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "partition-config", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "partition-control", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "pcs-handle", LOP_REF_PROVIDER, LOP_REFS_LIST, WEAK, 0, NULL, "pcs-handle-names" },
	{ "peer-hub", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "performance-domains", LOP_REF_PROVIDER, LOP_REFS_CELLS, SURE, NEEDED,
	  "#performance-domain-cells", NULL },
	{ "phy", LOP_REF_PROVIDER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "phy-handle", LOP_REF_CONSUMER, LOP_REFS_LIST, SURE, 0, NULL, NULL },
	{ "phy-select", LOP_REF_PROVIDER, LOP_REFS_FIXED, WEAK, 2, NULL, NULL },
	{ "phys", LOP_REF_PROVIDER, LOP_REFS_CELLS, SURE, NEEDED, "#phy-cells", "phy-names" },
	{ "physical-memory-group-manager", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "pinctrl-single,gpio-range", LOP_REF_PROVIDER, LOP_REFS_CELLS, WEAK, NEEDED,
	  "#pinctrl-single,gpio-range-cells", NULL },
	{ "playback", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "pm-sram", LOP_REF_MEMORY, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "pm_qos", LOP_REF_PROVIDER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "port", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "ports", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "power-domains", LOP_REF_PROVIDER, LOP_REFS_CELLS, SURE, NEEDED, "#power-domain-cells",
	  "power-domain-names" },
	{ "power-supplies", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "prcm", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "ptp-timer", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "pwms", LOP_REF_CONSUMER, LOP_REFS_CELLS, SURE, NEEDED, "#pwm-cells", "pwm-names" },
	{ "qcom,acc", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "qcom,bcm-voters", LOP_REF_PROVIDER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "qcom,dload-mode", LOP_REF_SYSCON, LOP_REFS_FIXED, WEAK, 1, NULL, NULL },
	{ "qcom,ext-regs", LOP_REF_SYSCON, LOP_REFS_FIXED, WEAK, 2, NULL, NULL },
	{ "qcom,freq-domain", LOP_REF_PROVIDER, LOP_REFS_CELLS, WEAK, NEEDED, "#freq-domain-cells",
	  NULL },
	{ "qcom,gmu", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "qcom,halt-regs", LOP_REF_SYSCON, LOP_REFS_TAIL, WEAK, 0, NULL, NULL },
	{ "qcom,ipc", LOP_REF_SYSCON, LOP_REFS_FIXED, WEAK, 2, NULL, NULL },
	{ "qcom,ipc-1", LOP_REF_SYSCON, LOP_REFS_FIXED, WEAK, 2, NULL, NULL },
	{ "qcom,ipc-2", LOP_REF_SYSCON, LOP_REFS_FIXED, WEAK, 2, NULL, NULL },
	{ "qcom,ipc-3", LOP_REF_SYSCON, LOP_REFS_FIXED, WEAK, 2, NULL, NULL },
	{ "qcom,ipc-4", LOP_REF_SYSCON, LOP_REFS_FIXED, WEAK, 2, NULL, NULL },
	{ "qcom,mmio", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "qcom,nss-common", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "qcom,perst-regs", LOP_REF_SYSCON, LOP_REFS_FIXED, WEAK, 2, NULL, NULL },
	{ "qcom,qaccept-regs", LOP_REF_SYSCON, LOP_REFS_FIXED, WEAK, 3, NULL, NULL },
	{ "qcom,qmp", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "qcom,qsgmii-csr", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "qcom,rpm-msg-ram", LOP_REF_MEMORY, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "qcom,rproc", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "qcom,rx-device", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "qcom,saw", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "qcom,saw-reg", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "qcom,smem-states", LOP_REF_SYSCON, LOP_REFS_CELLS, WEAK, NEEDED,
	  "#qcom,smem-state-cells", "qcom,smem-state-names" },
	{ "qcom,spare-regs", LOP_REF_SYSCON, LOP_REFS_FIXED, WEAK, 1, NULL, NULL },
	{ "qcom,tx-device", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "queue-rx", LOP_REF_CONSUMER, LOP_REFS_FIXED, WEAK, 1, NULL, NULL },
	{ "queue-txready", LOP_REF_CONSUMER, LOP_REFS_FIXED, WEAK, 1, NULL, NULL },
	{ "regmap", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "regulator-coupled-with", LOP_REF_PROVIDER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "remote-endpoint", LOP_REF_CONSUMER, LOP_REFS_LIST, SURE, 0, NULL, NULL },
	{ "remote_endpoint", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "remoteproc", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "renesas,bonding", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "renesas,cmms", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "renesas,companion", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "renesas,fcp", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "renesas,ipmmu-main", LOP_REF_SYSCON, LOP_REFS_CELLS, WEAK, NEEDED, "#iommu-cells",
	  NULL },
	{ "renesas,vsps", LOP_REF_CONSUMER, LOP_REFS_FIXED, WEAK, 1, NULL, NULL },
	{ "required-opps", LOP_REF_PROVIDER, LOP_REFS_LIST, SURE, 0, NULL, NULL },
	{ "resets", LOP_REF_PROVIDER, LOP_REFS_CELLS, SURE, NEEDED, "#reset-cells", "reset-names" },
	{ "rockchip,audio-codec", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "rockchip,cpu", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "rockchip,grf", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "rockchip,hdmi-codec", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "rockchip,headset-codec", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "rockchip,i2s-controller", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "rockchip,phy-grf", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "rockchip,pins", LOP_REF_PROVIDER, LOP_REFS_PINS, WEAK, 0, NULL, NULL },
	{ "rockchip,pipe-grf", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "rockchip,pipe-phy-grf", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "rockchip,pmu", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "rockchip,usbgrf", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "rproc", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "rx-dma-channel", LOP_REF_CONSUMER, LOP_REFS_CELLS, WEAK, NEEDED, "#dma-cells", NULL },
	{ "saif-controllers", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "samsung,audio-codec", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "samsung,disp-sysreg", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "samsung,i2s-controller", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "samsung,power-domain", LOP_REF_PROVIDER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "samsung,syscon-clk", LOP_REF_SYSCON, LOP_REFS_TAIL, WEAK, 0, NULL, NULL },
	{ "samsung,sysreg", LOP_REF_SYSCON, LOP_REFS_TAIL, WEAK, 0, NULL, NULL },
	{ "sata", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "secure-address-map", LOP_REF_DOMAIN, LOP_REFS_MARKERS, WEAK, 0, NULL, NULL },
	{ "secure-monitor", LOP_REF_PROVIDER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "sfp", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "shmem", LOP_REF_MEMORY, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "simple-audio-card,aux-devs", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "simple-audio-card,bitclock-master", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL,
	  NULL },
	{ "simple-audio-card,frame-master", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "slim-ifc-dev", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "snps,axi-config", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "snps,mtl-rx-config", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "snps,mtl-tx-config", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "socionext,syscon-phy-mode", LOP_REF_SYSCON, LOP_REFS_TAIL, WEAK, 0, NULL, NULL },
	{ "sound-dai", LOP_REF_CONSUMER, LOP_REFS_CELLS, SURE, 0, "#sound-dai-cells", NULL },
	{ "spdif-controller", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "sram", LOP_REF_MEMORY, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "ssi-controller", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "st,sync", LOP_REF_SYSCON, LOP_REFS_FIXED, WEAK, 1, NULL, NULL },
	{ "st,syscfg-fmp", LOP_REF_SYSCON, LOP_REFS_FIXED, WEAK, 2, NULL, NULL },
	{ "st,syscfg-holdboot", LOP_REF_SYSCON, LOP_REFS_FIXED, WEAK, 2, NULL, NULL },
	{ "st,syscfg-m4-state", LOP_REF_SYSCON, LOP_REFS_FIXED, WEAK, 2, NULL, NULL },
	{ "st,syscfg-pdds", LOP_REF_SYSCON, LOP_REFS_FIXED, WEAK, 2, NULL, NULL },
	{ "st,syscfg-rsc-tbl", LOP_REF_SYSCON, LOP_REFS_FIXED, WEAK, 2, NULL, NULL },
	{ "st,syscfg-tz", LOP_REF_SYSCON, LOP_REFS_FIXED, WEAK, 2, NULL, NULL },
	{ "st,vtg", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "ste,config", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "stericsson,audio-codec", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "stericsson,cpu-dai", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "syscon", LOP_REF_SYSCON, LOP_REFS_TAIL, WEAK, 0, NULL, NULL },
	{ "thermal-sensors", LOP_REF_CONSUMER, LOP_REFS_CELLS, SURE, NEEDED,
	  "#thermal-sensor-cells", NULL },
	{ "ti,am65x-oldi-io-ctrl", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "ti,bootreg", LOP_REF_SYSCON, LOP_REFS_FIXED, WEAK, 2, NULL, NULL },
	{ "ti,camerrx-control", LOP_REF_SYSCON, LOP_REFS_FIXED, WEAK, 1, NULL, NULL },
	{ "ti,ctrl_mod", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "ti,elm-id", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "ti,mcbsp", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "ti,mcpdm", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "ti,navigator-dmas", LOP_REF_CONSUMER, LOP_REFS_FIXED, WEAK, 1, NULL, NULL },
	{ "ti,provided-clocks", LOP_REF_PROVIDER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "ti,ringacc", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "ti,rproc", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "ti,sci", LOP_REF_PROVIDER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "ti,serdes-clk", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "ti,syscon-dev", LOP_REF_SYSCON, LOP_REFS_TAIL, WEAK, 0, NULL, NULL },
	{ "ti,syscon-efuse", LOP_REF_SYSCON, LOP_REFS_TAIL, WEAK, 0, NULL, NULL },
	{ "ti,syscon-lane-sel", LOP_REF_SYSCON, LOP_REFS_TAIL, WEAK, 0, NULL, NULL },
	{ "ti,syscon-mmuconfig", LOP_REF_SYSCON, LOP_REFS_TAIL, WEAK, 0, NULL, NULL },
	{ "ti,syscon-pcie-ctrl", LOP_REF_SYSCON, LOP_REFS_TAIL, WEAK, 0, NULL, NULL },
	{ "ti,syscon-pcie-id", LOP_REF_SYSCON, LOP_REFS_TAIL, WEAK, 0, NULL, NULL },
	{ "ti,syscon-pcie-mode", LOP_REF_SYSCON, LOP_REFS_TAIL, WEAK, 0, NULL, NULL },
	{ "ti,syscon-pll", LOP_REF_SYSCON, LOP_REFS_TAIL, WEAK, 0, NULL, NULL },
	{ "ti,syscon-unaligned-access", LOP_REF_SYSCON, LOP_REFS_CELLS, WEAK, NEEDED,
	  "#syscon-cells", NULL },
	{ "ti,timers", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "ti,tptcs", LOP_REF_SYSCON, LOP_REFS_FIXED, WEAK, 1, NULL, NULL },
	{ "ti,twl6040", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "ti,unmapped-event-sources", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "ti,watchdog-timers", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "trigger-sources", LOP_REF_CONSUMER, LOP_REFS_LIST, SURE, 0, NULL, NULL },
	{ "trip", LOP_REF_PROVIDER, LOP_REFS_LIST, SURE, 0, NULL, NULL },
	{ "ts_syscon", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "tx-dma-channel", LOP_REF_CONSUMER, LOP_REFS_CELLS, WEAK, NEEDED, "#dma-cells", NULL },
	{ "usb-phy", LOP_REF_PROVIDER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "vmmc", LOP_REF_PROVIDER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "wakeup-parent", LOP_REF_INTERRUPT, LOP_REFS_LIST, SURE, 0, NULL, NULL },
	{ "wlf,ldo1ena", LOP_REF_CONSUMER, LOP_REFS_CELLS, WEAK, 0, "#gpio-cells", NULL },
	{ "wlf,ldo2ena", LOP_REF_CONSUMER, LOP_REFS_CELLS, WEAK, 0, "#gpio-cells", NULL },
	{ "xlnx,dp-snd-codec", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "xlnx,dp-snd-pcm", LOP_REF_CONSUMER, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
	{ "xlnx,dpaud-reg", LOP_REF_SYSCON, LOP_REFS_LIST, WEAK, 0, NULL, NULL },
};

const size_t lop_refs_n_rows = sizeof(lop_refs_rows) / sizeof(lop_refs_rows[0]);

/* clang-format off */
static const struct lop_refs_row list_row = /* supplies, pin states */
	{ "", LOP_REF_PROVIDER, LOP_REFS_LIST, SURE, 0, NULL, NULL };
static const struct lop_refs_row gpio_row =
	{ "", LOP_REF_CONSUMER, LOP_REFS_CELLS, SURE, NEEDED, "#gpio-cells", NULL };
static const struct lop_refs_row firewall_row =
	{ "", LOP_REF_CONSUMER, LOP_REFS_CELLS, SURE, 0, "#firewall-cells", NULL };
static const struct lop_refs_row handle_row =
	{ "", LOP_REF_SYSCON, LOP_REFS_TAIL, WEAK, 0, NULL, NULL };
/* clang-format on */

/* Behind the last separator of a name. */
static const struct {
	const char *tail;
	bool comma; /* after a comma too: `ti,syscon` */
	const struct lop_refs_row *row;
} tails[] = {
	{ "-supply", false, &list_row },   { "-gpios", false, &gpio_row },
	{ "-gpio", false, &gpio_row },	   { "-phandle", false, &handle_row },
	{ "-handle", false, &handle_row }, { "-syscon", true, &handle_row },
};

/* Numbers of GPIOs: `nr-gpios`, `snps,nr-gpios`. */
static bool counts_gpios(const char *name)
{
	const char *vendor = strchr(name, ',');
	const char *rest = vendor ? vendor + 1 : name;

	return strcmp(rest, "nr-gpios") == 0 || strcmp(rest, "num-gpios") == 0;
}

static bool is_numbered(const char *name, const char *prefix)
{
	size_t len = strlen(prefix);

	if (strncmp(name, prefix, len) != 0 || name[len] == '\0')
		return false;
	return name[len + strspn(name + len, "0123456789")] == '\0';
}

static const char *last_separator(const char *name)
{
	const char *last = NULL;

	for (; *name; name++)
		if (*name == '-' || *name == ',')
			last = name;
	return last;
}

static const struct lop_refs_row *pattern_row(const char *name)
{
	static const struct lop_refs_row memory_row = { "", LOP_REF_MEMORY, LOP_REFS_LIST, WEAK,
							0,  NULL,	    NULL };
	const char *tail = last_separator(name);
	size_t i;

	if (!tail)
		return NULL;
	if (lop_str_starts(name, "linker-custom-section-"))
		return lop_str_ends(name, "-region") ? &memory_row : NULL;
	for (i = 0; i < sizeof(tails) / sizeof(tails[0]); i++) {
		if (strcmp(tail + 1, tails[i].tail + 1) != 0 || (*tail == ',' && !tails[i].comma))
			continue;
		return tails[i].row == &gpio_row && counts_gpios(name) ? NULL : tails[i].row;
	}
	if (is_numbered(name, "pinctrl-"))
		return &list_row;
	if (is_numbered(name, "firewall-"))
		return &firewall_row;
	return lop_str_starts(name, "syscon-") ? &handle_row : NULL;
}

const struct lop_refs_row *lop_refs_row(const char *name)
{
	size_t low = 0, high = lop_refs_n_rows;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = strcmp(name, lop_refs_rows[mid].name);

		if (order == 0)
			return &lop_refs_rows[mid];
		if (order < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return pattern_row(name);
}
