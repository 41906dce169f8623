/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside view/: what Zephyr's build reads of memory and its protection. */
#ifndef LOP_VIEW_ZEPHYR_H
#define LOP_VIEW_ZEPHYR_H

#include "lopper-c/view/cut.h"
#include "lopper-c/view/view.h"

/* Once memory is copied and listed, before references are resolved. */
void lop_cut_zephyr(struct lop_cut *cut, const struct lop_view *view);

#endif
