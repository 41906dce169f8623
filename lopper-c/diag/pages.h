/* SPDX-License-Identifier: BSD-3-Clause */
/* The pages of `sdtgen explain`, by subject. Private to diag/explain.c. */
#ifndef LOP_DIAG_PAGES_H
#define LOP_DIAG_PAGES_H

#include "lopper-c/diag/code.h"

/* Each holds NULL for the codes of the others. */
extern const char *const lop_pages_input[LOP_CODE_COUNT];  /* files, DTS, DTB, YAML */
extern const char *const lop_pages_name[LOP_CODE_COUNT];   /* names and values */
extern const char *const lop_pages_domain[LOP_CODE_COUNT]; /* domains */
extern const char *const lop_pages_device[LOP_CODE_COUNT]; /* their devices */
extern const char *const lop_pages_binary[LOP_CODE_COUNT]; /* programs and tables */
extern const char *const lop_pages_boot[LOP_CODE_COUNT];   /* images, boot images */
extern const char *const lop_pages_link[LOP_CODE_COUNT];   /* links, manager, placement */
extern const char *const lop_pages_linker[LOP_CODE_COUNT]; /* linker scripts, protection */

#endif
