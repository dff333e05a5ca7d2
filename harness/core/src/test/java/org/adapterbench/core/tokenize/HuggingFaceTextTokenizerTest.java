package org.adapterbench.core.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.adapterbench.api.RunFailure;
import org.adapterbench.api.UserError;
import org.adapterbench.api.task.TextInput;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.weights.EncoderAssets;
import org.adapterbench.core.weights.EncoderConfig;
import org.adapterbench.core.weights.EncoderStore;
import org.adapterbench.core.weights.LoadReport;
import org.adapterbench.core.weights.MapWeights;
import org.adapterbench.core.weights.TestResources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Token ids against token-ids.json, which make_token_ids.py wrote with the reference implementation. */
class HuggingFaceTextTokenizerTest {

    private static final EncoderConfig SMALL_BERT = new EncoderConfig(
            EncoderConfig.Family.BERT, 30522, 12, 1, 1, 12, 512, 2, 1e-12, EncoderConfig.Activation.GELU, 0);

    @TempDir
    Path folder;

    /** MiniLM's file has padding and truncation to 128 left in; its vocabulary is bge-small's. */
    @ParameterizedTest
    @ValueSource(strings = {"bge-small-en-v1.5-tokenizer.json", "all-minilm-l6-v2-tokenizer.json"})
    void tokenizersOfTheOnnxArtifactsGiveTheReferenceIds(String resource) throws IOException {
        try (HuggingFaceTextTokenizer tokenizer = HuggingFaceTextTokenizer.open(artifact(resource, SMALL_BERT))) {
            assertAllCases(tokenizer, "bge-small", "{}", 52);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tiny-bert | {}",
                "tiny-bert | {\"do_lower_case\":false}",
                "tiny-bert | {\"do_lower_case\":true,\"strip_accents\":false}",
                "tiny-bert | {\"do_lower_case\":false,\"strip_accents\":true}",
                "tiny-bert | {\"tokenize_chinese_chars\":false}",
                "tiny-roberta | {}",
                "tiny-roberta | {\"add_prefix_space\":true}"
            })
    void tokenizersBuiltFromVocabularyFilesGiveTheReferenceIds(String name, String options) throws IOException {
        Path model = TestResources.copy(name, folder.resolve(name));
        Files.writeString(model.resolve("tokenizer_config.json"), options);
        EncoderAssets assets = new EncoderStore(new CacheFolder(folder.resolve("cache"))).open(model.toString());
        try (HuggingFaceTextTokenizer tokenizer = HuggingFaceTextTokenizer.open(assets)) {
            assertAllCases(tokenizer, name, options, 26);
        }
    }

    @Test
    void settingsBesideATokenizerJsonOverrideIt() throws IOException {
        Path model = withTokenizerJson("tiny-bert", "{}");
        Files.writeString(
                model.resolve("tokenizer_config.json"),
                "{\"do_lower_case\":false,\"strip_accents\":true,\"tokenize_chinese_chars\":null}");
        try (HuggingFaceTextTokenizer tokenizer = HuggingFaceTextTokenizer.open(open(model))) {
            assertAllCases(tokenizer, "tiny-bert", "{\"do_lower_case\":false,\"strip_accents\":true}", 26);
        }
        Path roberta = withTokenizerJson("tiny-roberta", "{}");
        Files.writeString(roberta.resolve("tokenizer_config.json"), "{\"add_prefix_space\":true}");
        try (HuggingFaceTextTokenizer tokenizer = HuggingFaceTextTokenizer.open(open(roberta))) {
            assertAllCases(tokenizer, "tiny-roberta", "{\"add_prefix_space\":true}", 26);
        }
    }

