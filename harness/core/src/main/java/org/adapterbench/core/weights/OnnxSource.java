package org.adapterbench.core.weights;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.UserError;
import org.adapterbench.core.ClassPathJars;

/** An encoder from an ONNX file inside a Maven artifact. */
record OnnxSource(KnownEncoder known, KnownEncoder.OnnxArtifact origin, Path artifacts) implements EncoderSource {

    @Override
    public String name() {
        return known.id();
    }

    @Override
    public String fingerprint() {
        return origin.model().sha256() + " " + origin.tokenizer().sha256() + " " + known.config();
    }

    @Override
    public LoadedEncoder load() {
        String where = origin.artifact().coordinates() + "!" + origin.model().name();
        OnnxWeights onnx = OnnxWeights.parse(where, read(origin.model()));
        CanonicalWeights weights = CanonicalWeights.select(where, known.config(), onnx, UnaryOperator.identity());
        return new LoadedEncoder(known.config(), weights, read(origin.tokenizer()));
    }

    private byte[] read(KnownEncoder.Resource resource) {
        String remedy = ArtifactSource.remedyOfDamage(known, artifacts);
        byte[] bytes =
                origin.artifact().read(artifacts, resource.name(), remedy).orElseThrow(this::absent);
        ArtifactSource.requireSha256(
                origin.artifact().coordinates() + "!" + resource.name(),
                resource.sha256(),
                new Sha256().add(bytes).hex(),
                remedy);
        return bytes;
    }

    private UserError absent() {
        return ClassPathJars.damaged(origin.artifact().fileName())
                .map(jar -> new UserError(
                        "encoder " + known.id() + ": " + jar + ": damaged, no whole jar; " + ClassPathJars.REMEDY))
                .orElseGet(() -> new UserError("encoder " + known.id() + ": "
                        + origin.artifact().coordinates() + " is neither on the class path nor in " + artifacts + "; "
                        + ArtifactSource.remedy(known)));
    }
}
