package org.adapterbench.datasets.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.adapterbench.api.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EndpointTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.org",
                "ftp://127.0.0.1",
                "ftp://mirror.example",
                "nonsense",
                "not an address",
                "http://127.0.0.1.example.org",
                "::"
            })
    void otherEndpointsThanHttpsAreRefused(String address) {
        assertThatThrownBy(() -> endpoint(address))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("HF_ENDPOINT: '" + address + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "'', https://huggingface.co/",
        "'  ', https://huggingface.co/",
        "https://mirror.example/hf//, https://mirror.example/hf/",
        "' https://mirror.example/hf', https://mirror.example/hf/",
        "http://localhost:80, http://localhost:80/"
    })
    void theEndpointIsTheHubUnlessTheEnvironmentNamesAnother(String address, String base) {
        assertThat(endpoint(address).base()).isEqualTo(URI.create(base));
        assertThat(endpoint(address).file("a/b")).isEqualTo(URI.create(base + "a/b"));
        assertThat(Endpoint.of(Map.of()).base()).isEqualTo(URI.create("https://huggingface.co/"));
    }

    @Test
    void plainHttpIsForThisMachineAloneAndOnlyWhereItStandsForTheHub() {
        URI here = URI.create("http://127.0.0.1:8080/f");
        assertThatThrownBy(() -> endpoint("https://mirror.example").requireAllowed(here))
                .isInstanceOf(UserError.class)
                .hasMessage(here + ": refused: not HTTPS");
        endpoint("http://localhost:80").requireAllowed(here);
        endpoint("http://localhost:80").requireAllowed(URI.create("https://mirror.example/f"));
    }

    private static Endpoint endpoint(String address) {
        return Endpoint.of(Map.of("HF_ENDPOINT", address));
    }
}
