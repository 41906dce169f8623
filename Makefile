# SPDX-License-Identifier: BSD-3-Clause
#
# The one makefile. Each folder's objects.mk lists what it adds:
#   LIB_SRCS    sources of liblopper.a
#   CMD_SRCS    what build/sdtgen has besides the library
#   TOOL_SRCS   helpers of the tests, one program per file
#   BENCH_SRCS  helpers of the benchmark, one program per file, without sanitizers
#   UNIT_SRCS   cmocka programs, one per file
#   FUZZ_SRCS   libFuzzer targets, one per file
#   BOOT_SRCS   programs for the target, which the tests build themselves
#   ORACLE_SRCS the independent re-derivation that tests compare against, one program
# Objects of the command are built plainly; the tests use a second set with sanitizers under
# $(BUILD)/san, the fuzz targets a third one, made by clang, under $(BUILD)/fuzz.

BUILD  ?= build
PREFIX ?= /usr/local
BOARD  ?= qemu-virt-arm64
SYSTEM ?= demo
SECONDS ?= 60
ifeq ($(origin CC),default)
CC := gcc
endif
CLANG ?= clang
CLANG_FORMAT ?= clang-format

WARN     := -Wall -Wextra -Wshadow -Wconversion -Wmissing-prototypes -Werror
CPPFLAGS += -I. -D_POSIX_C_SOURCE=200809L
CFLAGS   ?= -O2 -g
HOUSE    := -std=c11 $(WARN)
SANFLAGS := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
FUZZFLAGS := $(SANFLAGS) -fsanitize=fuzzer-no-link
LDLIBS   += -lfdt -lyaml

FOLDERS := ipc/abi runtime/abi lopper-c/base lopper-c/diag lopper-c/tree lopper-c/dts lopper-c/yaml lopper-c/merge \
	lopper-c/model lopper-c/place lopper-c/check lopper-c/view lopper-c/report lopper-c/pack lopper-c/emit lopper-c/cmd tests install
.DEFAULT_GOAL := all
include $(FOLDERS:%=%/objects.mk)
include boards/$(BOARD)/board.mk

objects = $(patsubst %.c,$(BUILD)/$1/%.o,$2)
programs = $(patsubst %.c,$(BUILD)/$1/%,$2)

SDTGEN     := $(BUILD)/sdtgen
LIB        := $(BUILD)/liblopper.a
SAN_SDTGEN := $(BUILD)/san/sdtgen
SAN_LIB    := $(BUILD)/san/liblopper.a
FUZZ_LIB   := $(BUILD)/fuzz/liblopper.a
UNIT       := $(call programs,san,$(UNIT_SRCS))
TOOLS      := $(call programs,san,$(TOOL_SRCS))
BENCH      := $(call programs,obj,$(BENCH_SRCS))
FUZZ       := $(call programs,fuzz,$(FUZZ_SRCS))
ORACLE     := $(if $(ORACLE_SRCS),$(BUILD)/san/oracle)
DEMO_DIR   := generated/$(BOARD)/$(SYSTEM)

# These goals fetch what a fresh system lacks, before the first compiler runs.
ifneq ($(filter demo test,$(MAKECMDGOALS)),)
DEPS := deps-test
endif
ifeq ($(MAKECMDGOALS),demo)
DEPS := deps-build
endif
ifneq ($(filter test-long test-kernel-dts,$(MAKECMDGOALS)),)
DEPS := deps-long
endif

.PHONY: help all demo check test test-long test-kernel-dts bench fuzz fmt lint install deps clean \
	install-files test-programs fuzz-programs deps-build deps-test deps-long FORCE

all: $(SDTGEN) $(LIB) ## the command $(BUILD)/sdtgen and the library $(BUILD)/liblopper.a

help: ## this text
	@echo 'make TARGET [BUILD=dir] [CC=gcc|clang] [BOARD=name] [SYSTEM=name]'; echo
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1\t\2/p' Makefile | sed 's|$$(BUILD)|$(BUILD)|g' | \
		while IFS='	' read -r goal text; do printf '  %-16s %s\n' "$$goal" "$$text"; done

demo: $(SDTGEN) ## split the demo system for its board and show who got what
	$(SDTGEN) -v -Wno-dma-open $(SDT) partitions/$(SYSTEM)/domains.yaml -o $(DEMO_DIR)
	@echo 'to be read in a browser: $(DEMO_DIR)/report.html'

check: test-programs ## unit, bad input, golden and lint tests: seconds, no emulator
	@tests/run.sh check $(UNIT)

test: test-programs ## everything once; installs missing Debian packages first
	@if command -v $(CLANG) >/dev/null; then $(MAKE) --no-print-directory fuzz-programs; fi
	@tests/run.sh test $(UNIT)

