/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which bytes of which property are phandles, and what depends on what.
 *
 * References come from two sources: markers (a DTS wrote &label) and, for numbers and blobs, a
 * table of the properties that the bindings type as phandles (`clocks` and its #clock-cells, ...).
 * Both give the same list of entries, so a blob and its source mean the same.
 */
#ifndef LOP_TREE_REFS_H
#define LOP_TREE_REFS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lopper-c/tree/tree.h"

/* What happens to an entry whose target the domain may not have. */
enum lop_ref_kind {
	LOP_REF_PROVIDER, /* clocks, power-domains, resets, supplies, pinctrl, interrupt-parent,
			     ...: the target comes along, whoever owns its neighbours */
	LOP_REF_SYSCON,	  /* a block whose registers another device's driver uses (syscon, *-handle,
			     vendors' names): comes along, unless another domain was given it */
	LOP_REF_CONSUMER, /* iommus, dmas, mboxes, remote-endpoint, ...: comes along unless it is
			     another domain's; then the entry is dropped */
	LOP_REF_CPU,	/* names a CPU (cpu-map, cooling-device, affinity): dropped with the CPU */
	LOP_REF_MEMORY, /* memory-region, sram: reserved memory or SRAM the device uses */
	LOP_REF_INTERRUPT, /* interrupt-parent, interrupts-extended, interrupt-map: see view/ */
	LOP_REF_DOMAIN, /* System Device Tree: cpus, access, address-map, ...: never in an output */
	LOP_REF_UNKNOWN, /* a marker in a property the table does not have */
};

/* One entry of a property: the phandle and the specifier cells that go with it. */
struct lop_ref {
	const struct lop_prop *prop;
	enum lop_ref_kind kind;
	uint32_t phandle;	 /* as it stands in the bytes */
	struct lop_node *target; /* NULL: dangling */
	uint32_t start, len;	 /* bytes of the whole entry within the value */
	uint32_t ref;		 /* byte offset of the phandle itself, >= start */
	uint32_t entry;		 /* ordinal of the entry in the property: pairs with NAMES */
	bool is_path;		 /* a path string reference, not a phandle */
};

/* Where the bytes of a ragged value stop to fit: of several readings the one that came furthest. */
struct lop_misfit {
	enum {
		LOP_MISFIT_NO_PHANDLE, /* a phandle must stand there, and none does */
		LOP_MISFIT_NO_CELLS,   /* its target lacks the #-cells property */
		LOP_MISFIT_SHORT,      /* fewer cells follow than that property says */
		LOP_MISFIT_INNER,      /* the next reference stands among its cells */
	} kind;
	uint32_t at;		       /* byte offset of the phandle, or of what is none */
	const struct lop_node *target; /* of the entry; NO_PHANDLE: of the one before, or NULL */
	const char *cells;	       /* "#clock-cells"; NULL: the layout has none */
	uint32_t wanted;	       /* cells behind the phandle, by the target */
	bool sure;		       /* the table is sure of the property's layout */
};

struct lop_refs {
	struct lop_ref *items;
	size_t count, cap;
	bool ragged; /* the last lop_refs_scan met bytes that do not fit the #-cells: the property
			was taken apart by its markers alone, see there */
	struct lop_misfit misfit; /* of a ragged value of a property in the table */
};

/*
 * Appends the entries of one property of node to refs (malloc memory, reused between calls; the
 * caller frees items). Zero phandles (`<0>` = "none" in several bindings) give an entry with target
 * NULL and phandle 0. address-map, cpus, access and other /domains properties are not taken apart
 * here (model/ does), beyond their markers; whatever stands below /domains is LOP_REF_DOMAIN.
 *
 * Items never overlap and are in order of bytes. Two items have one ordinal where the binding makes
 * one entry of two references: both ends of `interconnects`, a mailbox and its child in `mboxes`,
 * any marker among the arguments of another reference.
 *
 * By markers alone an entry reaches from its marker to the next one; what stands before the first
 * belongs to none. Only the maps (interrupt-map, gpio-map, ...) and rockchip,pins count cells that
 * come before their phandle to it. A ragged value without markers is cut where its numbers allow,
 * so that none of them is left behind unseen. A number that no node has is dangling where the table
 * is sure of the property; its entry reaches to the next marker, to the same number, or to the end.
 * A value that the source wrote as a string or as bytes, or that looks like text in a blob, holds
 * no phandles; neither do `gpios` of a gpio-hog and `nr-gpios`.
 */
void lop_refs_scan(const struct lop_tree *tree, const struct lop_node *node,
		   const struct lop_prop *prop, struct lop_refs *refs);

/*
 * The property that names the entries of prop ("clock-names" of "clocks"), into name; false if the
 * property has none.
 */
bool lop_refs_names_prop(const char *prop, char *name, size_t size);

/* Does this property hold phandles by the table, markers or not? */
bool lop_refs_is_typed(const char *prop);

#endif
