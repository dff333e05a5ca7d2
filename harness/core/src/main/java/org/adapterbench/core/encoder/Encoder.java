package org.adapterbench.core.encoder;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.GraphScope;
import org.adapterbench.api.method.LinearSite;
import org.adapterbench.api.method.ModelParameter;
import org.adapterbench.api.method.Projection;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.core.weights.EncoderConfig;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * One forward pass of BERT (Devlin et al. 2018) or RoBERTa (Liu et al. 2019) with its classification head,
 * as Hugging Face's {@code …ForSequenceClassification} computes it. At every parameter and every linear map
 * the adapter is asked for its share.
 *
 * <p>Hidden states are kept as rows of tokens, (B·S) x H, so that the large products are plain matrix
 * products; attention works on B x heads x S x (H / heads).
 */
public final class Encoder {

    /** Added to the attention scores of padding; far below any score, far above the smallest float. */
    private static final float MASKED = -1e9f;

    /** Numbers of the adapter's dropout places, apart from the encoder's, whose masks all methods share. */
    private static final long ADAPTER_PLACES = 1L << 32;

    /** Attention maps, attention output, feed-forward output. */
    private static final int PLACES_A_LAYER = 3;

    private final Ops tf;
    private final Products products;
    private final Blocks trainedBlocks;
    private final Blocks frozenBlocks;
    private final int frozenLayers;
    private final ModelLayout layout;
    private final EncoderConfig config;
    private final Adapter adapter;
    private final Function<String, Operand<TFloat32>> added;
    private final Map<String, Operand<TFloat32>> parameters = new TreeMap<>();
    private final Map<String, ModelParameter> byName = new TreeMap<>();
    private final Function<String, Operand<TFloat32>> variables;
    private final BatchInputs inputs;
    private final @Nullable Dropout dropout;
    private long adapterPlaces = ADAPTER_PLACES;
    private final double dropoutRate;
    private final int dropoutFrom;
    private final boolean leavesUnread;
    /** Null where products take weights as they are stored. */
    private final @Nullable IntFunction<TurnedWeights> turned;

    /** Where weights are turned and no method adapts the map. */
    private final boolean fusesGelu;

    private final Operand<TInt32> batch;
    private final Operand<TInt32> length;
    private final GraphScope scope = new Scope();

    /**
     * What one forward pass needs.
     *
     * @param variables base parameters by name
     * @param added     the adapter's parameters by name
     * @param stepSeed  scalar dropout seed; null builds the evaluation graph
     * @param dropoutRate rate everywhere
     * @param dropoutFrom first layer with dropout; embeddings have dropout only when it is 0
     * @param frozenLayers layers that no gradient passes through
     * @param numerics  which blocks the pass is made of
     * @param survivors how dropout decides
     * @param leavesUnread whether the last layer leaves out the tokens that the head does not read
     * @param turned    the turned weights of a layer, for a pass without gradients; null where products take weights as
     *     they are stored
     */
    public record Wiring(
            Function<String, Operand<TFloat32>> variables,
            Function<String, Operand<TFloat32>> added,
            @Nullable Operand<TInt64> stepSeed,
            double dropoutRate,
            int dropoutFrom,
            int frozenLayers,
            Numerics numerics,
            Survivors survivors,
            boolean leavesUnread,
            @Nullable IntFunction<TurnedWeights> turned) {}

    public Encoder(Ops tf, ModelLayout layout, Adapter adapter, BatchInputs inputs, Wiring wiring) {
        this.tf = tf;
        this.products = new Products(tf);
        this.trainedBlocks = Blocks.of(tf, wiring.numerics(), wiring.stepSeed() != null);
        this.frozenBlocks = Blocks.of(tf, wiring.numerics(), false);
        this.frozenLayers = wiring.frozenLayers();
        this.layout = layout;
        this.config = layout.config();
        this.adapter = adapter;
        this.inputs = inputs;
        this.variables = wiring.variables();
        this.added = wiring.added();
        Operand<TInt64> seed = wiring.stepSeed();
        this.dropout = seed == null ? null : new Dropout(tf, wiring.survivors(), seed);
        this.dropoutRate = wiring.dropoutRate();
        this.dropoutFrom = wiring.dropoutFrom();
        this.leavesUnread = wiring.leavesUnread();
        this.turned = wiring.turned();
        this.fusesGelu =
                config.activation() == EncoderConfig.Activation.GELU_TANH && FusedProduct.isFor(wiring.numerics());
        layout.parameters().forEach(p -> byName.put(p.name(), p));
        Operand<TInt32> shape = tf.shape(inputs.tokens());
        this.batch = element(shape, 0);
        this.length = element(shape, 1);
    }

