/* SPDX-License-Identifier: BSD-3-Clause */
/* A program of a domain that is never run; with IMAGE, one that begins as Linux does. */
	.section .text.start, "ax"
	.global _start
_start:
#ifdef IMAGE
	b	1f
	.word	0
	.quad	0			/* text_offset */
	.quad	0x100000		/* image_size */
	.quad	0xa			/* flags: 4 KiB pages, anywhere */
	.quad	0, 0, 0
	.ascii	"ARM\x64"
	.word	0
#endif
1:	wfi
	b	1b
	.section .data
	.quad	_start
