# SPDX-License-Identifier: BSD-3-Clause
#
# For makefiles that split systems. Two lines are enough:
#
#   include /usr/share/sdtgen/sdtgen.mk
#   $(eval $(call sdtgen,out,board.dts,domains.yaml))
#
# They make out/ from board.dts and any number of domain files, and again whenever one of the files
# that was read changes: includes, included binaries, domain files. Every file below out/ can stand
# as a prerequisite; one that comes out the same is not touched. out/sdtgen.stamp is the target that
# stands for all of them.
#
#   SDTGEN        the command; sdtgen
#   SDTGENFLAGS   its options for all systems: -I include -DNAME -Werror
SDTGEN ?= sdtgen

# $(call sdtgen,DIR,SYSTEM,DOMAINS...[,OPTIONS])
define sdtgen
$(1)/sdtgen.stamp: $(2) $(3)
	$$(SDTGEN) gen -q -MD -MP -MT $(1)/sdtgen.stamp $$(SDTGENFLAGS) $(4) $(2) $(3) -o $(1)
	@touch $$@
$(1)/sdtgen.d: ;
# A file that somebody removed comes back; what no run makes is an error.
$(1)/%: $(1)/sdtgen.stamp
	@test -e $$@ || $$(SDTGEN) gen -q $$(SDTGENFLAGS) $(4) $(2) $(3) -o $(1)
	@test -e $$@ || { echo "sdtgen.mk: $$@ is no file that sdtgen writes" >&2; exit 1; }
.PRECIOUS: $(1)/%
-include $(1)/sdtgen.d
endef
