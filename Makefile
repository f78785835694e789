# SPDX-License-Identifier: Apache-2.0
# `make help` lists the targets.
CC       ?= gcc
ifeq ($(origin CC),default)
CC       := gcc
endif
MPI      ?= 0
BUILD    ?= $(if $(filter 1,$(MPI)),build-mpi,build)
MPICC    ?= mpicc
PREFIX   ?= /usr/local
SHARED   ?= ../shared
OPT      ?= -O3
PORTABLE ?= 0
ARCH     := $(if $(filter 1,$(PORTABLE)),-march=x86-64-v2,-march=native)
WARN     := -Wall -Wextra -Wshadow -Wstrict-prototypes -Werror=implicit-function-declaration
PACKAGES := gcc make pkg-config libxml2-dev libpcre2-dev libutf8proc-dev libsqlite3-dev libxlsxwriter-dev \
            libjansson-dev libinih-dev libarchive-dev zlib1g-dev nettle-dev libigraph-dev libcmocka-dev node-d3 hunspell-ko libhangul-data
LIBS     := libxml-2.0 libpcre2-8 libutf8proc sqlite3 xlsxwriter jansson inih libarchive zlib nettle igraph
# Asked for late, so that `make deps` works before they are there.
LIB_CFLAGS = $(shell pkg-config --cflags $(LIBS))
LIB_LINK   = $(shell pkg-config --libs $(LIBS)) -lm
CFLAGS   = -std=c17 $(OPT) $(ARCH) -g -ffp-contract=off -fopenmp $(WARN) $(EXTRA)
CPPFLAGS = -D_GNU_SOURCE -Isrc -Iinclude -I$(BUILD) -DPT_DATA_FOLDER='"$(PREFIX)/share/patopic"'

