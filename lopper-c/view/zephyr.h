/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside view/: what Zephyr's build reads of memory, its protection and links. */
#ifndef LOP_VIEW_ZEPHYR_H
#define LOP_VIEW_ZEPHYR_H

#include "lopper-c/view/cut.h"
#include "lopper-c/view/view.h"

/* Once memory is copied and listed, before references are resolved. */
void lop_cut_zephyr(struct lop_cut *cut, const struct lop_view *view);

/* A property of /chosen with the path of a node; not where the user said it, or for NULL. */
void lop_zephyr_choose(struct lop_cut *cut, const char *name, const struct lop_node *node);

/* zephyr,memory-attr of memory for data. */
uint32_t lop_zephyr_ram(bool cacheable);

/* zephyr_ipc.c; domain is the one of the base system. */
void lop_cut_zephyr_ipc(struct lop_cut *cut, const struct lop_domain *domain);

#endif