    /** Hidden states behind the first so many layers, (B·S) x H; behind none of them, the embeddings. */
    public Operand<TFloat32> firstLayers(int count) {
        return layers(0, count, embeddings());
    }

    /** Last hidden states, (B·S) x H, from the hidden states behind the first so many layers. */
    public Operand<TFloat32> layersAfter(int count, Operand<TFloat32> hidden) {
        return layers(count, config.layers(), hidden);
    }

    /**
     * Each example's first token behind all layers, B x H, from the hidden states behind the first so many layers.
     * Where unread tokens are left out, the last layer computes no other: nothing reads them, and no gradient comes
     * from them.
     */
    public Operand<TFloat32> firstTokensAfter(int count, Operand<TFloat32> hidden) {
        int last = config.layers() - 1;
        if (count > last || !leavesUnread) {
            return firstTokens(layersAfter(count, hidden));
        }
        Operand<TFloat32> states = layers(count, last, hidden);
        return layer(last, states, firstTokens(states), tf.constant(1), attentionBias());
    }

    private Operand<TFloat32> layers(int from, int to, Operand<TFloat32> hidden) {
        Operand<TFloat32> result = hidden;
        Operand<TFloat32> bias = attentionBias();
        for (int layer = from; layer < to; layer++) {
            result = layer(layer, result, result, length, bias);
        }
        return result;
    }

    /** Each example's first token, B x H, from (B·S) x H. */
    private Operand<TFloat32> firstTokens(Operand<TFloat32> hidden) {
        int width = config.hidden();
        Operand<TFloat32> examples = tf.reshape(hidden, tf.stack(List.of(batch, length, tf.constant(width))));
        return tf.reshape(
                tf.slice(examples, tf.constant(new int[] {0, 0, 0}), tf.constant(new int[] {-1, 1, -1})),
                tf.constant(new int[] {-1, width}));
    }

    /** Head outputs, B x outputs: dropout, dense, tanh, dropout, classifier on the first tokens, B x H. */
    public Operand<TFloat32> logits(Operand<TFloat32> first) {
        int width = config.hidden();
        int behind = placeBehindLayers();
        boolean roberta = config.family() == EncoderConfig.Family.ROBERTA;
        Operand<TFloat32> input = roberta ? drop(first, config.layers(), behind) : first;
        String pooler = layout.poolerModule();
        Operand<TFloat32> pooled =
                tf.math.tanh(products.wide(input, parameter(pooler + ".weight"), parameter(pooler + ".bias")));
        String classifier = layout.classifierModule();
        Operand<TFloat32> scores = products.few(
                drop(pooled, config.layers(), roberta ? behind + 1 : behind),
                parameter(classifier + ".weight"),
                layout.outputs(),
                width);
        return tf.nn.biasAdd(scores, parameter(classifier + ".bias"));
    }

    private Operand<TFloat32> embeddings() {
        Blocks blocks = blocks(0);
        Operand<TFloat32> words = blocks.rows(parameter("embeddings.word_embeddings.weight"), flat(inputs.tokens()));
        Operand<TFloat32> positions =
                blocks.rows(parameter("embeddings.position_embeddings.weight"), flat(inputs.positions()));
        Operand<TFloat32> types =
                blocks.rows(parameter("embeddings.token_type_embeddings.weight"), flat(inputs.types()));
        Operand<TFloat32> sum = tf.math.add(tf.math.add(words, types), positions);
        return drop(norm(blocks, "embeddings.LayerNorm", sum), 0, 0);
    }

    /** 0 for tokens and {@link #MASKED} for padding, B x 1 x 1 x S. */
    private Operand<TFloat32> attentionBias() {
        Operand<TFloat32> bias = tf.math.mul(tf.math.sub(inputs.mask(), tf.constant(1f)), tf.constant(-MASKED));
        return tf.reshape(bias, tf.stack(List.of(batch, tf.constant(1), tf.constant(1), length)));
    }

