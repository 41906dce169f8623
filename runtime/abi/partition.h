/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The partition table: everything the manager has to know before it boots the domains, made by
 * sdtgen. Little endian, position independent, fixed width; one header, one array of records per
 * kind, one blob of names and contents.
 *
 *	struct pm_table | domains | CPUs | regions | irqs | links | images | rights | bytes
 *
 * Records name one another by index into their array, names and contents by offset into bytes.
 * The sections follow each other in this order without gaps and are aligned to PM_TABLE_ALIGN.
 *
 * The reader below is shared by sdtgen and the manager: no heap, no libc. It takes a table only if
 * every index, offset, range and relation in it holds, so that the manager needs no second look.
 * Texts have no control characters and may go to a terminal as they are.
 */
#ifndef PM_ABI_PARTITION_H
#define PM_ABI_PARTITION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PM_TABLE_MAGIC	 UINT32_C(0x42544d50) /* "PMTB" */
#define PM_TABLE_VERSION 2u		      /* a reader takes its own version only */
#define PM_TABLE_ALIGN	 8u		      /* bytes; of the table and its sections */
#define PM_TABLE_MAX	 (1u << 20)	      /* bytes of a whole table */
/* Records of a kind; more is refused, so that a check on the target ends soon. */
#define PM_DOMAINS_MAX 64u
#define PM_LINKS_MAX   512u
#define PM_RECORDS_MAX 4096u
#define PM_TEXT_MAX    1024u		    /* bytes of a text, its NUL included */
#define PM_NONE	       UINT32_C(0xffffffff) /* an index or offset that leads nowhere */

enum pm_isa { PM_ISA_ARM64 = 1, PM_ISA_RISCV64 = 2, PM_ISA_ARMV8M = 3 };

/*
 * What one mapping of the isolation hardware is a multiple of: a page of stage 2, what PMP can
 * express, a region of the SAU. Every region is aligned to it at both addresses, so that whatever
 * else lies beside a device is in a region of its own, or in none.
 */
uint32_t pm_granule(uint32_t isa);
/* The last address that a table may have, in a domain and on the bus: 48 bits of stage 2, for one.
 */
uint64_t pm_last_address(uint32_t isa);

/* A section: offset from the start of the table in bytes, number of records. */
struct pm_section {
	uint32_t offset, count;
};

struct pm_table {
	uint32_t magic;	   /* PM_TABLE_MAGIC */
	uint32_t version;  /* PM_TABLE_VERSION */
	uint32_t size;	   /* bytes of the whole table */
	uint32_t checksum; /* CRC-32 (IEEE 802.3) of the whole table with this field 0 */
	uint32_t isa;	   /* enum pm_isa */
	uint32_t name;	   /* of the system */
	struct pm_section domains, cpus, regions, irqs, links, images, rights;
	struct pm_section bytes; /* count: bytes */
	/* The manager itself: its regions have no domain, each serves one purpose. */
	uint32_t memory;	  /* region: code, stacks, page tables, image store */
	uint32_t cpu;		  /* CPU whose idle time runs shell and console */
	uint32_t uart;		  /* region of its console; PM_NONE: it has none */
	uint32_t uart_kind;	  /* enum pm_uart_kind */
	uint32_t uart_irq;	  /* INTID, or interrupt number of the PLIC; PM_NONE: polled. No
				     domain has it */
	uint32_t uart_clock;	  /* Hz; 0: leave the divisors alone */
	uint32_t intc;		  /* region: GIC distributor, PLIC; PM_NONE */
	uint32_t intc_kind;	  /* enum pm_intc_kind, one of this isa */
	uint32_t redist;	  /* region: redistributors of a GICv3; CLINT; PM_NONE */
	uint32_t redist_stride;	  /* bytes per CPU; 0 without a GICv3 */
	uint32_t maintenance_irq; /* INTID of the GIC's maintenance interrupt; PM_NONE */
	uint32_t reserved;
	uint64_t ram; /* where the machine's memory begins: what a boot loader counts from */
};

