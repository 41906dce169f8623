/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Inside emit/: what programs of AMD's (Xilinx's) OpenAMP and libmetal demos are built with, by the
 * names that their sources know: amd_platform_info.h and libmetal.cmake. A value that the inputs do
 * not have is left out, and the file says so.
 */
#ifndef LOP_EMIT_AMD_H
#define LOP_EMIT_AMD_H

#include "lopper-c/model/system.h"
#include "lopper-c/view/view.h"

enum lop_amd_form { LOP_AMD_HEX, LOP_AMD_COUNT, LOP_AMD_TEXT, LOP_AMD_MISSING };

struct lop_amd_value {
	const char *name;
	enum lop_amd_form form;
	uint64_t number;
	const char *text;
	struct lop_span span; /* where it comes from; text 0: nowhere */
};

struct lop_amd_values {
	const struct lop_system *system;
	const struct lop_view *view;
	const struct lop_link *link;
	enum lop_end end;
	struct lop_amd_value *list;
	size_t n;
};

/* Of a link and one of its ends; what the two have in common: the inter-processor interrupt. */
void lop_amd_rpmsg(struct lop_amd_values *values);
void lop_amd_libmetal(struct lop_amd_values *values);

/* Both false, and nothing printed, where the domain gets no such file. */
bool lop_emit_amd_header(const struct lop_system *system, const struct lop_view *view,
			 struct lop_buf *out);
bool lop_emit_amd_cmake(const struct lop_system *system, const struct lop_view *view,
			struct lop_buf *out);

#endif
