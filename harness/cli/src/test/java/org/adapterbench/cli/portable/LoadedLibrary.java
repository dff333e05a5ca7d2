package org.adapterbench.cli.portable;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A shared library (64-bit ELF) that this process has loaded, for finding where its variables lie in memory. */
final class LoadedLibrary {

    private static final Path MAPS = Path.of("/proc/self/maps");
    private static final int SECTION_TABLE = 0x28;
    private static final int SECTION_SIZE = 0x3a;
    private static final int SECTION_COUNT = 0x3c;
    private static final int SYMBOL_TABLE = 2;
    private static final int SYMBOL_SIZE = 24;
    private static final int IS_OBJECT = 1;

    private final Path file;
    private final long start;

    private LoadedLibrary(Path file, long start) {
        this.file = file;
        this.start = start;
    }

    /** @throws IllegalStateException when no loaded file's name begins so */
    static LoadedLibrary named(String name) throws IOException {
        // start-end permissions offset device inode path
        for (String line : Files.readAllLines(MAPS, StandardCharsets.UTF_8)) {
            List<String> fields = List.of(line.split("\\s+", 6));
            boolean first = fields.size() == 6 && fields.get(2).matches("0+");
            if (first && Path.of(fields.get(5)).getFileName().toString().startsWith(name)) {
                long start = Long.parseUnsignedLong(fields.get(0).split("-")[0], 16);
                return new LoadedLibrary(Path.of(fields.get(5)), start);
            }
        }
        throw new IllegalStateException(name + " is not loaded");
    }

    /**
     * Address of a variable in this process.
     *
     * @throws IllegalStateException when the library's symbol table does not name it
     */
    long address(String symbol) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            MappedByteBuffer elf = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            elf.order(ByteOrder.LITTLE_ENDIAN);
            byte[] name = (symbol + "\0").getBytes(StandardCharsets.US_ASCII);
            int table = Math.toIntExact(elf.getLong(SECTION_TABLE));
            int size = elf.getShort(SECTION_SIZE);
            for (int i = 0; i < elf.getShort(SECTION_COUNT); i++) {
                int section = table + i * size;
                if (elf.getInt(section + 4) == SYMBOL_TABLE) {
                    int names = Math.toIntExact(elf.getLong(table + elf.getInt(section + 0x28) * size + 0x18));
                    return start + value(elf, section, names, name);
                }
            }
        }
        throw new IllegalStateException(file + " has no symbol table");
    }

    private long value(MappedByteBuffer elf, int section, int names, byte[] name) {
        int from = Math.toIntExact(elf.getLong(section + 0x18));
        int end = from + Math.toIntExact(elf.getLong(section + 0x20));
        for (int symbol = from; symbol < end; symbol += SYMBOL_SIZE) {
            if ((elf.get(symbol + 4) & 0xf) == IS_OBJECT && equals(elf, names + elf.getInt(symbol), name)) {
                return elf.getLong(symbol + 8);
            }
        }
        throw new IllegalStateException(file + " does not name " + new String(name, StandardCharsets.US_ASCII));
    }

    private static boolean equals(MappedByteBuffer elf, int at, byte[] name) {
        for (int i = 0; i < name.length; i++) {
            if (elf.get(at + i) != name[i]) {
                return false;
            }
        }
        return true;
    }
}
