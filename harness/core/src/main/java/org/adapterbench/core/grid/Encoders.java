package org.adapterbench.core.grid;

import org.adapterbench.core.weights.EncoderAssets;

/** Where the grid learns an encoder's hashes and sizes from; {@code EncoderStore::open} is one. */
@FunctionalInterface
public interface Encoders {

    /**
     * @param locator catalogue name, folder, or {@code hub:name@revision}
     * @throws org.adapterbench.api.UserError when there is no such encoder or its files are damaged
     */
    EncoderAssets open(String locator);
}
