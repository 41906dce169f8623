/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which characters names have (Devicetree Specification 2.2.1, 2.2.4, and what dtc takes). The
 * lexer's tables (dts/blanks.c) are these sets as bits; its test compares them.
 */
#ifndef LOP_TREE_NAMES_H
#define LOP_TREE_NAMES_H

#include <stdbool.h>

#define LOP_CHARS_DIGITS  "0123456789"
#define LOP_CHARS_LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define LOP_CHARS_LABEL	  LOP_CHARS_LETTERS LOP_CHARS_DIGITS "_"
#define LOP_CHARS_NODE	  LOP_CHARS_LABEL ",.+-" /* of each part beside the @ */
#define LOP_CHARS_PROP	  LOP_CHARS_NODE "*#?"

/* "name" or "name@unit", neither part empty. */
bool lop_node_name_valid(const char *name);
/* The same, as sources and blobs have it too: any place and emptiness of the one @. */
bool lop_node_name_readable(const char *name);
bool lop_prop_name_valid(const char *name);
bool lop_label_valid(const char *name);

#endif
