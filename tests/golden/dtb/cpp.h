/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef CPP_H
#define CPP_H
#define SPI	 0
#define LEVEL	 4
#define REG_SIZE 0x100
#define FLAG_A	 (1 << 0)
#define FLAG_B	 (1 << 5)
#endif
