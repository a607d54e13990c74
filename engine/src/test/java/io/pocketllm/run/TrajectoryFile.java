package io.pocketllm.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** Reads {@code trajectory.zot} from its description, apart from the code that writes it. */
final class TrajectoryFile {

    private TrajectoryFile() {}

    /** First slope of each whole record by its step. */
    static Map<Integer, Float> firstSlopes(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int header = 16 + bytes.getInt(8);
        if (bytes.getInt(0) != 0x32544F5A || !checks(bytes, 0, header)) {
            throw new IOException("no trajectory header");
        }
        String text = new String(bytes.array(), 12, header - 16, StandardCharsets.UTF_8);
        int directions = RunFile.MAPPER.readTree(text).at("/method/values/directions").asInt(1);
        int recordBytes = 12 + 4 * directions;
        Map<Integer, Float> slopes = new TreeMap<>();
        for (int at = header; at + recordBytes <= bytes.limit(); at += recordBytes) {
            if (checks(bytes, at, recordBytes)) {
                slopes.put(bytes.getInt(at), bytes.getFloat(at + 8));
            }
        }
        return slopes;
    }

    private static boolean checks(ByteBuffer bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.array(), from, length - 4);
        return (int) crc.getValue() == bytes.getInt(from + length - 4);
    }
}
