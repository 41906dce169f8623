/* SPDX-License-Identifier: BSD-3-Clause */
/* Domain files for editors: a JSON Schema. */
#ifndef LOP_EMIT_JSON_SCHEMA_H
#define LOP_EMIT_JSON_SCHEMA_H

#include "lopper-c/base/buf.h"

/*
 * The table of merge/schema.h as JSON Schema, draft-07. Takes every file that is read without a
 * complaint, but for domains nested without `domains:` that do not look like any, and for
 * properties at the top that only the root of this one tree has. Refuses keys that no mapping has
 * and entries without the keys they need. Whether a mapping at the top is a node of the tree, and
 * what names refer to, is beyond it.
 */
void lop_emit_json_schema(struct lop_buf *out);

#endif
