/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside merge/: YAML into numbers, values and properties, with the complaint that goes with each.
 */
#ifndef LOP_MERGE_CONVERT_H
#define LOP_MERGE_CONVERT_H

#include "lopper-c/merge/merger.h"
#include "lopper-c/tree/val.h"

/* --- build.c: values --- */

/* The name of a reference to this node: its label, else its path. */
const char *lop_ref_name(struct lop_merger *m, const struct lop_node *node);
void lop_val_node(struct lop_merger *m, struct lop_val *cells, const struct lop_node *node,
		  struct lop_span span);
/* first, then second, with the markers of both. */
struct lop_value lop_value_join(struct lop_merger *m, const struct lop_value *first,
				const struct lop_value *second);
void lop_merge_set(struct lop_merger *m, struct lop_node *node, const char *name,
		   struct lop_value value, struct lop_span key_span, struct lop_span value_span);
void lop_merge_set_string(struct lop_merger *m, struct lop_node *node, const char *name,
			  const char *text, struct lop_span key_span, struct lop_span span);
void lop_merge_set_cell(struct lop_merger *m, struct lop_node *node, const char *name,
			uint32_t cell, struct lop_span span);

/* --- values.c: YAML scalars with the complaint that goes with them --- */

const char *lop_yaml_kind_text(const struct lop_yaml *value);
/* A number of at most max_bits; what names it in the message. False: reported. */
bool lop_merge_number(struct lop_merger *m, const struct lop_yaml *value, unsigned max_bits,
		      const char *what, uint64_t *out);
bool lop_merge_bool(struct lop_merger *m, const struct lop_yaml *value, const char *what,
		    bool *out);
/* Reports LOP_YAML_TYPE unless the value is of the kind; NULL values are for the caller. */
bool lop_merge_want(struct lop_merger *m, const struct lop_yaml *value, enum lop_yaml_kind kind,
		    const char *what);
/* start and size of one entry; false: reported. range size is never 0. */
bool lop_merge_start_size(struct lop_merger *m, const struct lop_yaml *entry,
			  const struct lop_yaml *start, const struct lop_yaml *size,
			  const char *what, struct lop_range *out);
/* How a name that is not valid may be written; prop: of a property, else of a node. */
void lop_merge_help_name(struct lop_diag *d, const char *name, bool prop);

/* --- prop.c: values of any node --- */

enum lop_converted { LOP_SET, LOP_OMIT, LOP_POISON };
enum lop_converted lop_merge_convert(struct lop_merger *m, const struct lop_node *node,
				     const char *name, const struct lop_yaml *value,
				     struct lop_value *out);
void lop_apply_changes(struct lop_merger *m);

#endif
