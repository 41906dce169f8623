/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The code of every diagnostic: its name is its switch (-W<name>, -Wno-<name>, -Werror=<name>), its
 * page in `sdtgen explain <name>` and its folder in tests/bad. One row each in code.c, the pages in
 * pages_*.c.
 */
#ifndef LOP_DIAG_CODE_H
#define LOP_DIAG_CODE_H

#include <stdbool.h>

enum lop_code {
	/* files and limits */
	LOP_IO,		 /* a file cannot be read or written */
	LOP_CPP,	 /* the C preprocessor failed */
	LOP_CPP_WARNING, /* warning: the C preprocessor warns, or a file does with #warning */
	LOP_LIMIT,	 /* nesting, size or count beyond what is accepted; bombs */
	LOP_UNSUPPORTED, /* understood, but not supported; never skipped in silence */
	/* DTS and DTB */
	LOP_DTS_SYNTAX,
	LOP_DTS_EXPRESSION, /* division by zero, value beyond its width */
	LOP_DTS_INCLUDE,    /* missing or cyclic /include/, missing /incbin/ */
	LOP_DTS_DUPLICATE,  /* node or property twice in one body, label on two things */
	LOP_DTS_NAME,	    /* a character or length that a name must not have */
	LOP_DTS_REF,	    /* reference to a label or path that does not exist */
	LOP_DTS_PHANDLE,    /* phandle twice, zero, of wrong length */
	LOP_DTS_DANGLING,   /* warning: the input has a phandle number no node has */
	LOP_DTB_FORMAT,	    /* truncated or damaged blob */
	/* YAML */
	LOP_YAML_SYNTAX,
	LOP_YAML_DUPLICATE, /* key twice in one mapping */
	LOP_YAML_MERGE,	    /* bad operand of <<, <<+ or <<*; unknown alias */
	LOP_YAML_TYPE,	    /* mapping where a list is wanted, ... */
	LOP_YAML_CONFLICT,  /* warning: a later file changes a value an earlier one set */
	LOP_STALE_SYNTAX,   /* domain file syntax of years ago; says the present form */
	/* names */
	LOP_UNKNOWN_KEY,
	LOP_UNKNOWN_NODE, /* a YAML path or memory-region name that the tree does not have */
	LOP_UNKNOWN_DEVICE,
	LOP_UNKNOWN_CLUSTER,
	LOP_UNKNOWN_DOMAIN,
	LOP_UNKNOWN_GROUP,
	LOP_UNKNOWN_CARVEOUT,
	LOP_UNKNOWN_FLAG,
	LOP_UNKNOWN_OS,
	LOP_AMBIGUOUS_NAME,
	LOP_WRONG_NODE, /* the name resolves, but not to a cluster, device, memory, ... */
	LOP_GLOB_MOVED, /* warning, off: a pattern took a device from its pool */
	LOP_GLOB_EMPTY, /* a pattern that matches nothing, or has no pool */
	/* values */
	LOP_BAD_NUMBER,
	LOP_MISSING_VALUE,
	LOP_BAD_CHOICE, /* a word that is none of those a key takes */
	LOP_ADDRESS_OVERFLOW,
	LOP_BAD_CELLS,	 /* property length does not fit its #-cells */
	LOP_ADDRESS_MAP, /* neither reading of an address-map fits */
	/* domains */
	LOP_NO_DOMAINS,
	LOP_DUPLICATE_ID,
	LOP_DUPLICATE_NAME,
	LOP_DUPLICATE_CPU, /* two CPUs of a cluster with one number */
	LOP_PARENT_MISSING,
	LOP_PARENT_CYCLE,
	LOP_BEYOND_PARENT,
	LOP_CPU_MASK,  /* zero, or beyond the cluster */
	LOP_CPU_ORDER, /* warning: a mask means other CPUs by reg than by their order */
	LOP_CPU_MODE,  /* execution level the CPU does not have, lockstep with several CPUs */
	LOP_CPU_LEVEL, /* warning: execution level above what the CPU has; its highest is taken */
	LOP_CPU_TWICE,
	LOP_DEVICE_TWICE,
	LOP_IRQ_TWICE,
	LOP_DMA_OPEN,
	LOP_DMA_GUEST,		/* warning: DMA goes elsewhere than the domain's memory */
	LOP_DEVICE_UNREACHABLE, /* the domain's cluster has no path to it */
	LOP_MEM_OUTSIDE,
	LOP_MEM_UNREACHABLE,
	LOP_MEM_UNSEEN, /* warning: the cluster's address-map does not show it, or not all */
	LOP_MEM_OVERLAP,
	LOP_GUEST_ADDRESS, /* memory that no manager can show there */
	LOP_MEM_SHARED,	   /* warning: the same range twice without a shared flag */
	LOP_RESERVED_OVERLAP,
	LOP_REF_DROPPED,  /* warning: a given device refers to what another domain has */
	LOP_REG_CUT,	  /* warning: registers that the cluster's address-map does not show */
	LOP_REG_OVERLAP,  /* warning: devices of two domains with the same registers */
	LOP_MEM_MISSING,  /* warning: a domain with an operating system and no memory */
	LOP_CPUS_MISSING, /* warning: a domain that runs nowhere */
	LOP_IRQ_UNROUTED, /* warning: an interrupt that the domain's controller does not get */
	LOP_READING, /* warning, off: an ambiguity of the specification, and the reading taken */
	/* links and the manager */
	LOP_LINK_NUMBER,       /* a count, size or name that rings or messages cannot have */
	LOP_C_NAME,	       /* names that are one in C */
	LOP_LINK_MEMORY,       /* warning: write-back where caches do not see each other */
	LOP_LINUX_RPMSG,       /* warning: a link that Linux's rpmsg cannot have */
	LOP_REMOTEPROC,	       /* warning: what Linux's driver of a remote wants and nobody says */
	LOP_LINK_WINDOW,       /* a window that cannot be where it is, or too small */
	LOP_LINK_RESOURCE,     /* what a resource table cannot have */
	LOP_START_CYCLE,       /* domains that start after one another */
	LOP_ISOLATION,	       /* hardware cannot keep two domains apart */
	LOP_ISOLATION_REGIONS, /* warning: regions that a protection unit cannot express */
	LOP_LOAD_OUTSIDE,      /* a file or an entry that is not in the domain's memory */
	LOP_MANAGER_MISSING,   /* warning: keys that only a manager heeds */
	LOP_IDLE_KEY,	       /* warning: a key that changes nothing where it is */
	LOP_BAD_NAME,	       /* a file or channel whose name nothing can have */
	LOP_MEM_FULL,	       /* nothing is free for what is placed automatically */
	LOP_RULE_BROKEN,       /* one of the user's own */
	LOP_RULE_WARNS,	       /* warning: the same */
	LOP_MULTI_CLUSTER,     /* warning: CPUs that do not fit into one /cpus */
	/* programs and tables */
	LOP_ELF_FORMAT,	    /* truncated or damaged ELF file, or one of another kind */
	LOP_RSC_MISSING,    /* a program without a resource table */
	LOP_RSC_FORMAT,	    /* a resource table that is not sound */
	LOP_RSC_UNLOADED,   /* warning: a resource table that does not reach memory */
	LOP_RSC_NOTIFYID,   /* warning: a notify id twice, or one that Linux uses otherwise */
	LOP_RSC_OVERLAP,    /* warning: rings, memory, segments in one place */
	LOP_RSC_ANY,	    /* warning, off: an address that only Linux chooses */
	LOP_RSC_STATE,	    /* warning: fields of the host are not 0 in the file */
	LOP_RSC_NAME,	    /* warning: a name with unprintable characters */
	LOP_RSC_STALE,	    /* a program with another table than the manager has for it */
	LOP_TABLE_FORMAT,   /* a partition table that a manager does not take */
	LOP_IMAGE_MISSING,  /* a file that the table names and that is nowhere */
	LOP_IMAGE_FORMAT,   /* a file that no loader takes */
	LOP_IMAGE_MACHINE,  /* a program for other CPUs */
	LOP_IMAGE_MEMORY,   /* outside the memory that it may have, or no room in it */
	LOP_IMAGE_OVERLAP,  /* two of one domain, or two segments, in one place */
	LOP_IMAGE_ENTRY,    /* an entry point where nothing can begin */
	LOP_IMAGE_ALIGN,    /* an address that its format does not take */
	LOP_MANAGER_HEADER, /* a manager that boot loaders do not recognise */
	LOP_BOOT_PLACE,	    /* warning: QEMU would load the manager elsewhere */
	LOP_BOOT_FORMAT,    /* no boot image, or a damaged one */
	LOP_LINKER_NAME,    /* a file, symbol or section name that a script cannot have */
	LOP_LINKER_REGION,  /* a section in a memory that the domain does not have */
	LOP_LINKER_RIGHTS,  /* a section in a memory without the rights it needs */
	LOP_LINKER_OFFSET,  /* outside the memory, or where no offset may be */
	LOP_LINKER_PROFILE, /* a place that the CPU or the RTOS cannot start from */
	LOP_MPU_POLICY,	    /* rights that memory protection cannot express */
	LOP_CODE_COUNT
};

/* One row. */
struct lop_code_row {
	const char *name;
	bool warning;	    /* severity by default; the others are errors */
	bool off;	    /* warning that is off by default */
	bool lopper_passes; /* --compat=lopper makes it a warning */
	const char *title;  /* one line, for the table of `sdtgen explain` and SARIF rules */
};

extern const struct lop_code_row lop_codes[LOP_CODE_COUNT];
/* The page of a code: what it means, an example, the fix. Never NULL. */
const char *lop_code_explain(enum lop_code code);
/* LOP_CODE_COUNT if there is none of that name. */
enum lop_code lop_code_by_name(const char *name);

#endif
