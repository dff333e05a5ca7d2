package org.adapterbench.core.weights;

import java.nio.file.Path;
import java.util.Map;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.datasets.download.DownloadListener;

/** Opens an encoder in a process of its own and prints its hash: {@code CACHE ENCODER}. */
final class OpenEncoderMain {

    private OpenEncoderMain() {}

    public static void main(String[] arguments) {
        CacheFolder cache = new CacheFolder(Path.of(arguments[0]));
        EncoderStore store = new EncoderStore(cache, Map.of(), DownloadListener.SILENT, System.err::println);
        System.out.print(store.open(arguments[1]).weightsSha256());
    }
}
