package org.adapterbench.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Folders in Hugging Face's layout that are none, or hold what is not computed, or what must not be read. */
final class MalformedEncoders {

    private static final String CONFIG = "model/config.json";
    private static final String WEIGHTS = "model/model.safetensors";
    private static final String INDEX = "model/model.safetensors.index.json";

    static final String SOUND_CONFIG = """
            {"model_type": "bert", "vocab_size": 8, "hidden_size": 2, "num_hidden_layers": 1,
             "num_attention_heads": 1, "intermediate_size": 2, "max_position_embeddings": 8,
             "type_vocab_size": 2, "hidden_act": "gelu"}
            """;

    private static final MalformedInput SOUND = new MalformedInput("", Map.of())
            .with(MalformedInput.EXPERIMENT, MalformedExperiments.SOUND.replace("minilm-l6", "FOLDER/model"))
            .with(CONFIG, SOUND_CONFIG);

    private final List<MalformedInput> all = new ArrayList<>();

    private MalformedEncoders() {}

    static List<MalformedInput> all() {
        MalformedEncoders cases = new MalformedEncoders();
        cases.folders();
        cases.configurations();
        cases.files();
        cases.headers();
        cases.account();
        cases.indexes();
        cases.tokenizers();
        return cases.all;
    }

    private void folders() {
        add(encoder("no configuration").without(CONFIG).with("model/README.md", ""));
        add(encoder("no weights"));
        // The content of a pickle that would run a command; it is not even opened.
        add(encoder("a pickle").with("model/pytorch_model.bin", "cos\nsystem\n(S'false'\ntR."));
        add(encoder("pickled shards").with("model/pytorch_model.bin.index.json", "{}"));
        add(encoder("another framework's weights").with("model/tf_model.h5", "\u0089HDF"));
    }

    private void configurations() {
        config("empty", "");
        config("cut", SOUND_CONFIG.substring(0, 60));
        config("a list", "[]");
        config("a key twice", SOUND_CONFIG.replace("{", "{\"hidden_size\": 4, "));
        config("deep nesting", "{\"a\":" + "[".repeat(5000));
        config("a web page", "<!doctype html><html>401</html>");
        config("another family", SOUND_CONFIG.replace("\"bert\"", "\"gpt2\""));
        config("another activation", SOUND_CONFIG.replace("gelu", "swish"));
        config("a size that is text", SOUND_CONFIG.replace("\"hidden_size\": 2", "\"hidden_size\": \"2\""));
        config("layers without end", SOUND_CONFIG.replace("layers\": 1", "layers\": 16000000"));
        config("heads that do not divide", SOUND_CONFIG.replace("heads\": 1", "heads\": 3"));
    }

    private void files() {
        weights("empty", "");
        weights("a few bytes", "abc");
        weights("a Git LFS pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n");
        weights("a web page", "<!DOCTYPE html>\n<html><body>404: not found</body></html>\n");
        weights("a pickle under this name", "\u0080\u0002}q\0X\u0005\0\0\0");
        weights("a header above 100 MB", file(100_000_001L, ""));
        weights("a header of negative length", file(-1, ""));
        weights("a header beyond the file", file(1000, "{}"));
        weights("no JSON", header("{'a'"));
        weights("JSON that is no object", header("[1,2]"));
    }

    private void headers() {
        weights("a tensor twice", header(entry("a", "F32", "[2]", "0,8") + "," + entry("a", "F32", "[2]", "0,8")));
        weights("an unknown type", header(entry("a", "Q4", "[2]", "0,8")));
        weights("no shape", header("{'a':{'dtype':'F32','data_offsets':[0,8]}}"));
        weights("a negative dimension", header(entry("a", "F32", "[-2]", "0,8")));
        weights("an impossible shape", header(entry("a", "F32", "[2147483647,2147483647,4]", "0,8")));
        weights("a length that the shape has not", header(entry("a", "F32", "[3]", "0,8")));
        weights(
                "offsets that overlap",
                header(entry("a", "F32", "[2]", "0,8") + "," + entry("b", "F32", "[1]", "4,8")));
        weights("offsets with a gap", header(entry("a", "F32", "[1]", "4,8")));
        weights("offsets beyond the file", header(entry("a", "F32", "[3]", "0,12")));
        weights("offsets backwards", header(entry("a", "F32", "[2]", "8,0")));
        weights("bytes behind the last tensor", header(entry("a", "F32", "[1]", "0,4")));
        weights("a name that speaks to the terminal", header(entry("\\u001b[2J\\u202e", "Q4", "[2]", "0,8")));
        weights("no tensor of the encoder", header(entry("a", "F32", "[2]", "0,8")));
        weights("a tensor of another shape", header(entry("embeddings.word_embeddings.weight", "F32", "[2]", "0,8")));
    }