enum pm_uart_kind { PM_UART_NONE = 0, PM_UART_PL011 = 1, PM_UART_16550 = 2, PM_UART_CMSDK = 3 };
enum pm_intc_kind {
	PM_INTC_NONE = 0,
	PM_INTC_GICV2 = 1,
	PM_INTC_GICV3 = 2,
	PM_INTC_PLIC = 3,
	PM_INTC_NVIC = 4
};

enum pm_restart { PM_RESTART_NEVER = 0, PM_RESTART_ON_FAULT = 1, PM_RESTART_ALWAYS = 2 };
enum pm_console { PM_CONSOLE_NONE = 0, PM_CONSOLE_VIRTUAL = 1, PM_CONSOLE_PASSTHROUGH = 2 };
enum pm_os { PM_OS_BAREMETAL = 0, PM_OS_LINUX = 1, PM_OS_RTOS = 2 };

#define PM_DOMAIN_AUTOSTART (1u << 0)

/* CPUs, regions, irqs, images and rights of a domain each lie side by side in their arrays. */
struct pm_domain {
	uint32_t name;
	uint32_t id;	      /* of the domain in the System Device Tree; PM_NONE: none */
	uint32_t os;	      /* enum pm_os */
	uint32_t flags;	      /* PM_DOMAIN_ */
	uint32_t cpu, n_cpus; /* the first is the boot CPU */
	uint32_t region, n_regions;
	uint32_t irq, n_irqs;
	uint32_t image, n_images;
	uint32_t right, n_rights; /* what it may do to other domains */
	uint64_t entry;		  /* guest address, executable; 0: that of its image */
	uint64_t dtb;		  /* where in its memory its device tree is put; 0: none */
	uint32_t start;		  /* place in the order of starting, 0 first; equals together */
	uint32_t restart;	  /* enum pm_restart */
	uint32_t restart_limit;	  /* restarts before it is given up; 0: no limit */
	uint32_t restart_backoff; /* ms before the first restart, doubled for each further one */
	uint32_t watchdog;	  /* ms; 0: none */
	uint32_t console;	  /* enum pm_console */
	uint32_t console_region;  /* of the virtual UART; PM_NONE: the console is another */
	uint32_t console_irq;	  /* irq record of the virtual UART; PM_NONE: it has none */
	uint32_t trace;		  /* region of the trace buffer, or PM_NONE */
	uint32_t slot;		  /* region of the slot for replaceable images, or PM_NONE */
};

struct pm_cpu {
	uint64_t hwid;	 /* MPIDR affinity fields, hart id, core number */
	uint32_t domain; /* PM_NONE: the manager's own, or nobody's */
	uint32_t reserved;
};

enum pm_region_kind {
	PM_REGION_MEMORY = 0,	/* RAM of the domain */
	PM_REGION_DEVICE = 1,	/* registers, passed through */
	PM_REGION_WINDOW = 2,	/* of a link */
	PM_REGION_DOORBELL = 3, /* virtual: a page that rings when written */
	PM_REGION_CONSOLE = 4,	/* virtual: the registers of a UART that the manager plays */
	PM_REGION_SHARED = 5,	/* memory that several domains name, without a link */
	PM_REGION_SLOT =
		6, /* images that are put here at run time; the manager's, for one domain */
	PM_REGION_INTC = 7, /* virtual: an interrupt controller that the manager filters */
};

#define PM_DOORBELL_SIZE 4096u

#define PM_REGION_READ	  (1u << 0)
#define PM_REGION_WRITE	  (1u << 1)
#define PM_REGION_EXECUTE (1u << 2)
#define PM_REGION_RIGHTS  7u
/* No physical memory is behind it: every access traps. phys is 0. Set for doorbells, consoles and
 * filtered interrupt controllers, and for nothing else. */
#define PM_REGION_VIRTUAL (1u << 3)

enum pm_memory_type {
	PM_TYPE_WRITE_BACK = 0,	   /* normal, write-back, inner shareable */
	PM_TYPE_NON_CACHEABLE = 1, /* normal, non-cacheable */
	PM_TYPE_DEVICE = 2,	   /* device-nGnRE, strongly ordered I/O */
};

/*
 * Regions of different owners are apart on the bus, but for the two windows of a link and shared
 * memory of one type. A domain can read what is not virtual; windows it can write, too. Only
 * memory is executable.
 */
