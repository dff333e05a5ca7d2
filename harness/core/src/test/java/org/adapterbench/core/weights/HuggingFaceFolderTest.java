package org.adapterbench.core.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.adapterbench.api.UserError;
import org.adapterbench.core.CacheFolder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HuggingFaceFolderTest {

    private static final String QUERY = "encoder.layer.0.attention.self.query.weight";

    @TempDir
    Path folder;

    @Test
    void bertIsLoadedWithPoolerAndItsClassifierIsListedAsUnused() {
        LoadedEncoder loaded =
                HuggingFaceFolder.at(TestResources.encoder("tiny-bert")).load();

        assertThat(loaded.config())
                .isEqualTo(new EncoderConfig(
                        EncoderConfig.Family.BERT, 129, 48, 2, 4, 96, 64, 2, 1e-12, EncoderConfig.Activation.GELU, 0));
        LoadReport report = loaded.weights().report();
        assertThat(report.loaded()).hasSize(5 + 2 * 16 + 2).contains("pooler.dense.weight", QUERY);
        assertThat(report.unused()).containsExactly("classifier.bias", "classifier.weight");
        assertThat(report.missing()).isEmpty();
    }

    @Test
    void robertaCountsPositionsFromTwoAndNeverContributesAHead() {
        LoadedEncoder loaded =
                HuggingFaceFolder.at(TestResources.encoder("tiny-roberta")).load();

        assertThat(loaded.config().family()).isEqualTo(EncoderConfig.Family.ROBERTA);
        assertThat(loaded.config().firstPosition()).isEqualTo(2);
        assertThat(loaded.config().maxLength()).isEqualTo(64);
        assertThat(loaded.config().tokenTypes()).isEqualTo(1);
        assertThat(loaded.config().layerNormEpsilon()).isEqualTo(1e-5);
        LoadReport report = loaded.weights().report();
        assertThat(report.loaded()).hasSize(5 + 2 * 16);
        assertThat(report.unused())
                .containsExactly(
                        "classifier.dense.bias",
                        "classifier.dense.weight",
                        "classifier.out_proj.bias",
                        "classifier.out_proj.weight");
        assertThat(report.missing()).isEmpty();
    }

    @Test
    void valuesAreThoseOfTheFile() {
        Path model = TestResources.encoder("tiny-bert");
        WeightSource raw = SafeTensors.open(model.resolve("model.safetensors"));
        WeightSource loaded = HuggingFaceFolder.at(model).load().weights();
        assertThat(loaded.names())
                .allSatisfy(name -> assertThat(loaded.values(name)).isEqualTo(raw.values("bert." + name)));
    }

    @Test
    void spellingsFoundInTheWildGiveTheSameWeights() throws IOException {
        Path model = TestResources.copy("tiny-bert", folder.resolve("m"));
        String expected = WeightsHash.of(HuggingFaceFolder.at(model).load().weights());
        MapWeights wild = new MapWeights();
        WeightSource raw = SafeTensors.open(model.resolve("model.safetensors"));
        for (String name : raw.names()) {
            String spelled = name.replace("LayerNorm.weight", "LayerNorm.gamma")
                    .replace("LayerNorm.bias", "LayerNorm.beta")
                    .replaceFirst("^bert\\.", "");
            wild.put(spelled, raw.shape(name), raw.values(name));
        }
        wild.put("embeddings.position_ids", List.of(1, 64), new float[64]);
        wild.put("cls.predictions.bias", List.of(2), 1f, 2f);
        replaceWeights(model, wild);

        CanonicalWeights weights = HuggingFaceFolder.at(model).load().weights();

        assertThat(WeightsHash.of(weights)).isEqualTo(expected);
        assertThat(weights.report().unused())
                .containsExactly(
                        "classifier.bias", "classifier.weight", "cls.predictions.bias", "embeddings.position_ids");
    }

    @ParameterizedTest
    @CsvSource({
        "model.embeddings.LayerNorm.gamma, embeddings.LayerNorm.weight",
        "roberta.encoder.layer.3.output.dense.bias, encoder.layer.3.output.dense.bias",
        "module.bert.pooler.dense.weight, pooler.dense.weight",
        "encoder.layer.0.output.LayerNorm.beta, encoder.layer.0.output.LayerNorm.bias",
        "lm_head.layer_norm.weight, lm_head.layer_norm.weight"
    })
    void namesLoseTheirPrefixAndOldSpelling(String found, String canonical) {
        assertThat(HuggingFaceFolder.canonicalName(found)).isEqualTo(canonical);
    }

    @Test
    void aMissingPoolerIsReportedAsNewlyInitialised() throws IOException {
        Path model = TestResources.copy("tiny-bert", folder.resolve("m"));
        replaceWeights(model, raw(model).remove("bert.pooler.dense.weight").remove("bert.pooler.dense.bias"));
        assertThat(HuggingFaceFolder.at(model).load().weights().report().missing())
                .containsExactly("pooler.dense.bias", "pooler.dense.weight");
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.json", "model.safetensors", "tokenizer.json"})
    void whatIsThereAndNoFileIsNamed(String file) throws IOException {
        Path model = TestResources.copy("tiny-bert", folder.resolve("m"));
        Path inTheWay = model.resolve(file);

        Files.deleteIfExists(inTheWay);
        Files.createDirectory(inTheWay);
        assertRefused(model, inTheWay + ": is a folder (allowed: a file)");

        Files.delete(inTheWay);
        Files.createSymbolicLink(inTheWay, Path.of("nowhere"));
        assertRefused(model, inTheWay + ": is a link to nothing that is there (allowed: a file)");
    }

    @Test
    void missingTensorsAreRefused() throws IOException {
        Path model = TestResources.copy("tiny-bert", folder.resolve("m"));
        replaceWeights(model, raw(model).remove("bert." + QUERY));
        assertRefused(model, "tensor " + QUERY + " is missing (the encoder needs all of its tensors)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "encoder.layer.2.attention.self.query.weight",
                "encoder.layer.0.attention.self.lora_A",
                "embeddings.projection.weight",
                "encoder.position_ids"
            })
    void tensorsInsideTheEncoderThatTheConfigurationDoesNotAskForAreRefused(String tensor) throws IOException {
        Path model = TestResources.copy("tiny-bert", folder.resolve("m"));
        replaceWeights(model, raw(model).put("bert." + tensor, List.of(2), new float[2]));
        assertRefused(
                model,
                "tensor bert." + tensor
                        + " stands inside the encoder, where a model of this configuration, layers: 2, has none");
    }

    @Test
    void aConfigurationWithFewerLayersThanTheWeightsIsRefused() throws IOException {
        Path model = TestResources.copy("tiny-bert", folder.resolve("m"));
        setConfig(model, "num_hidden_layers", "1");
        assertRefused(model, "tensor bert.encoder.layer.1.attention.output.LayerNorm.bias stands inside the encoder,");
    }

    @Test
    void halfAPoolerIsRefused() throws IOException {
        Path model = TestResources.copy("tiny-bert", folder.resolve("m"));
        replaceWeights(model, raw(model).remove("bert.pooler.dense.bias"));
        assertRefused(
                model,
                "tensor pooler.dense.bias is missing, the others of the pooler are there (allowed: all of them, or"
                        + " none)");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void valuesThatAreNotFiniteAreRefusedByTheNameOfTheirTensor(float value) throws IOException {
        Path model = TestResources.copy("tiny-bert", folder.resolve("m"));
        float[] bias = new float[48];
        bias[7] = value;
        replaceWeights(model, raw(model).put("bert.embeddings.LayerNorm.bias", List.of(48), bias));
        assertThatThrownBy(() -> new EncoderStore(new CacheFolder(folder)).open(model.toString()))
                .isInstanceOf(UserError.class)
                .hasMessage(model + ": tensor bert.embeddings.LayerNorm.bias holds " + value
                        + " at place 7 of 48 (allowed: finite numbers)");
    }

    @Test
    void aPaddingTokenThatTheTokenizerContradictsIsRefused() throws IOException {
        Path model = TestResources.copy("tiny-roberta", folder.resolve("m"));
        setConfig(model, "pad_token_id", "0");
        assertRefused(
                model,
                "config.json has pad_token_id 0, but the tokenizer's <pad> has the id 1 (allowed: the same id in"
                        + " both)");
        Files.writeString(model.resolve("tokenizer_config.json"), "{\"pad_token\": {\"content\": \"<s>\"}}");
        assertThat(HuggingFaceFolder.at(model).load().config().padToken()).isZero();
    }

    @Test
    void weightsOfTheOtherFamilyAreRefusedByTheirPrefix() throws IOException {
        Path model = TestResources.copy("tiny-roberta", folder.resolve("m"));
        setConfig(model, "model_type", "\"bert\"");
        assertRefused(
                model,
                "config.json has model_type bert, but tensor roberta.embeddings.LayerNorm.bias is of another (allowed:"
                        + " the model_type of the weights)");
    }

    @ParameterizedTest
    @CsvSource({"tiny-bert, roberta, [CLS], 64, bert", "tiny-roberta, bert, <s>, 66, roberta"})
    void aTokenizerAndPositionsOfTheOtherFamilyAreRefused(
            String name, String type, String token, int positions, String other) throws IOException {
        Path model = TestResources.copy(name, folder.resolve("m"));
        setConfig(model, "model_type", '"' + type + '"');
        MapWeights bare = new MapWeights();
        WeightSource raw = raw(model);
        raw.names()
                .forEach(tensor ->
                        bare.put(tensor.replaceFirst("^(bert|roberta)\\.", ""), raw.shape(tensor), raw.values(tensor)));
        replaceWeights(model, bare);
        Files.writeString(model.resolve("tokenizer.json"), """
                {"model": {"vocab": {"%s": 2}}, "post_processor": {}}""".formatted(token));
        assertRefused(
                model,
                "config.json has model_type " + type + ", but the tokenizer begins texts with " + token
                        + " and there are " + positions + " positions, as in a " + other + " model");
    }

    @Test
    void tensorsOfAnotherShapeAreRefused() throws IOException {
        Path model = TestResources.copy("tiny-bert", folder.resolve("m"));
        replaceWeights(model, raw(model).put("bert." + QUERY, List.of(24, 96), new float[48 * 48]));
        assertRefused(model, "tensor bert." + QUERY + " has shape [24, 96] (the configuration asks for [48, 48])");
    }

    @Test
    void theSameTensorUnderTwoNamesIsRefused() throws IOException {
        Path model = TestResources.copy("tiny-bert", folder.resolve("m"));
        replaceWeights(model, raw(model).put(QUERY, List.of(48, 48), new float[48 * 48]));
        assertRefused(model, "tensors bert." + QUERY + " and " + QUERY + " are both " + QUERY);
    }

    @Test
    void integerTensorsInThePlaceOfWeightsAreRefused() throws IOException {
        Path model = TestResources.copy("tiny-bert", folder.resolve("m"));
        byte[] bytes = Files.readAllBytes(model.resolve("model.safetensors"));
        // The header is text: the same length, another type.
        String text = new String(bytes, StandardCharsets.ISO_8859_1)
                .replaceFirst("(query\\.weight\":\\{\"dtype\":\")F32", "$1I32");
        Files.write(model.resolve("model.safetensors"), text.getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> new EncoderStore(new CacheFolder(folder)).open(model.toString()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("query.weight has type I32 (allowed: F32, F16, BF16)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model_type | \"gpt2\" | model_type is \"gpt2\" (allowed: bert, roberta)",
                "model_type | null | model_type is missing (allowed: bert, roberta)",
                "position_embedding_type | \"relative_key\" | position_embedding_type is \"relative_key\" (allowed: absolute)",
                "is_decoder | true | is_decoder is true (allowed: false)",
                "add_cross_attention | true | add_cross_attention is true (allowed: false)",
                "hidden_act | \"silu\" | hidden_act is \"silu\" (allowed: gelu, gelu_new, gelu_pytorch_tanh, relu)",
                "hidden_act | null | hidden_act is missing",
                "num_attention_heads | 5 | num_attention_heads is 5 (allowed: a divisor of hidden_size 48)",
                "num_attention_heads | 0 | num_attention_heads is 0",
                "hidden_size | \"48\" | hidden_size is \"48\" (allowed: a whole number",
                "vocab_size | 1e99 | vocab_size is",
                "layer_norm_eps | 0 | layer_norm_eps is 0 (allowed: above 0, at most 1)",
                "pad_token_id | 129 | pad_token_id is 129 (allowed: 0 to 128)",
                "pruned_heads | {\"0\":[1]} | pruned_heads is {\"0\":[1]} (allowed: none)",
                "quantization_config | {\"bits\":8} | quantization_config is {\"bits\":8} (allowed: none)",
                "max_position_embeddings | 7 | max_position_embeddings is 7 (allowed: at least 8)"
            },
            quoteCharacter = '\'')
    void whatTheGraphDoesNotComputeIsRefusedInOneLine(String key, String value, String message) throws IOException {
        Path model = TestResources.copy("tiny-bert", folder.resolve("m"));
        setConfig(model, key, value);
        assertRefused(model, "config.json: " + message);
    }

    @ParameterizedTest
    @CsvSource({"gelu, GELU", "gelu_new, GELU_TANH", "gelu_pytorch_tanh, GELU_TANH", "relu, RELU"})
    void otherActivationsAndEpsilonsAreKept(String name, EncoderConfig.Activation activation) throws IOException {
        Path model = TestResources.copy("tiny-bert", folder.resolve("m"));
        setConfig(model, "hidden_act", '"' + name + '"');
        setConfig(model, "layer_norm_eps", "3e-6");
        EncoderConfig config = HuggingFaceFolder.at(model).load().config();
        assertThat(config.activation()).isEqualTo(activation);
        assertThat(config.layerNormEpsilon()).isEqualTo(3e-6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pytorch_model.bin", "pytorch_model.bin.index.json", "tf_model.h5"})
    void pickledAndOtherWeightsAreNeverRead(String other) throws IOException {
        Path model = TestResources.copy("tiny-bert", folder.resolve("m"));
        Files.move(model.resolve("model.safetensors"), model.resolve(other));
        assertRefused(model, "holds " + other + " but no model.safetensors (only safetensors are read");
    }

    @Test
    void foldersWithoutAPartAreRefusedByNameOfThePart() throws IOException {
        Path model = TestResources.copy("tiny-bert", folder.resolve("m"));
        Files.delete(model.resolve("vocab.txt"));
        assertRefused(model, "holds no tokenizer (needed: tokenizer.json, or vocab.txt)");
        Files.delete(model.resolve("model.safetensors"));
        assertRefused(model, "holds no model.safetensors and no model.safetensors.index.json");
        Files.delete(model.resolve("config.json"));
        assertRefused(model, "holds no config.json (not a Hugging Face model folder)");
    }

    @Test
    void aCutConfigIsRefusedWithLineAndColumnAndNoWordOfTheLibrary() throws IOException {
        Path model = TestResources.copy("tiny-bert", folder.resolve("m"));
        Files.writeString(model.resolve("config.json"), "{\"model_type\": \"bert\",");

        assertThatThrownBy(() -> HuggingFaceConfig.read(model.resolve("config.json")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("config.json: not valid JSON: ")
                .hasMessageContaining("line: 1, column: ")
                .hasMessageContaining("(allowed: one JSON object)")
                .hasMessageNotContainingAny("Source", "REDACTED", "StreamReadFeature");
    }

    @Test
    void brokenTokenizerFilesAreRefused() throws IOException {
        Path bert = TestResources.copy("tiny-bert", folder.resolve("b"));
        Files.writeString(bert.resolve("vocab.txt"), "[PAD]\n[UNK]\n[CLS]\n");
        assertRefused(bert, "vocab.txt: the special token [SEP] is not in the vocabulary");
        Path roberta = TestResources.copy("tiny-roberta", folder.resolve("r"));
        Files.writeString(roberta.resolve("merges.txt"), "#version: 0.2\n\na b c\n");
        assertRefused(roberta, "merges.txt, line 3: 'a b c' (needed: two pieces)");
        Files.writeString(roberta.resolve("merges.txt"), "#version: 0.2\nzzz b\n");
        assertRefused(
                roberta,
                roberta + ": merges.txt, line 2: the piece 'zzz' is not in the vocabulary (allowed: merges of pieces of"
                        + " vocab.json to another one)");
        Files.writeString(roberta.resolve("added_tokens.json"), "{\"<x>\": 310}");
        assertRefused(roberta, "added_tokens.json is only read as part of a tokenizer.json");
        Files.writeString(roberta.resolve("tokenizer.json"), "{\"version\": \"1.0\", \"version\": \"1.0\"}");
        assertRefused(roberta, "tokenizer.json: not valid JSON: Duplicate field 'version'");
    }

    @Test
    void shardedWeightsEqualWholeOnes() throws IOException {
        Path whole = TestResources.encoder("tiny-roberta");
        Path sharded = TestResources.copy("tiny-roberta", folder.resolve("m"));
        MapWeights first = new MapWeights();
        MapWeights second = new MapWeights();
        ObjectNode index = new JsonMapper().createObjectNode();
        WeightSource raw = SafeTensors.open(whole.resolve("model.safetensors"));
        for (String name : raw.names()) {
            boolean half = name.contains("layer.1");
            (half ? second : first).put(name, raw.shape(name), raw.values(name));
            index.withObject("/weight_map")
                    .put(name, half ? "model-00002-of-00002.safetensors" : "model-00001-of-00002.safetensors");
        }
        Files.delete(sharded.resolve("model.safetensors"));
        SafeTensorsWriter.write(sharded.resolve("model-00001-of-00002.safetensors"), first);
        SafeTensorsWriter.write(sharded.resolve("model-00002-of-00002.safetensors"), second);
        Files.write(sharded.resolve("model.safetensors.index.json"), StrictJson.bytes(index));

        assertThat(WeightsHash.of(HuggingFaceFolder.at(sharded).load().weights()))
                .isEqualTo(WeightsHash.of(HuggingFaceFolder.at(whole).load().weights()));
    }

    @Test
    @Tag("huggingface")
    void miniLmFromAHuggingFaceFolderIsMiniLmFromOnnx() {
        String real = System.getenv("ADAPTERBENCH_HF_FOLDER");
        assumeThat(real)
                .as("SKIPPED: ADAPTERBENCH_HF_FOLDER must name the folder of all-MiniLM-L6-v2 in Hugging Face's layout")
                .isNotNull();
        EncoderStore store = new EncoderStore(new CacheFolder(folder));

        EncoderAssets fromFolder = store.open(real);
        EncoderAssets fromOnnx = store.open("minilm-l6");

        assertThat(fromFolder.config()).isEqualTo(fromOnnx.config());
        assertThat(fromFolder.weights().names()).isEqualTo(fromOnnx.weights().names());
        assertThat(fromFolder.weightsSha256()).isEqualTo(fromOnnx.weightsSha256());
    }

    private static MapWeights raw(Path model) {
        WeightSource source = SafeTensors.open(model.resolve("model.safetensors"));
        MapWeights weights = new MapWeights();
        source.names().forEach(name -> weights.put(name, source.shape(name), source.values(name)));
        return weights;
    }

    private static void replaceWeights(Path model, WeightSource weights) {
        SafeTensorsWriter.write(model.resolve("model.safetensors"), weights);
    }

    private static void setConfig(Path model, String key, String value) throws IOException {
        Path file = model.resolve("config.json");
        ObjectNode config = (ObjectNode) new JsonMapper().readTree(file.toFile());
        JsonNode parsed = new JsonMapper().readTree(value);
        if (parsed.isNull()) {
            config.remove(key);
        } else {
            config.set(key, parsed);
        }
        Files.writeString(file, config.toString());
    }

    private static void assertRefused(Path model, String message) {
        assertThatThrownBy(() -> HuggingFaceFolder.at(model).load())
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(model.toString())
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
    }
}