SOURCES  := $(sort $(wildcard src/*/*.c))
CLI      := $(filter src/cli/%,$(SOURCES))
OBJECTS  := $(patsubst %.c,$(BUILD)/%.o,$(filter-out src/cli/%,$(SOURCES)))
CLI_OBJ  := $(patsubst %.c,$(BUILD)/%.o,$(CLI))
LIB      := $(BUILD)/libpatopic.a
PROGRAM  := $(BUILD)/patopic
EXAMPLE  := $(BUILD)/tests/example
FUZZ     := $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(sort $(wildcard tests/fuzz/*_fuzz.c)))
# What drives the fuzz targets: replay.c gives them their seeds; `make fuzz` puts libFuzzer in its place.
DRIVER   ?= tests/fuzz/replay.c
UNIT     := $(patsubst tests/%.c,$(BUILD)/tests/%,$(sort $(wildcard tests/test_*.c)))
FORMATTED := $(sort $(wildcard src/*/*.[ch] include/*.h tests/*.[ch] tests/fuzz/*.[ch] bench/*.[ch]))
STAMP    := $(BUILD)/.deps
JOBS      = $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc))

.PHONY: unit-programs fuzz-programs format-check $(shell sed -n 's/^\([a-z-]*\):.*\#\# .*/\1/p' Makefile)
all: $(STAMP) ## build the library, the program and the dictionary; MPI=1: with mpicc, into build-mpi/
	@$(MAKE) -s $(JOBS) --no-print-directory $(LIB) $(PROGRAM) $(BUILD)/korean.dict BUILD=$(BUILD)

$(STAMP): Makefile
	@$(MAKE) --no-print-directory deps
	@mkdir -p $(BUILD) && touch $@

deps: ## install the Debian packages that are missing
	@tests/deps.sh $(PACKAGES)

run: all ## analyse corpus/ and leave the report under out/
	$(PROGRAM) run corpus --study corpus/gimhae.ini --out out

test: all ## every test, on the program as built
	@PATOPIC_SHARED=$(SHARED) BUILD=$(BUILD) CC=$(CC) tests/run.sh

test-web: all ## install Chromium, and axe-core from npm, and look at the report with them; screenshots under out/pictures/
	@tests/deps.sh chromium python3 fonts-noto-cjk
	@BUILD=$(BUILD) tests/axe.sh
	@PICTURES=out/pictures BUILD=$(BUILD) tests/web/report.sh

unit-programs: all
	@$(MAKE) -s $(JOBS) --no-print-directory $(if $(T),$(BUILD)/tests/test_$(T),$(UNIT) $(EXAMPLE)) BUILD=$(BUILD)

fuzz-programs: $(LIB)
	@$(MAKE) -s $(JOBS) --no-print-directory $(FUZZ) BUILD=$(BUILD)

fuzz: all ## feed every reader what no sane program writes: make fuzz MINUTES=30 (needs clang)
	@$(MAKE) -s --no-print-directory fuzz-programs BUILD=build-fuzz CC=clang OPT=-O1 DRIVER= \
	  EXTRA="-fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all"
	@BUILD=$(BUILD) tests/fuzz/run.sh $(or $(MINUTES),30) $(T)

unit: unit-programs ## the unit tests alone: make unit T=korean for one
	@for t in $(if $(T),$(BUILD)/tests/test_$(T),$(UNIT)); do PATOPIC_SHARED=$(SHARED) $$t || exit 1; done

$(LIB): $(OBJECTS)
	@rm -f $@ && ar rcsD $@ $^

# What is linked takes MPI's libraries from its compiler.
LINK     := $(CC)
ifeq ($(MPI),1)
WITH_MPI := OMPI_CC="$(CC)" MPICH_CC="$(CC)" $(MPICC)
LINK     := $(WITH_MPI)
$(BUILD)/src/topics/ranks.o: CC := $(WITH_MPI) -DPT_MPI
endif

$(PROGRAM): $(CLI_OBJ) $(LIB)
	@echo "  link  $@"
	@$(LINK) $(CFLAGS) -o $@ $(CLI_OBJ) $(LIB) $(LIB_LINK)

# The program of this build folder with another MPI library or with one at all: build/mpi/mpicc.mpich/patopic.
# The tests run both of Debian's so; only one file knows of MPI.
$(BUILD)/mpi/%/patopic: src/topics/ranks.c $(CLI_OBJ) $(LIB)
	@mkdir -p $(@D)
	@echo "  mpi   $@"
	@OMPI_CC="$(CC)" MPICH_CC="$(CC)" $* -DPT_MPI $(CPPFLAGS) $(CFLAGS) -o $@ $^ $(LIB_LINK)

$(BUILD)/mpi/%/bench: src/topics/ranks.c bench/ranks.c $(LIB)
	@mkdir -p $(@D)
	@echo "  mpi   $@"
	@OMPI_CC="$(CC)" MPICH_CC="$(CC)" $* -DPT_MPI $(CPPFLAGS) $(CFLAGS) -o $@ $^ $(LIB_LINK)

dict: $(STAMP) ## compile the dictionary of Korean from Debian's word lists and dict/korean
	@$(MAKE) -s --no-print-directory $(PROGRAM) BUILD=$(BUILD)
	@$(PROGRAM) dict --dict dict --out $(BUILD)/korean.dict

# The dictionary of Korean: Debian's word lists and dict/, compiled once.
$(BUILD)/korean.dict: $(PROGRAM) $(wildcard dict/korean/*)
	@echo "  dict  $@"
	@$(PROGRAM) dict --dict dict --out $@ --quiet

$(BUILD)/src/%.o: src/%.c
	@mkdir -p $(@D)
	@echo "  cc    $<"
	@$(CC) $(CPPFLAGS) $(LIB_CFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# It takes the page's templates in by .incbin.
$(BUILD)/src/report/web_files.o: $(wildcard src/report/web/*)

# The sampler's kernel is compiled once for each instruction set and chosen at run time.
$(BUILD)/src/topics/kernel_%.o: override EXTRA += -fno-tree-vectorize -Wno-psabi
ifeq ($(shell uname -m),x86_64)
$(BUILD)/src/topics/kernel_plain.o:  ARCH := -march=x86-64-v2
$(BUILD)/src/topics/kernel_avx2.o:   ARCH := -march=x86-64-v3
$(BUILD)/src/topics/kernel_avx512.o: ARCH := -march=x86-64-v4
$(BUILD)/src/topics/kernel_bf16.o:   ARCH := -march=x86-64-v4 -mavx512bf16
endif

$(BUILD)/tests/%: tests/%.c $(LIB)
	@mkdir -p $(@D)
	@echo "  test  $<"
	@$(LINK) $(CPPFLAGS) $(LIB_CFLAGS) $(CFLAGS) -MMD -MP -MF $@.d -o $@ $< $(LIB) $(LIB_LINK) -lcmocka

$(BUILD)/fuzz/%: tests/fuzz/%.c $(DRIVER) $(LIB)
	@mkdir -p $(@D)
	@echo "  fuzz  $<"
	@$(LINK) $(CPPFLAGS) -Itests $(LIB_CFLAGS) $(CFLAGS) $(if $(DRIVER),,-fsanitize=fuzzer) -MMD -MP -MF $@.d \
	  -o $@ $< $(DRIVER) $(LIB) $(LIB_LINK)

$(BUILD)/bench/%: bench/%.c $(LIB)
	@mkdir -p $(@D)
	@echo "  test  $<"
	@$(LINK) $(CPPFLAGS) $(LIB_CFLAGS) $(CFLAGS) -MMD -MP -MF $@.d -o $@ $< $(LIB) $(LIB_LINK)

check-layers: ## dependencies point down only
	@tests/check_layers.sh

asan: ## the tests under address and undefined-behaviour sanitizers
	@$(MAKE) --no-print-directory test BUILD=build-asan OPT="-O1 -fno-omit-frame-pointer" \
	  EXTRA="-fsanitize=address,undefined -fno-sanitize-recover=all"

tsan: ## the unit tests under clang's thread sanitizer (needs clang and libomp-dev)
	@TSAN_OPTIONS=ignore_noninstrumented_modules=1 \
	  $(MAKE) --no-print-directory unit CC=clang BUILD=build-tsan OPT=-O1 EXTRA="-fsanitize=thread"

kill: all ## power, disk and memory fail at 500 points of a run and of two updates; nothing may be lost
	@BUILD=$(BUILD) tests/kill.sh 500

costs: $(LIB) ## count and train the costs of dict/korean anew, from the treebanks of SHARED (seconds)
	python3 dict/korean/build_counts.py $(SHARED)/gold dict/korean $(BUILD)/aligned.tsv
	$(CC) $(CPPFLAGS) $(LIB_CFLAGS) $(CFLAGS) -o $(BUILD)/train_costs dict/korean/train/*.c $(LIB) $(LIB_LINK)
	$(BUILD)/train_costs dict $(BUILD)/aligned.tsv dict/korean/adjustments.tsv dict/korean/contexts.tsv

bench: all ## timings, as TSV on the terminal
	@for b in bench/*.sh; do BUILD=$(BUILD) SHARED=$(SHARED) $$b || exit 1; done

format: ## clang-format everything
	@clang-format -i $(FORMATTED)

format-check:
	@clang-format --dry-run -Werror $(FORMATTED)

install: all ## into PREFIX (/usr/local)
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib $(DESTDIR)$(PREFIX)/include
	install -m 755 $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/patopic
	install -m 644 $(LIB) $(DESTDIR)$(PREFIX)/lib/
	install -m 644 include/patopic.h $(DESTDIR)$(PREFIX)/include/
	cd dict && find . -type f -exec install -D -m 644 {} $(DESTDIR)$(PREFIX)/share/patopic/{} \;
	install -d $(DESTDIR)$(PREFIX)/lib/systemd/system
	for u in src/pipeline/systemd/*; do \
	  sed 's|@PREFIX@|$(PREFIX)|' $$u > $(DESTDIR)$(PREFIX)/lib/systemd/system/$${u##*/} || exit 1; done
	install -d $(DESTDIR)$(PREFIX)/share/patopic/slurm
	install -m 644 src/pipeline/slurm/* $(DESTDIR)$(PREFIX)/share/patopic/slurm/
	install -m 644 $(BUILD)/korean.dict $(DESTDIR)$(PREFIX)/share/patopic/korean.dict

clean: ## remove what was built
	rm -rf build build-mpi build-asan build-tsan build-fuzz

help: ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' Makefile

-include $(OBJECTS:.o=.d) $(CLI_OBJ:.o=.d) $(UNIT:=.d) $(FUZZ:=.d)