struct pm_region {
	uint64_t guest;	 /* address in the domain; phys where nothing translates */
	uint64_t phys;	 /* address on the bus */
	uint64_t size;	 /* bytes, not 0 */
	uint32_t kind;	 /* enum pm_region_kind */
	uint32_t flags;	 /* PM_REGION_ */
	uint32_t type;	 /* enum pm_memory_type */
	uint32_t domain; /* owner; PM_NONE: the manager */
	uint32_t link;	 /* whose window or doorbell it is; else PM_NONE */
	uint32_t name;	 /* node, or what the range is */
};

#define PM_IRQ_EDGE    (1u << 0) /* else level */
#define PM_IRQ_PRIVATE (1u << 1) /* PPI, 16 to 31: each CPU of the domain has its own */
/* No device raises it: the manager does (doorbell, virtual UART). */
#define PM_IRQ_VIRTUAL (1u << 2)

struct pm_irq {
	uint32_t intid; /* as the interrupt controller numbers it: SPI 1 is 33 */
	uint32_t flags; /* PM_IRQ_ */
	uint32_t domain;
	uint32_t name; /* of the device */
};

/*
 * A pair of ends and the window between them. Offsets count from the start of the window. The
 * host is the virtio driver, ring 0 goes from the remote to the host, ring 1 the other way.
 *
 * Links with the same host and the same remote are a pair; exactly one of them has the table, which
 * says of each the ring numbers, the alignment and where in the remote's window the rings are.
 */
struct pm_link {
	uint32_t name;
	uint32_t host, remote;		     /* domains */
	uint32_t host_window, remote_window; /* regions, each at its own guest address */
	uint32_t type;			     /* enum pm_memory_type, the same for both */
	uint32_t table;	      /* offset of the resource table, a multiple of 8; PM_NONE: it is in
				 the window of another link of the pair */
	uint32_t table_size;  /* bytes; 0 with PM_NONE */
	uint32_t pristine;    /* the table as it is before each start, in bytes; PM_NONE */
	uint32_t vdev;	      /* which vdev of the pair's table this link is, from 0 */
	uint32_t ring[2];     /* offset of each ring */
	uint32_t ring_num[2]; /* descriptors */
	uint32_t ring_align;
	uint32_t buffers; /* offset, a multiple of 8: those of ring 0, then those of ring 1 */
	uint32_t buffer_size[2];       /* a multiple of 4, room for header and payload */
	uint32_t buffer_count[2];      /* 1 to ring_num */
	uint32_t host_irq, remote_irq; /* virtual irqs of their own: the other end rings */
	uint32_t host_doorbell, remote_doorbell; /* regions: the page each end writes to ring */
};

enum pm_image_kind {
	PM_IMAGE_PROGRAM = 0, /* at most one; ELF, arm64 or RISC-V Image, or raw: told by its
				 first bytes */
	PM_IMAGE_INITRD = 1,  /* at most one */
	PM_IMAGE_DTB = 2,     /* at most one; made by sdtgen pack of the domain's own tree */
	PM_IMAGE_RAW = 3,     /* put where it says, whatever it is */
};

struct pm_image {
	uint32_t name; /* of the file, as the user wrote it */
	uint32_t kind; /* enum pm_image_kind */
	uint32_t domain;
	uint32_t reserved;
	uint64_t load; /* where in the domain's memory; 0: the program says, or where it fits */
};

/* What a domain may do to another. */
#define PM_RIGHT_QUERY (1u << 0)
#define PM_RIGHT_START (1u << 1)
#define PM_RIGHT_STOP  (1u << 2)
#define PM_RIGHT_LOAD  (1u << 3)
#define PM_RIGHT_ALL   15u

/* One record for a pair of domains. */
struct pm_right {
	uint32_t domain; /* who */
	uint32_t target; /* whom */
	uint32_t rights; /* PM_RIGHT_ */
	uint32_t reserved;
};

