/* SPDX-License-Identifier: BSD-3-Clause */
/* The first bytes of the stand-in: an arm64 Image header whose fields sdtgen pack fills in. */
	.section .head, "ax"
	.global _start
_start:
	b	start
	.word	0
	.quad	0			/* text_offset */
	.quad	0			/* image_size */
	.quad	0			/* flags */
	.quad	0, 0, 0
	.ascii	"ARM\x64"
	.word	0
start:
	adr	x1, _start		/* where it is */
	ldr	x2, =_start		/* where it belongs */
	ldr	x3, =stack_top
	sub	x3, x3, x2
	add	sp, x1, x3
	bl	manage
	ldr	x0, =0x84000008		/* PSCI SYSTEM_OFF */
	smc	#0
1:	wfi
	b	1b
