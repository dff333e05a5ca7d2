package org.adapterbench.api.record;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Where and with what a run was made. Nothing here decides the run's id.
 *
 * @param toolVersion   this program
 * @param gitCommit     null outside a checkout
 * @param gitDirty      whether tracked files differed from that commit
 * @param startedAt     ISO-8601, UTC
 * @param java          version and vendor
 * @param tensorflow    library version
 * @param libc          C library version, null where unknown
 * @param os            name, version, architecture
 * @param processor     model name
 * @param processorFeatures the vector extensions that matter for results, for instance {@code avx2 fma avx512f}
 * @param logicalProcessors visible to the worker
 * @param gpu           device name, null on the CPU
 * @param environment   the switches that TensorFlow reads, by allow-list
 * @param libraries     versions of the libraries that touch numbers or text; and file name and SHA-256 of the code of
 *                      each installed method and suite of tasks that does not come with this program
 */
public record Provenance(
        String toolVersion,
        @Nullable String gitCommit,
        @Nullable Boolean gitDirty,
        String startedAt,
        String java,
        String tensorflow,
        @Nullable String libc,
        String os,
        String processor,
        String processorFeatures,
        int logicalProcessors,
        @Nullable String gpu,
        SortedMap<String, String> environment,
        SortedMap<String, String> libraries) {}