    /**
     * A layer's output for some tokens of every example.
     *
     * @param hidden what they attend to, (B·S) x H
     * @param read   the states of these tokens, (B·T) x H
     * @param tokens T
     */
    private Operand<TFloat32> layer(
            int layer,
            Operand<TFloat32> hidden,
            Operand<TFloat32> read,
            Operand<TInt32> tokens,
            Operand<TFloat32> bias) {
        String name = "encoder.layer." + layer;
        Operand<TFloat32> context = attention(layer, attentionInputs(layer, hidden, read, tokens), bias);
        Operand<TFloat32> attended = drop(linear(layer, Projection.ATTENTION_OUTPUT, context), layer, place(layer, 2));
        Operand<TFloat32> middle =
                norm(blocks(layer), name + ".attention.output.LayerNorm", tf.math.add(attended, read));
        Operand<TFloat32> wide = intermediate(layer, middle);
        Operand<TFloat32> output = drop(linear(layer, Projection.OUTPUT, wide), layer, place(layer, 3));
        return norm(blocks(layer), name + ".output.LayerNorm", tf.math.add(output, middle));
    }

    /** softmax(Q Kᵀ / sqrt d + bias) V for each head, (B·T) x H. */
    private Operand<TFloat32> attention(int layer, AttentionInputs heads, Operand<TFloat32> bias) {
        float scale = (float) (1.0 / StrictMath.sqrt(headWidth()));
        Operand<TFloat32> context = blocks(layer)
                .attention(heads.query(), heads.key(), heads.value(), scale, bias, mask(layer, place(layer, 1)));
        return tf.reshape(
                tf.linalg.transpose(context, tf.constant(new int[] {0, 2, 1, 3})),
                tf.constant(new int[] {-1, config.hidden()}));
    }

    /** Key and value B x heads x S x H/heads, query with T for S. */
    private record AttentionInputs(Operand<TFloat32> query, Operand<TFloat32> key, Operand<TFloat32> value) {}

    /** As {@link #layer} has them. */
    private AttentionInputs attentionInputs(
            int layer, Operand<TFloat32> hidden, Operand<TFloat32> read, Operand<TInt32> tokens) {
        if (read == hidden) {
            // One product for all three.
            List<Operand<TFloat32>> all =
                    heads(layer, List.of(Projection.QUERY, Projection.KEY, Projection.VALUE), hidden, length);
            return new AttentionInputs(all.get(0), all.get(1), all.get(2));
        }
        Operand<TFloat32> query =
                heads(layer, List.of(Projection.QUERY), read, tokens).get(0);
        List<Operand<TFloat32>> others = heads(layer, List.of(Projection.KEY, Projection.VALUE), hidden, length);
        return new AttentionInputs(query, others.get(0), others.get(1));
    }

    /**
     * Projections of the same states, each B x heads x S x H/heads.
     *
     * @param x      (B·S) x H
     * @param tokens S
     */
    private List<Operand<TFloat32>> heads(
            int layer, List<Projection> projections, Operand<TFloat32> x, Operand<TInt32> tokens) {
        List<LinearSite> sites =
                projections.stream().map(p -> layout.site(layer, p)).toList();
        if (sites.size() == 1 || !blocks(layer).joinsLinear() || sites.stream().anyMatch(adapter::adapts)) {
            return projections.stream()
                    .map(projection -> heads(linear(layer, projection, x), tokens))
                    .toList();
        }
        int count = sites.size();
        Operand<TFloat32> joined =
                product(layer, x, below(sites, LinearSite::weightName), below(sites, LinearSite::biasName));
        Operand<TInt32> shape = tf.stack(
                List.of(batch, tokens, tf.constant(count), tf.constant(config.heads()), tf.constant(headWidth())));
        return tf
                .unstack(tf.linalg.transpose(tf.reshape(joined, shape), tf.constant(new int[] {2, 0, 3, 1, 4})), (long)
                        count)
                .output()
                .stream()
                .<Operand<TFloat32>>map(each -> each)
                .toList();
    }

    /** Parameters of some sites, one below the other. */
    private Operand<TFloat32> below(List<LinearSite> sites, Function<LinearSite, String> name) {
        return tf.concat(sites.stream().map(site -> parameter(name.apply(site))).toList(), tf.constant(0));
    }

    /** (B·S) x H to B x heads x S x H/heads. */
    private Operand<TFloat32> heads(Operand<TFloat32> x, Operand<TInt32> tokens) {
        Operand<TInt32> shape = tf.stack(List.of(batch, tokens, tf.constant(config.heads()), tf.constant(headWidth())));
        return tf.linalg.transpose(tf.reshape(x, shape), tf.constant(new int[] {0, 2, 1, 3}));
    }

    private int headWidth() {
        return config.hidden() / config.heads();
    }