    @Test
    void robertaHasOneTypeWhateverItsTokenizerJsonSays() throws IOException {
        Path model = withTokenizerJson("tiny-roberta", "{}");
        Path file = model.resolve("tokenizer.json");
        ObjectNode json = (ObjectNode) new JsonMapper().readTree(file.toFile());
        json.set("post_processor", new JsonMapper().readTree("""
                {"type": "TemplateProcessing",
                 "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
                 "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
                 "special_tokens": {"<s>": {"id": "<s>", "ids": [0], "tokens": ["<s>"]}}}"""));
        Files.writeString(file, json.toString());
        try (HuggingFaceTextTokenizer tokenizer = HuggingFaceTextTokenizer.open(open(model))) {
            Tokens pair =
                    tokenizer.encode(List.of(new TextInput("a", "x", "y")), 60).get(0);
            assertThat(pair.ids()).hasSize(2);
            assertThat(pair.types()).containsExactly(0, 0);
        }
    }

    @Test
    void theCachedTokenizerPadsAndTruncatesNothing() throws IOException {
        Path model = withTokenizerJson("tiny-bert", "{}");
        Path file = model.resolve("tokenizer.json");
        ObjectNode json = (ObjectNode) new JsonMapper().readTree(file.toFile());
        json.set("truncation", new JsonMapper().readTree("""
                {"direction": "Right", "max_length": 8, "strategy": "LongestFirst", "stride": 0}"""));
        json.set("padding", new JsonMapper().readTree("""
                {"strategy": {"Fixed": 16}, "direction": "Right", "pad_to_multiple_of": null, "pad_id": 0,
                 "pad_type_id": 0, "pad_token": "[PAD]"}"""));
        Files.writeString(file, json.toString());

        EncoderAssets assets = open(model);

        JsonNode cached = new JsonMapper().readTree(assets.tokenizerFile().toFile());
        assertThat(cached.path("truncation").isNull()).isTrue();
        assertThat(cached.path("padding").isNull()).isTrue();
        try (HuggingFaceTextTokenizer tokenizer = HuggingFaceTextTokenizer.open(assets)) {
            assertAllCases(tokenizer, "tiny-bert", "{}", 26);
        }
    }

    @Test
    void singlesAndPairsKeepTheirOrderAcrossChunks() {
        List<TextInput> inputs = new ArrayList<>();
        for (int i = 0; i < 1300; i++) {
            inputs.add(new TextInput("" + i, "swan " + i, i % 3 == 0 ? "radio" : null));
        }
        try (HuggingFaceTextTokenizer tokenizer = HuggingFaceTextTokenizer.open(tiny("tiny-bert"))) {
            List<Tokens> together = tokenizer.encode(inputs, 60);
            for (int i = 0; i < inputs.size(); i += 97) {
                assertThat(together.get(i).ids())
                        .isEqualTo(tokenizer
                                .encode(List.of(inputs.get(i)), 60)
                                .get(0)
                                .ids());
            }
        }
    }

    @Test
    void unpairedSurrogatesAreReadAsQuestionMarks() {
        try (HuggingFaceTextTokenizer tokenizer = HuggingFaceTextTokenizer.open(tiny("tiny-roberta"))) {
            List<Tokens> both = tokenizer.encode(
                    List.of(new TextInput("a", "x" + (char) 0xd83d + "y", null), new TextInput("b", "x?y", null)), 60);
            assertThat(both.get(0).ids()).isEqualTo(both.get(1).ids());
        }
    }

    @Test
    void lengthsOutsideTheEncodersPositionsAreRefused() {
        try (HuggingFaceTextTokenizer tokenizer = HuggingFaceTextTokenizer.open(tiny("tiny-roberta"))) {
            List<TextInput> inputs = List.of(new TextInput("a", "x", null));
            assertThat(tokenizer.encode(inputs, 64)).hasSize(1);
            assertThatThrownBy(() -> tokenizer.encode(inputs, 65))
                    .isInstanceOf(UserError.class)
                    .hasMessage("length 65 is impossible for this encoder (allowed: 5 to 64)");
            assertThatThrownBy(() -> tokenizer.encode(inputs, 4)).isInstanceOf(UserError.class);
        }
    }

