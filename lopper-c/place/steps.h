/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside place/: the steps, in the order in which place.c takes them. */
#ifndef LOP_PLACE_STEPS_H
#define LOP_PLACE_STEPS_H

#include "lopper-c/place/free.h"

/* life.c */
void lop_place_manager(struct lop_system *system, struct lop_free *free);
void lop_place_memory(struct lop_system *system, struct lop_free *free);
void lop_place_slots(struct lop_system *system, struct lop_free *free);
void lop_place_traces(struct lop_system *system);
void lop_place_order(struct lop_system *system);

/* machine.c: what the manager plays for the domains; after the links */
void lop_place_machines(struct lop_system *system);

/* link.c */
void lop_place_links(struct lop_system *system, struct lop_free *free);

/* place.c: says that want has no room for what (a name), and what is free. */
void lop_place_report(struct lop_system *system, const struct lop_free *free,
		      const struct lop_want *want, struct lop_span span, const char *what);

#endif
