package org.adapterbench.cli.portable;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.TensorFlow;

/**
 * The cache sizes by which TensorFlow's Eigen cuts matrix products. Eigen asks the processor once and keeps the
 * answer in three longs, one copy in each library; overwritten, this process computes as on another processor.
 */
final class EigenCaches implements AutoCloseable {

    private static final List<String> LIBRARIES = List.of("libtensorflow_cc.so", "libtensorflow_framework.so");
    private static final String SIZES = "_ZZN5Eigen8internal20manage_caching_sizesENS_6ActionEPlS2_S2_E12m_cacheSizes";
    /** Says whether Eigen has asked the processor already. */
    private static final String GUARD = SIZES.replace("_ZZN", "_ZGVZN");

    private final RandomAccessFile memory;
    private final List<Place> places;

    private record Place(long sizes, long guard) {}

    private EigenCaches(RandomAccessFile memory, List<Place> places) {
        this.memory = memory;
        this.places = places;
    }

    /** Finds them. */
    static EigenCaches ofThisProcess() {
        // Loads the libraries.
        TensorFlow.version();
        try {
            List<Place> places = new ArrayList<>();
            for (String name : LIBRARIES) {
                LoadedLibrary library = LoadedLibrary.named(name);
                places.add(new Place(library.address(SIZES), library.address(GUARD)));
            }
            return new EigenCaches(new RandomAccessFile("/proc/self/mem", "rw"), List.copyOf(places));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What Eigen knows of the processor; absent until it has asked, at the first product. */
    Optional<CacheSizes> asked() {
        return places.stream()
                .filter(place -> read(place.guard(), 1).get() != 0)
                .map(place -> read(place.sizes(), 3 * Long.BYTES))
                .map(sizes -> new CacheSizes(sizes.getLong(), sizes.getLong(), sizes.getLong()))
                .findFirst();
    }

    /** All further products are cut as on a processor with these caches. */
    void pretend(CacheSizes sizes) {
        for (Place place : places) {
            write(
                    place.sizes(),
                    bytes(3 * Long.BYTES)
                            .putLong(sizes.l1())
                            .putLong(sizes.l2())
                            .putLong(sizes.l3()));
            write(place.guard(), bytes(1).put((byte) 1));
        }
    }

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    }

    private ByteBuffer read(long address, int count) {
        ByteBuffer bytes = bytes(count);
        try {
            memory.seek(address);
            memory.readFully(bytes.array());
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(long address, ByteBuffer bytes) {
        try {
            memory.seek(address);
            memory.write(bytes.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            memory.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