    @Test
    void tokenizersWithMoreWordsThanTheEncoderAreRefused() throws IOException {
        EncoderConfig shorter = new EncoderConfig(
                EncoderConfig.Family.BERT, 30521, 12, 1, 1, 12, 512, 2, 1e-12, EncoderConfig.Activation.GELU, 0);
        EncoderAssets assets = artifact("bge-small-en-v1.5-tokenizer.json", shorter);
        assertThatThrownBy(() -> HuggingFaceTextTokenizer.open(assets))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("has id 30521 (allowed: 0 to 30520, the encoder's vocabulary)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "{\"model\":{\"vocab\":[[\"a\",-1.5]]},\"post_processor\":{}}",
                "{\"model\":{\"type\":\"Odd\",\"vocab\":{\"a\":1}},\"post_processor\":{}}"
            })
    void otherFilesAreRefusedInOneLine(String content) throws IOException {
        Path file = folder.resolve("tokenizer.json");
        Files.writeString(file, content);
        assertThatThrownBy(() -> {
                    try (var tokenizer = HuggingFaceTextTokenizer.open(assets(file, SMALL_BERT))) {
                        tokenizer.encode(List.of(new TextInput("a", "x", null)), 60);
                    }
                })
                .isInstanceOf(UserError.class)
                .hasMessageContaining("tokenizer")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void withoutTheSwitchAgainstTelemetryNothingIsLoaded() {
        assertThatThrownBy(() -> HuggingFaceTextTokenizer.open(tiny("tiny-bert"), Map.of()))
                .isInstanceOf(RunFailure.class)
                .hasMessageContaining("OPT_OUT_TRACKING");
    }

    private void assertAllCases(TextTokenizer tokenizer, String name, String options, int count) throws IOException {
        List<JsonNode> cases = new ArrayList<>();
        JsonNode wanted = new JsonMapper().readTree(options);
        try (InputStream in = HuggingFaceTextTokenizerTest.class.getResourceAsStream("token-ids.json")) {
            new JsonMapper().readTree(in).forEach(each -> {
                if (each.path("tokenizer").asText().equals(name)
                        && each.path("options").equals(wanted)) {
                    cases.add(each);
                }
            });
        }
        assertThat(cases).hasSize(count);
        for (JsonNode each : cases) {
            String second =
                    each.path("second").isNull() ? null : each.path("second").asText();
            TextInput input = new TextInput("x", each.path("first").asText(), second);
            Tokens tokens = tokenizer
                    .encode(List.of(input), each.path("maxLength").asInt())
                    .get(0);
            assertThat(tokens.ids()).as("ids of %s", input).isEqualTo(ints(each.path("ids")));
            assertThat(tokens.types()).as("types of %s", input).isEqualTo(ints(each.path("types")));
        }
    }

    private static int[] ints(JsonNode array) {
        int[] values = new int[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asInt();
        }
        return values;
    }

    /** A copy of a tiny model whose vocabulary files have become a tokenizer.json. */
    private Path withTokenizerJson(String name, String settings) throws IOException {
        Path source = TestResources.copy(name, folder.resolve(name + "-vocabulary"));
        Files.writeString(source.resolve("tokenizer_config.json"), settings);
        Path model = folder.resolve(name + "-tokenizer-json");
        Files.createDirectories(model);
        for (String file : List.of("config.json", "model.safetensors")) {
            Files.copy(source.resolve(file), model.resolve(file));
        }
        Files.copy(open(source).tokenizerFile(), model.resolve("tokenizer.json"));
        return model;
    }

    private EncoderAssets open(Path model) {
        return new EncoderStore(new CacheFolder(folder.resolve("cache"))).open(model.toString());
    }

    private EncoderAssets tiny(String name) {
        return new EncoderStore(new CacheFolder(folder))
                .open(TestResources.encoder(name).toString());
    }

    private EncoderAssets artifact(String resource, EncoderConfig config) throws IOException {
        Path file = folder.resolve(resource);
        try (InputStream in = HuggingFaceTextTokenizerTest.class.getResourceAsStream("/" + resource)) {
            Files.copy(Objects.requireNonNull(in), file);
        }
        return assets(file, config);
    }

    private static EncoderAssets assets(Path tokenizer, EncoderConfig config) {
        LoadReport nothing = new LoadReport(List.of(), List.of(), List.of());
        return new EncoderAssets("test", config, new MapWeights(), tokenizer, "", "", nothing);
    }
}