test-long: test-programs ## every count that the documents name; can take an hour
	@if command -v $(CLANG) >/dev/null; then $(MAKE) --no-print-directory fuzz-programs; fi
	@tests/run.sh long $(UNIT)

test-kernel-dts: test-programs ## every board of Debian's Linux 6.1 source against dtc, byte for byte
	@tests/run.sh only tests/kernel_dts_test.sh

bench: $(SDTGEN) $(BENCH) ## time and peak memory per input and stage, beside cpp | dtc -@
	@tests/bench/bench.sh $(SDTGEN) $(BUILD)/obj/tests/bench

fuzz: fuzz-programs ## every fuzz target for SECONDS=60 seconds
	@tests/fuzz/fuzz.sh $(BUILD)/fuzz/tests/fuzz $(SECONDS)

fmt: ## rewrite every C file in the project's style
	$(CLANG_FORMAT) -i $$(find lopper-c ipc runtime tests -name '*.[ch]' ! -path 'tests/golden/*')

lint: ## include order, headers, formatting, licence lines, strays
	@tests/lint.sh

install: install-files ## command, library, headers, manual pages, completion and sdtgen.mk below $(DESTDIR)$(PREFIX)

deps: deps-test ## install the Debian packages that building and testing need
deps-build deps-test deps-long: deps-%:
	@.ci/deps $*

clean: ## remove everything built and generated
	rm -rf $(BUILD)
	find generated -mindepth 1 ! -name README.md -delete

test-programs: $(SDTGEN) $(SAN_SDTGEN) $(UNIT) $(TOOLS) $(BENCH) $(ORACLE)
fuzz-programs: $(FUZZ)

# V=1 shows the commands themselves, -s nothing.
Q := $(if $(V),,@)
say = @$(if $(findstring s,$(firstword -$(MAKEFLAGS))),:,echo '  $1  $(patsubst $(BUILD)/%,%,$@)')

# Objects know their compiler: another CC or other flags rebuild them.
FLAGS := $(BUILD)/flags
$(FLAGS): FORCE | $(DEPS)
	@mkdir -p $(@D)
	@echo '$(CC) $(CPPFLAGS) $(CFLAGS) $(CLANG)' | cmp -s - $@ || \
		echo '$(CC) $(CPPFLAGS) $(CFLAGS) $(CLANG)' >$@

$(BUILD)/obj/%.o: %.c $(FLAGS)
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(HOUSE) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c $< -o $@
$(BUILD)/san/%.o: %.c $(FLAGS)
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(HOUSE) $(CPPFLAGS) $(SANFLAGS) -MMD -MP -c $< -o $@
$(BUILD)/fuzz/%.o: %.c $(FLAGS)
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CLANG) $(HOUSE) $(CPPFLAGS) $(FUZZFLAGS) -MMD -MP -c $< -o $@

$(LIB): $(call objects,obj,$(LIB_SRCS))
$(SAN_LIB): $(call objects,san,$(LIB_SRCS))
$(FUZZ_LIB): $(call objects,fuzz,$(LIB_SRCS))
$(LIB) $(SAN_LIB) $(FUZZ_LIB):
	$(call say,AR)
	@rm -f $@
	$(Q)$(AR) qcs $@ $^

$(SDTGEN): $(call objects,obj,$(CMD_SRCS)) $(LIB)
	$(call say,LD)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ $(LDLIBS) -o $@
$(BENCH): %: %.o
	$(call say,LD)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ -o $@
$(SAN_SDTGEN): $(call objects,san,$(CMD_SRCS)) $(SAN_LIB)
$(ORACLE): $(call objects,san,$(ORACLE_SRCS))
$(UNIT) $(TOOLS): %: %.o $(SAN_LIB)
$(SAN_SDTGEN) $(ORACLE) $(UNIT) $(TOOLS):
	$(call say,LD)
	$(Q)$(CC) $(SANFLAGS) $^ $(LDLIBS) $(if $(filter $(UNIT),$@),-lcmocka) -o $@
$(FUZZ): %: %.o $(FUZZ_LIB)
	$(call say,LD)
	$(Q)$(CLANG) $(SANFLAGS) -fsanitize=fuzzer $^ $(LDLIBS) -o $@

# Objects are kept between runs.
.SECONDARY:
-include $(patsubst %.o,%.d,$(foreach set,obj san fuzz,$(call objects,$(set),\
	$(LIB_SRCS) $(CMD_SRCS) $(UNIT_SRCS) $(TOOL_SRCS) $(BENCH_SRCS) $(FUZZ_SRCS) $(ORACLE_SRCS))))
