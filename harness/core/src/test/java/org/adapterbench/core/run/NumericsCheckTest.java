package org.adapterbench.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.RunFailure;
import org.adapterbench.api.record.Numerics;
import org.junit.jupiter.api.Test;

final class NumericsCheckTest {

    private static List<String> processor(String flags) {
        return List.of("processor\t: 0", "model name\t: Some Processor", "flags\t\t: fpu sse4_2 " + flags, "");
    }

    @Test
    void portableNumericsNeedAnX86ProcessorWithBothExtensions() {
        assertThat(NumericsCheck.allowed("amd64", processor("avx avx2 fma avx512f")))
                .contains(Numerics.PORTABLE);
        assertThat(NumericsCheck.allowed("x86_64", processor("fma avx avx2"))).contains(Numerics.PORTABLE);
    }

    @Test
    void olderAndOtherProcessorsCannotComputePortably() {
        assertThat(NumericsCheck.allowed("amd64", processor("avx f16c"))).containsExactly(Numerics.FAST);
        assertThat(NumericsCheck.allowed("amd64", processor("avx avx2"))).containsExactly(Numerics.FAST);
        // FMA4 is another instruction set than FMA, and what names AVX2 in part is not AVX2.
        assertThat(NumericsCheck.allowed("amd64", processor("avx2x fma4"))).containsExactly(Numerics.FAST);
        assertThat(NumericsCheck.allowed(
                        "aarch64", List.of("processor\t: 0", "Features\t: fp asimd sve", "CPU part\t: 0xd40")))
                .containsExactly(Numerics.FAST);
        assertThat(NumericsCheck.allowed("aarch64", processor("avx2 fma"))).containsExactly(Numerics.FAST);
        assertThat(NumericsCheck.allowed("amd64", List.of())).containsExactly(Numerics.FAST);
    }

    @Test
    void productsOfBfloat16NeedAProcessorThatHasThem() {
        assertThat(NumericsCheck.allowed("amd64", processor("avx2 fma avx512f avx512_bf16")))
                .containsExactly(Numerics.PORTABLE, Numerics.FAST, Numerics.FAST_BF16);
        assertThat(NumericsCheck.allowed("amd64", processor("avx2 fma amx_bf16 amx_tile")))
                .contains(Numerics.FAST_BF16);
        assertThat(NumericsCheck.allowed("amd64", processor("avx2 fma avx512f avx512_vnni")))
                .doesNotContain(Numerics.FAST_BF16);
        assertThat(NumericsCheck.allowed("aarch64", List.of("Features\t: fp asimd bf16")))
                .containsExactly(Numerics.FAST);
    }

    @Test
    void theFirstThingThatIsNotAsItMustBeIsNamed() {
        Map<String, String> environment = new TreeMap<>(NumericsCheck.PORTABLE_ENVIRONMENT);
        environment.put("TF_XLA_FLAGS", "--tf_xla_auto_jit=2");

        assertThatThrownBy(() -> NumericsCheck.require(Numerics.PORTABLE, 2, environment))
                .isInstanceOfSatisfying(
                        RunFailure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.ENVIRONMENT))
                .hasMessageContaining("TF_XLA_FLAGS is set (allowed: unset)");
        assertThatThrownBy(() -> NumericsCheck.require(Numerics.PORTABLE, 4, environment))
                .hasMessageContaining("threads is 4 (allowed: exactly 2");
        environment.put("ONEDNN_MAX_CPU_ISA", "AVX512_CORE");
        assertThatThrownBy(() -> NumericsCheck.require(Numerics.PORTABLE, 2, environment))
                .hasMessageContaining("ONEDNN_MAX_CPU_ISA is AVX512_CORE (allowed: AVX2)");
        assertThatCode(() -> NumericsCheck.require(Numerics.FAST, 4, environment))
                .doesNotThrowAnyException();
    }
}