    private Operand<TFloat32> linear(int layer, Projection projection, Operand<TFloat32> x) {
        LinearSite site = layout.site(layer, projection);
        Operand<TFloat32> output = product(layer, x, parameter(site.weightName()), parameter(site.biasName()));
        return adapter.adapts(site) ? adapter.linear(scope, site, x, output) : output;
    }

    /** @param weight out x in */
    private Operand<TFloat32> product(
            int layer, Operand<TFloat32> x, Operand<TFloat32> weight, Operand<TFloat32> bias) {
        return turned == null
                ? products.wide(x, weight, bias)
                : products.turned(x, turned.apply(layer).turn(weight), bias);
    }

    /** The activated intermediate map of the feed-forward part. */
    private Operand<TFloat32> intermediate(int layer, Operand<TFloat32> x) {
        LinearSite site = layout.site(layer, Projection.INTERMEDIATE);
        return turned != null && fusesGelu && !adapter.adapts(site)
                ? FusedProduct.geluTanh(
                        tf, x, turned.apply(layer).turn(parameter(site.weightName())), parameter(site.biasName()))
                : activation(layer, linear(layer, Projection.INTERMEDIATE, x));
    }

    private Operand<TFloat32> activation(int layer, Operand<TFloat32> x) {
        return switch (config.activation()) {
            case GELU -> blocks(layer).gelu(x);
            case GELU_TANH -> blocks(layer).geluTanh(x);
            case RELU -> tf.nn.relu(x);
        };
    }

    private Operand<TFloat32> norm(Blocks blocks, String module, Operand<TFloat32> x) {
        return blocks.layerNorm(
                x,
                config.hidden(),
                config.layerNormEpsilon(),
                parameter(module + ".weight"),
                parameter(module + ".bias"));
    }

    private Blocks blocks(int layer) {
        return layer < frozenLayers ? frozenBlocks : trainedBlocks;
    }

    private Operand<TFloat32> drop(Operand<TFloat32> x, int layer, int place) {
        return dropout == null || !drops(layer) ? x : dropout.apply(x, dropoutRate, place);
    }

    private Blocks.@Nullable Mask mask(int layer, int place) {
        return dropout == null || !drops(layer) ? null : x -> dropout.mask(x, dropoutRate, place);
    }

    private boolean drops(int layer) {
        return layer >= dropoutFrom && dropoutRate > 0;
    }

    /** Places have the same numbers wherever dropout begins, so that all methods share the masks of a place. */
    private static int place(int layer, int spot) {
        return PLACES_A_LAYER * layer + spot;
    }

    private int placeBehindLayers() {
        return place(config.layers(), 1);
    }

    private Operand<TFloat32> parameter(String name) {
        Operand<TFloat32> known = parameters.get(name);
        if (known == null) {
            ModelParameter parameter = byName.get(name);
            if (parameter == null) {
                throw new IllegalArgumentException("no parameter '" + name + "' in the model");
            }
            Operand<TFloat32> variable = variables.apply(name);
            known = adapter.reparametrises(parameter) ? adapter.parameter(scope, parameter, variable) : variable;
            parameters.put(name, known);
        }
        return known;
    }

    private Operand<TInt32> flat(Operand<TInt32> ids) {
        return tf.reshape(ids, tf.constant(new int[] {-1}));
    }

    private Operand<TInt32> element(Operand<TInt32> vector, int index) {
        return tf.reshape(
                tf.slice(vector, tf.constant(new int[] {index}), tf.constant(new int[] {1})), tf.constant(new int[0]));
    }

    /** What the adapter sees of this graph. */
    private final class Scope implements GraphScope {
        @Override
        public Ops tf() {
            return tf;
        }

        @Override
        public boolean training() {
            return dropout != null;
        }

        @Override
        public Operand<TFloat32> added(String name) {
            return added.apply(name);
        }

        @Override
        public Operand<TFloat32> parameter(String name) {
            return Encoder.this.parameter(name);
        }

        @Override
        public Operand<TFloat32> linear(Operand<TFloat32> x, Operand<TFloat32> weight) {
            Shape shape = weight.asOutput().shape();
            int out = Math.toIntExact(shape.get(0));
            int in = Math.toIntExact(shape.get(1));
            return Math.min(out, in) <= Products.NARROW
                    ? trainedBlocks.narrow(x, weight, out, in, batch)
                    : products.wide(x, weight);
        }

        @Override
        public Operand<TFloat32> dropout(Operand<TFloat32> x, double rate) {
            return dropout == null || rate == 0 ? x : dropout.apply(x, rate, adapterPlaces++);
        }
    }
}
