# SPDX-License-Identifier: BSD-3-Clause
# What `make install` puts where, for PREFIX and DESTDIR.
DEST = $(DESTDIR)$(PREFIX)
INSTALL_DIRS := bin lib/pkgconfig share/man/man1 share/man/man5 share/sdtgen \
	share/bash-completion/completions share/zsh/site-functions share/fish/vendor_completions.d

install-files: $(BUILD)/sdtgen $(BUILD)/liblopper.a
	install -d $(INSTALL_DIRS:%=$(DEST)/%)
	install -m 755 $(BUILD)/sdtgen $(DEST)/bin/sdtgen
	install -m 644 $(BUILD)/liblopper.a $(DEST)/lib/liblopper.a
	install -m 644 docs/sdtgen.1 $(DEST)/share/man/man1/sdtgen.1
	install -m 644 docs/domains.yaml.5 $(DEST)/share/man/man5/domains.yaml.5
	install -m 644 install/sdtgen.mk $(DEST)/share/sdtgen/sdtgen.mk
	for h in lopper-c/*/*.h ipc/abi/*.h runtime/abi/*.h; do \
		install -D -m 644 $$h $(DEST)/include/sdtgen/$$h || exit; done
	version=$$($(BUILD)/sdtgen --version) && \
		sed "s|@PREFIX@|$(PREFIX)|; s|@VERSION@|$${version#sdtgen }|" install/sdtgen.pc.in \
		>$(DEST)/lib/pkgconfig/sdtgen.pc
	$(BUILD)/sdtgen completion bash >$(DEST)/share/bash-completion/completions/sdtgen
	$(BUILD)/sdtgen completion zsh >$(DEST)/share/zsh/site-functions/_sdtgen
	$(BUILD)/sdtgen completion fish >$(DEST)/share/fish/vendor_completions.d/sdtgen.fish
