/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The table of Linux's drivers of remote processors, after the bindings of Linux 6.1 (AMD's, which
 * 6.1 does not have yet: of the first kernel with TCM in it) and what the drivers ask for beyond
 * them. Plain data.
 */
#include "lopper-c/model/rproc.h"
#include "lopper-c/model/system.h"

#define NAMES(...) ((const char *const[]){ __VA_ARGS__, NULL })

#define POOL_FIRST                                              \
	{                                                       \
		LOP_PART_POOL, LOP_PART_RING_0, LOP_PART_RING_1 \
	}

static const char *const nothing[] = { NULL };

/* imx_rproc: the clock is taken for every method of starting, syscon where Linux writes registers.
 */
#define IMX(compatible_, soc_, ...)                                                             \
	{                                                                                       \
		.compatible = (compatible_), .socs = NAMES(soc_), .kind = LOP_RPROC_NODE,       \
		.family = LOP_CPU_ARM_M, .binding = "fsl,imx-rproc.yaml", .needs = __VA_ARGS__, \
		.ipc_needs = NAMES("mboxes", "mbox-names"), .parts = POOL_FIRST, .n_parts = 3,  \
		.one_address = true                                                             \
	}

#define TI(compatible_, ...)                                                                     \
	{                                                                                        \
		.compatible = (compatible_), .socs = NAMES(__VA_ARGS__), .kind = LOP_RPROC_NODE, \
		.family = LOP_CPU_ARM_R5, .binding = "ti,k3-r5f-rproc.yaml",                     \
		.needs = NAMES("reg", "reg-names", "ti,sci", "ti,sci-dev-id", "ti,sci-proc-ids", \
			       "resets", "firmware-name"),                                       \
		.ipc_needs = NAMES("mboxes"), .parts = { LOP_PART_DMA }, .n_parts = 1,           \
		.one_address = true                                                              \
	}

const struct lop_flavour lop_flavours[] = {
	{ .compatible = "pm,rproc", .socs = nothing, .kind = LOP_RPROC_MANAGER, .needs = nothing },
	{ .compatible = "xlnx,zynqmp-r5fss",
	  .socs = NAMES("xlnx,zynqmp"),
	  .kind = LOP_RPROC_AMD,
	  .family = LOP_CPU_ARM_R5,
	  .binding = "xlnx,zynqmp-r5fss.yaml",
	  .core = "xlnx,zynqmp-r5f",
	  .child = "r5f",
	  .has_tcm_mode = true,
	  .parts = POOL_FIRST,
	  .n_parts = 3,
	  .program_first = true,
	  .one_address = true },
	{ .compatible = "xlnx,versal-r5fss",
	  .socs = NAMES("xlnx,versal"),
	  .kind = LOP_RPROC_AMD,
	  .family = LOP_CPU_ARM_R5,
	  .binding = "xlnx,zynqmp-r5fss.yaml",
	  .core = "xlnx,versal-r5f",
	  .child = "r5f",
	  .has_tcm_mode = true,
	  .parts = POOL_FIRST,
	  .n_parts = 3,
	  .program_first = true,
	  .one_address = true },
	{ .compatible = "xlnx,versal-net-r52fss",
	  .socs = NAMES("xlnx,versal-net", "xlnx,versal2", "amd,versal2"),
	  .kind = LOP_RPROC_AMD,
	  .family = LOP_CPU_ARM_R52,
	  .binding = "xlnx,zynqmp-r5fss.yaml",
	  .core = "xlnx,versal-net-r52f",
	  .child = "r52f",
	  .parts = POOL_FIRST,
	  .n_parts = 3,
	  .program_first = true,
	  .one_address = true },
	IMX("fsl,imx6sx-cm4", "fsl,imx6sx", NAMES("clocks", "syscon")),
	IMX("fsl,imx7d-cm4", "fsl,imx7d", NAMES("clocks", "syscon")),
	IMX("fsl,imx7ulp-cm4", "fsl,imx7ulp", nothing),
	IMX("fsl,imx8mm-cm4", "fsl,imx8mm", NAMES("clocks", "syscon")),
	IMX("fsl,imx8mn-cm7", "fsl,imx8mn", NAMES("clocks")),
	IMX("fsl,imx8mp-cm7", "fsl,imx8mp", NAMES("clocks")),
	IMX("fsl,imx8mq-cm4", "fsl,imx8mq", NAMES("clocks", "syscon")),
	IMX("fsl,imx8ulp-cm33", "fsl,imx8ulp", nothing),
	IMX("fsl,imx93-cm33", "fsl,imx93", NAMES("clocks")),
	{ .compatible = "st,stm32mp1-m4",
	  .socs = NAMES("st,stm32mp151", "st,stm32mp153", "st,stm32mp157"),
	  .kind = LOP_RPROC_NODE,
	  .family = LOP_CPU_ARM_M,
	  .binding = "st,stm32-rproc.yaml",
	  .needs = NAMES("reg", "resets", "st,syscfg-holdboot", "st,syscfg-tz"),
	  .ipc_needs = NAMES("mboxes", "mbox-names"),
	  .parts = { LOP_PART_RING_0, LOP_PART_RING_1, LOP_PART_POOL },
	  .n_parts = 3,
	  .program_first = true,
	  .lists_sram = true,
	  .needs_dma_range = true },
	TI("ti,am654-r5f", "ti,am654"),
	TI("ti,j721e-r5f", "ti,j721e"),
	TI("ti,j7200-r5f", "ti,j7200"),
	TI("ti,am64-r5f", "ti,am642"),
	TI("ti,j721s2-r5f", "ti,j721s2"),
};

const size_t lop_n_flavours = sizeof(lop_flavours) / sizeof(lop_flavours[0]);
