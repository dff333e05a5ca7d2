package org.adapterbench.core.tokenize;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.util.PairList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.Reason;
import org.adapterbench.api.RunFailure;
import org.adapterbench.api.UserError;
import org.adapterbench.api.task.TextInput;
import org.adapterbench.core.weights.EncoderAssets;
import org.adapterbench.core.weights.EncoderConfig;

/**
 * A {@code tokenizer.json} run by the Hugging Face tokenizers library. The library reports its use over the
 * network unless the process environment forbids it, so it is not even loaded without {@code OPT_OUT_TRACKING}.
 *
 * <p>Not safe for concurrent use.
 */
public final class HuggingFaceTextTokenizer implements TextTokenizer {

    /** Bounds the memory of a call: the library keeps tokens, spans and masks of all its results. */
    private static final int CHUNK = 512;

    /** Of the file as it lies in the cache. */
    private static final Pattern PLACE = Pattern.compile(" at line \\d+ column \\d+");

    /** What messages call the file, which lies in the cache under a name that no user gave. */
    private final String where;

    private final Path file;
    private final int longest;
    private final boolean oneType;
    /** One native tokenizer for each length asked for, since the length is part of it. */
    private final Map<Integer, HuggingFaceTokenizer> byMaxLength = new HashMap<>();

    private HuggingFaceTextTokenizer(EncoderAssets assets) {
        this.where = where(assets);
        this.file = assets.tokenizerFile();
        this.longest = assets.config().maxLength();
        this.oneType = assets.config().family() == EncoderConfig.Family.ROBERTA
                || assets.config().tokenTypes() == 1;
    }

    /**
     * The check alone, without the library, for whoever wants to know before a run begins.
     *
     * @return how many ids the tokenizer can give, of those that the encoder has an embedding for
     * @throws UserError when the tokenizer's ids do not fit the encoder's vocabulary
     */
    public static int requireFit(EncoderAssets assets) {
        return VocabularyCheck.requireFit(
                where(assets), assets.tokenizerFile(), assets.config().vocabulary());
    }

    private static String where(EncoderAssets assets) {
        return "encoder " + assets.name() + ": its tokenizer.json";
    }

    /** @throws UserError when the tokenizer's ids do not fit the encoder's vocabulary */
    public static HuggingFaceTextTokenizer open(EncoderAssets assets) {
        return open(assets, System.getenv());
    }

    static HuggingFaceTextTokenizer open(EncoderAssets assets, Map<String, String> environment) {
        if (!"true".equals(environment.get("OPT_OUT_TRACKING"))) {
            throw new RunFailure(
                    FailureKind.ENVIRONMENT,
                    "OPT_OUT_TRACKING is not 'true' in the process environment: the tokenizers library would report"
                            + " its use over the network");
        }
        requireFit(assets);
        TokenizerLibrary.require(environment);
        return new HuggingFaceTextTokenizer(assets);
    }

    @Override
    public List<Tokens> encode(List<TextInput> inputs, int maxLength) {
        HuggingFaceTokenizer tokenizer = byMaxLength.computeIfAbsent(maxLength, this::create);
        Tokens[] results = new Tokens[inputs.size()];
        List<Integer> singles = new ArrayList<>();
        List<Integer> pairs = new ArrayList<>();
        for (int i = 0; i < results.length; i++) {
            (inputs.get(i).second() == null ? singles : pairs).add(i);
        }
        for (List<Integer> chunk : chunks(singles)) {
            List<String> texts =
                    chunk.stream().map(i -> valid(inputs.get(i).first())).toList();
            put(results, chunk, encoded(() -> tokenizer.batchEncode(texts, true, false)));
        }
        for (List<Integer> chunk : chunks(pairs)) {
            PairList<String, String> texts = new PairList<>(chunk.size());
            for (int i : chunk) {
                String second = inputs.get(i).second();
                texts.add(valid(inputs.get(i).first()), second == null ? "" : valid(second));
            }
            put(results, chunk, encoded(() -> tokenizer.batchEncode(texts, true, false)));
        }
        return List.of(results);
    }

    /** What the library finds wrong with a tokenizer it says at its creation or, about a word, not before it needs it. */
    private Encoding[] encoded(Supplier<Encoding[]> library) {
        try {
            return library.get();
        } catch (RuntimeException e) {
            throw new UserError(where + ": the tokenizer cannot encode: " + Reason.of(e), e);
        }
    }

    private HuggingFaceTokenizer create(int maxLength) {
        if (maxLength < VocabularyCheck.FEWEST_TOKENS || maxLength > longest) {
            throw new UserError("length " + maxLength + " is impossible for this encoder (allowed: "
                    + VocabularyCheck.FEWEST_TOKENS + " to " + longest + ")");
        }
        Map<String, String> options = Map.of(
                "padding",
                "do_not_pad",
                "truncation",
                "longest_first",
                "maxLength",
                Integer.toString(maxLength),
                "modelMaxLength",
                Integer.toString(maxLength));
        try (var in = Files.newInputStream(file)) {
            return HuggingFaceTokenizer.newInstance(in, options);
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + Reason.of(e), e);
        } catch (RuntimeException e) {
            throw new UserError(
                    where + ": not a tokenizer that the library understands: "
                            + PLACE.matcher(Reason.of(e)).replaceAll(""),
                    e);
        }
    }

    private static List<List<Integer>> chunks(List<Integer> all) {
        List<List<Integer>> chunks = new ArrayList<>();
        for (int from = 0; from < all.size(); from += CHUNK) {
            chunks.add(all.subList(from, Math.min(all.size(), from + CHUNK)));
        }
        return chunks;
    }

    private void put(Tokens[] results, List<Integer> chunk, Encoding[] encodings) {
        for (int i = 0; i < encodings.length; i++) {
            int[] ids = narrow(encodings[i].getIds());
            int[] types = oneType ? new int[ids.length] : narrow(encodings[i].getTypeIds());
            results[chunk.get(i)] = new Tokens(ids, types);
        }
    }

    private static int[] narrow(long[] values) {
        return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
    }

    /** Unpaired surrogates have no UTF-8 form; they become question marks, as everywhere in Java. */
    private static String valid(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        byMaxLength.values().forEach(HuggingFaceTokenizer::close);
        byMaxLength.clear();
    }
}
