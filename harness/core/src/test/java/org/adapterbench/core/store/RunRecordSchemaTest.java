package org.adapterbench.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.adapterbench.api.method.MethodFact;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.Provenance;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.api.task.SplitFacts;
import org.adapterbench.core.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunRecordSchemaTest {

    private static final Set<String> LEFT_OUT_WHEN_EMPTY = Set.of("refused");

    @TempDir
    Path folder;

    @Test
    void everyWrittenRecordFitsTheSchema() throws IOException {
        for (RunRecord record :
                List.of(Records.finished(Records.spec("lora", 1)), Records.failed(Records.spec("full", 2)))) {
            assertThat(problems(written(record))).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "status" : "finished"      | "status" : "failed"
            "status" : "finished"      | "status" : "stopped"
            "schemaVersion" : 2        | "schemaVersion" : 1
            "seed" : 1                 | "seed" : -1
            "seed" : 1                 | "seed" : 1, "more" : 1
            "numerics" : "portable"    | "numerics" : "PORTABLE"
            "checkpoint" : "last"      | "checkpoint" : null
            "loss" : 0.7               | "loss" : "0.7"
            "gitCommit" : null         | "gitCommit" : "main"
            """)
    void whatIsNoRecordDoesNot(String text, String replacement) throws IOException {
        String record = written(Records.finished(Records.spec("lora", 1)));

        assertThat(record).contains(text);
        assertThat(problems(record.replace(text, replacement))).isNotEmpty();
    }

    @Test
    void everyFieldOfEveryRecordTypeStandsInTheSchemaAndIsRequired() throws IOException {
        JsonNode schema = Json.tree(schemaText());
        for (Class<?> type : List.of(
                RunSpec.class,
                RunSpec.EncoderSpec.class,
                RunSpec.TaskSpec.class,
                RunSpec.SplitSpec.class,
                RunSpec.MethodSpec.class,
                RunSpec.StartSpec.class,
                RunSpec.TrainingSpec.class,
                RunRecord.Failure.class,
                Outcome.class,
                Outcome.Start.class,
                SplitFacts.class,
                Outcome.ParameterCounts.class,
                MethodFact.class,
                Outcome.Epoch.class,
                Outcome.SplitScore.class,
                Outcome.Hashes.class,
                Outcome.Cost.class,
                Outcome.Files.class,
                Provenance.class)) {
            String name = type.getSimpleName().substring(0, 1).toLowerCase(Locale.ROOT)
                    + type.getSimpleName().substring(1);
            assertFields(schema.at("/$defs/" + name), components(type), name);
        }
        Set<String> record = components(RunRecord.class);
        record.add("checksum");
        assertFields(schema, record, "run record");
        assertThat(schema.at("/properties/schemaVersion/const").intValue()).isEqualTo(RunRecord.SCHEMA_VERSION);
    }

    private static void assertFields(JsonNode schema, Set<String> fields, String name) {
        Set<String> properties = new LinkedHashSet<>();
        schema.path("properties").fieldNames().forEachRemaining(properties::add);
        Set<String> required = new LinkedHashSet<>();
        schema.path("required").forEach(field -> required.add(field.textValue()));
        assertThat(properties).as(name).containsExactlyInAnyOrderElementsOf(fields);
        fields.removeAll(LEFT_OUT_WHEN_EMPTY);
        assertThat(required).as(name).containsExactlyInAnyOrderElementsOf(fields);
        assertThat(schema.path("additionalProperties").booleanValue()).as(name).isFalse();
    }

    private static Set<String> components(Class<?> type) {
        Set<String> names = new TreeSet<>();
        Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).forEach(names::add);
        return names;
    }

    private String written(RunRecord record) throws IOException {
        Path file = folder.resolve(record.runId() + ".json");
        RecordFile.write(file, record);
        return Files.readString(file);
    }

    private static List<Error> problems(String record) throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schemaText());
        return schema.validate(record, InputFormat.JSON);
    }

    private static String schemaText() throws IOException {
        try (InputStream in = RunStore.class.getResourceAsStream("run-record.schema.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