_Static_assert(sizeof(struct pm_table) == 144, "table header");
_Static_assert(offsetof(struct pm_table, domains) == 24, "table header");
_Static_assert(offsetof(struct pm_table, memory) == 88, "table header");
_Static_assert(offsetof(struct pm_table, ram) == 136, "table header");
_Static_assert(sizeof(struct pm_domain) == 112, "domain");
_Static_assert(offsetof(struct pm_domain, entry) == 56, "domain");
_Static_assert(offsetof(struct pm_domain, start) == 72, "domain");
_Static_assert(sizeof(struct pm_cpu) == 16, "CPU");
_Static_assert(sizeof(struct pm_region) == 48, "region");
_Static_assert(offsetof(struct pm_region, kind) == 24, "region");
_Static_assert(sizeof(struct pm_irq) == 16, "irq");
_Static_assert(sizeof(struct pm_link) == 96, "link");
_Static_assert(offsetof(struct pm_link, ring) == 40, "link");
_Static_assert(sizeof(struct pm_image) == 24, "image");
_Static_assert(offsetof(struct pm_image, load) == 16, "image");
_Static_assert(sizeof(struct pm_right) == 16, "right");

/* --- reading --- */

enum pm_table_error {
	PM_TABLE_OK = 0,
	PM_TABLE_TRUNCATED = -1, /* shorter than its header, or than it says */
	PM_TABLE_BAD_MAGIC = -2,
	PM_TABLE_BAD_VERSION = -3,
	PM_TABLE_BAD_SIZE =
		-4, /* of the whole: no multiple of PM_TABLE_ALIGN, or over PM_TABLE_MAX */
	PM_TABLE_BAD_CHECKSUM = -5,
	PM_TABLE_MISALIGNED = -6,  /* the memory it was given in */
	PM_TABLE_BAD_SECTION = -7, /* not where the one before ends, or beyond the table */
	PM_TABLE_BAD_NAME = -8,	   /* an offset beyond bytes; text that is none, or too long */
	PM_TABLE_BAD_INDEX = -9,   /* a record that does not exist, or somebody else's */
	PM_TABLE_BAD_VALUE = -10,  /* a kind, flag or policy that is not defined */
	PM_TABLE_BAD_RANGE = -11,  /* an address range that is empty, wraps, is off its granule, or
				      lies where it cannot */
	PM_TABLE_OVERLAP = -12,	   /* two ranges that must be apart */
	PM_TABLE_TWICE = -13,	   /* a CPU, interrupt, region or name given to two */
	PM_TABLE_BAD_LINK = -14,   /* rings or buffers beyond their window, windows that differ */
	PM_TABLE_BAD_RSC = -15,	   /* a link's resource table: unsound, or it says something else */
};

/* Where: the kind of record, which one, and the field's name. */
struct pm_table_place {
	const char *record;
	uint32_t index;
	const char *field;
};

const char *pm_table_strerror(int error);

/* CRC-32 as in zlib, U-Boot and crc32(1): start with crc 0. */
uint32_t pm_crc32(uint32_t crc, const void *data, size_t len);

/* What the checksum of a table must be, whose size is true. */
uint32_t pm_table_checksum(const struct pm_table *table);

/*
 * Takes a table in memory of at least size bytes, aligned to PM_TABLE_ALIGN. 0, or a negative
 * enum pm_table_error and where (may be NULL). The memory must not change afterwards. On a big
 * endian machine: PM_TABLE_BAD_MAGIC.
 */
int pm_table_check(const void *data, size_t size, struct pm_table_place *where);

/* Records of a checked table; index below the section's count. */
const struct pm_domain *pm_table_domain(const struct pm_table *table, uint32_t index);
const struct pm_cpu *pm_table_cpu(const struct pm_table *table, uint32_t index);
const struct pm_region *pm_table_region(const struct pm_table *table, uint32_t index);
const struct pm_irq *pm_table_irq(const struct pm_table *table, uint32_t index);
const struct pm_link *pm_table_link(const struct pm_table *table, uint32_t index);
const struct pm_image *pm_table_image(const struct pm_table *table, uint32_t index);
const struct pm_right *pm_table_right(const struct pm_table *table, uint32_t index);
/* The text or content at an offset of bytes. */
const char *pm_table_text(const struct pm_table *table, uint32_t offset);

#endif