    private void account() {
        weights("a layer too many", TinyWeights.bertWith("encoder.layer.1.output.dense.bias 2"));
        weights("an adapter inside", TinyWeights.bertWith("encoder.layer.0.attention.self.query.lora_A 2 2"));
        weights("half a pooler", TinyWeights.bertWith("pooler.dense.weight 2 2"));
        weights("a value that is no number", TinyWeights.bertWithNaN());
    }

    private void indexes() {
        index("no list of files", "{}");
        index("a file outside the folder", "{'weight_map':{'a':'../secret.safetensors'}}");
        index("an absolute path", "{'weight_map':{'a':'/etc/passwd'}}");
        index("a pickle as shard", "{'weight_map':{'a':'pytorch_model.bin'}}");
        index("a shard missing", "{'weight_map':{'a':'model-1.safetensors'}}");
        index("a tensor on two lists", "{'weight_map':{'a':'m.safetensors','a':'n.safetensors'}}");
    }

    private void tokenizers() {
        add(new MalformedInput("tokenizer: none", SOUND.files()).with(WEIGHTS, TinyWeights.bert()));
        tokenizer("vocab.txt", "no special tokens", "a\nb\n");
        tokenizer("vocab.txt", "more words than the encoder", "[PAD]\n[UNK]\n[CLS]\n[SEP]\na\nb\nc\nd\ne\n");
        tokenizer("vocab.txt", "binary", "\u0000\u00fe\u00ff");
        tokenizer("tokenizer.json", "cut", "{\"model\": {\"vocab\"");
        tokenizer("tokenizer.json", "no vocabulary", "{\"post_processor\": {}}");
        tokenizer("tokenizer.json", "no special tokens", "{\"model\": {\"vocab\": {\"a\": 0}}}");
        tokenizer("tokenizer.json", "an id beyond the encoder", fitting("{\"a\": 8}"));
        tokenizer("tokenizer.json", "a padding token of another id", fitting("{\"[PAD]\": 1}"));
        tokenizer("tokenizer.json", "far fewer tokens than embeddings", fitting("{\"a\": 0, \"b\": 1, \"c\": 2}"));
        tokenizer("tokenizer.json", "a negative id", fitting("{\"a\": -1}"));
        tokenizer("tokenizer.json", "an id that is no number", fitting("{\"a\": \"1\"}"));
        tokenizer("tokenizer_config.json", "a list", "[]");
        tokenizer("added_tokens.json", "tokens beside vocab.txt", "{\"x\": 7}");
    }

    private void tokenizer(String file, String name, String content) {
        add(new MalformedInput(file + ": " + name, SOUND.files())
                .with(WEIGHTS, TinyWeights.bert())
                .with("model/" + file, content));
    }

    private static String fitting(String vocabulary) {
        return "{\"model\": {\"vocab\": " + vocabulary + "}, \"post_processor\": {}}";
    }

    private static MalformedInput encoder(String name) {
        return new MalformedInput("encoder: " + name, SOUND.files());
    }

    private void add(MalformedInput input) {
        all.add(input);
    }

    private void config(String name, String content) {
        add(new MalformedInput("config.json: " + name, SOUND.files())
                .with(WEIGHTS, TinyWeights.bert())
                .with(CONFIG, content));
    }

    private void weights(String name, String content) {
        weights(name, content.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void weights(String name, byte[] content) {
        add(new MalformedInput("safetensors: " + name, SOUND.files())
                .with(WEIGHTS, content)
                .with("model/vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\na\nb\nc\nd\n"));
    }

    private void index(String name, String content) {
        add(new MalformedInput("safetensors index: " + name, SOUND.files()).with(INDEX, content.replace('\'', '"')));
    }

    private static String entry(String name, String type, String shape, String offsets) {
        return "'" + name + "':{'dtype':'" + type + "','shape':" + shape + ",'data_offsets':[" + offsets + "]}";
    }

    /** A file of eight bytes of data with this header, in braces where it lacks them. */
    private static byte[] header(String entries) {
        String json = (entries.startsWith("'") ? "{" + entries + "}" : entries).replace('\'', '"');
        return file(json.length(), json);
    }

    private static byte[] file(long length, String json) {
        return ByteBuffer.allocate(Long.BYTES + json.length() + 8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put(json.getBytes(StandardCharsets.UTF_8))
                .array();
    }
}
