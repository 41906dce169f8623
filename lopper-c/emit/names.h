/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside emit/: names of C out of names of the tree. */
#ifndef LOP_EMIT_NAMES_H
#define LOP_EMIT_NAMES_H

#define LOP_MACRO_MAX 96 /* bytes of any name made here, NUL included; longer ones are cut */

/* prefix_name, as a C identifier: "rsc", "rpu-0" is rsc_rpu_0. */
void lop_c_name(const char *prefix, const char *name, char out[LOP_MACRO_MAX]);
/* PREFIX_NAME in capitals: "RSC", "rpu-0" is RSC_RPU_0. */
void lop_c_macro(const char *prefix, const char *name, char out[LOP_MACRO_MAX]);

#endif
