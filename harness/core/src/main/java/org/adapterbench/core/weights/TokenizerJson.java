package org.adapterbench.core.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.adapterbench.api.UserError;

/** Makes {@code tokenizer.json} from the older vocabulary files, and mends the ones that exporters wrote. */
final class TokenizerJson {

    private static final int MOST_CHARACTERS_OF_A_WORD = 100;

    private TokenizerJson() {}

    /**
     * The same tokenizer without the padding and truncation that exporters leave in: this program decides both
     * itself.
     */
    static byte[] withoutPaddingAndTruncation(String where, byte[] tokenizerJson) {
        ObjectNode root = StrictJson.object(where + ": tokenizer.json", tokenizerJson);
        root.putNull("truncation");
        root.putNull("padding");
        return StrictJson.bytes(root);
    }

    /** BERT's tokenizer from {@code vocab.txt}: one word piece a line, its id the line's number from 0. */
    static byte[] wordPiece(String where, byte[] vocabularyText, WordPieceOptions options) {
        Map<String, Integer> vocabulary = new LinkedHashMap<>();
        int line = 0;
        for (String piece : lines(vocabularyText)) {
            vocabulary.put(piece, line++);
        }
        WordPieceOptions.Special special = options.special();
        ObjectNode root = root();
        addSpecialTokens(
                where,
                root,
                vocabulary,
                special.padding(),
                special.unknown(),
                special.classification(),
                special.separator(),
                special.mask());
        ObjectNode normalizer = root.putObject("normalizer");
        normalizer.put("type", "BertNormalizer");
        normalizer.put("clean_text", true);
        normalizer.put("handle_chinese_chars", options.spaceChineseCharacters());
        normalizer.put("strip_accents", options.stripAccents());
        normalizer.put("lowercase", options.lowercase());
        root.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
        ObjectNode post = root.putObject("post_processor");
        post.put("type", "BertProcessing");
        post.set("sep", token(vocabulary, special.separator()));
        post.set("cls", token(vocabulary, special.classification()));
        root.putObject("decoder").put("type", "WordPiece").put("prefix", "##").put("cleanup", true);
        ObjectNode model = root.putObject("model");
        model.put("type", "WordPiece");
        model.put("unk_token", special.unknown());
        model.put("continuing_subword_prefix", "##");
        model.put("max_input_chars_per_word", MOST_CHARACTERS_OF_A_WORD);
        putVocabulary(model, vocabulary);
        return StrictJson.bytes(root);
    }

    /** RoBERTa's tokenizer from {@code vocab.json} and {@code merges.txt}. */
    static byte[] bytePair(String where, ObjectNode vocabularyJson, byte[] mergesText, BytePairOptions options) {
        Map<String, Integer> vocabulary = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> named : vocabularyJson.properties()) {
            if (!named.getValue().isInt()) {
                throw new UserError(where + ": token '" + named.getKey() + "' has the id " + named.getValue());
            }
            vocabulary.put(named.getKey(), named.getValue().intValue());
        }
        ObjectNode root = root();
        addSpecialTokens(
                where,
                root,
                vocabulary,
                options.begin(),
                options.padding(),
                options.end(),
                options.unknown(),
                options.mask());
        root.putNull("normalizer");
        ObjectNode pre = root.putObject("pre_tokenizer");
        pre.put("type", "ByteLevel");
        pre.put("add_prefix_space", options.prefixSpace());
        pre.put("trim_offsets", true);
        pre.put("use_regex", true);
        ObjectNode post = root.putObject("post_processor");
        post.put("type", "RobertaProcessing");
        post.set("sep", token(vocabulary, options.end()));
        post.set("cls", token(vocabulary, options.begin()));
        post.put("trim_offsets", true);
        post.put("add_prefix_space", options.prefixSpace());
        root.set("decoder", pre.deepCopy());
        ObjectNode model = root.putObject("model");
        model.put("type", "BPE");
        model.putNull("dropout");
        model.putNull("unk_token");
        model.put("continuing_subword_prefix", "");
        model.put("end_of_word_suffix", "");
        model.put("fuse_unk", false);
        putVocabulary(model, vocabulary);
        putMerges(where, model, mergesText, vocabulary.keySet());
        return StrictJson.bytes(root);
    }

    private static ObjectNode root() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("version", "1.0");
        root.putNull("truncation");
        root.putNull("padding");
        return root;
    }

    /** @param tokens the last one is the mask, which this program never writes and a vocabulary may lack */
    private static void addSpecialTokens(
            String where, ObjectNode root, Map<String, Integer> vocabulary, String... tokens) {
        String mask = tokens[tokens.length - 1];
        ArrayNode added = root.putArray("added_tokens");
        for (String token : Stream.of(tokens)
                .filter(token -> !token.equals(mask) || vocabulary.containsKey(mask))
                .sorted(Comparator.comparing(token -> vocabulary.getOrDefault(token, Integer.MAX_VALUE)))
                .toList()) {
            if (!vocabulary.containsKey(token)) {
                throw new UserError(where + ": the special token " + token + " is not in the vocabulary");
            }
            ObjectNode entry = added.addObject();
            entry.put("id", vocabulary.get(token));
            entry.put("content", token);
            entry.put("single_word", false);
            entry.put("lstrip", false);
            entry.put("rstrip", false);
            entry.put("normalized", false);
            entry.put("special", true);
        }
    }

    private static ArrayNode token(Map<String, Integer> vocabulary, String token) {
        return JsonNodeFactory.instance.arrayNode().add(token).add(vocabulary.get(token));
    }

    private static void putVocabulary(ObjectNode model, Map<String, Integer> vocabulary) {
        ObjectNode vocab = model.putObject("vocab");
        vocabulary.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .forEach(entry -> vocab.put(entry.getKey(), entry.getValue()));
    }

    private static void putMerges(String where, ObjectNode model, byte[] mergesText, Set<String> pieces) {
        ArrayNode merges = model.putArray("merges");
        int number = 0;
        for (String line : lines(mergesText)) {
            number++;
            if (line.startsWith("#version") || line.isEmpty()) {
                continue;
            }
            String[] merged = line.split(" ", -1);
            if (merged.length != 2) {
                throw new UserError(where + ": merges.txt, line " + number + ": '" + line + "' (needed: two pieces)");
            }
            for (String piece : List.of(merged[0], merged[1], merged[0] + merged[1])) {
                if (!pieces.contains(piece)) {
                    throw new UserError(where + ": merges.txt, line " + number + ": the piece '" + piece
                            + "' is not in the vocabulary (allowed: merges of pieces of vocab.json to another one)");
                }
            }
            merges.add(line);
        }
    }

    private static List<String> lines(byte[] text) {
        String[] lines = new String(text, StandardCharsets.UTF_8).split("\r\n|\n|\r", -1);
        boolean endsWithLineFeed = lines[lines.length - 1].isEmpty();
        return List.of(lines).subList(0, endsWithLineFeed ? lines.length - 1 : lines.length);
    }
}
