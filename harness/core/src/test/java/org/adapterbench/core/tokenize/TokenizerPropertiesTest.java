package org.adapterbench.core.tokenize;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.adapterbench.api.damage.Damage;

/** Whatever {@code tokenizer.json} holds, it fits the vocabulary or is refused in one line. */
class TokenizerPropertiesTest {

    @Property(tries = 600, seed = "1")
    void spoiltTokenizersFitOrAreRefused(@ForAll("tokenizers") byte[] bytes) {
        TokenizerFuzzer.read(bytes);
    }

    @Provide
    Arbitrary<byte[]> tokenizers() {
        return Damage.ofAny(TokenizerFuzzer.seeds());
    }
}
