package io.pocketllm.zo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Appends a run's trajectory to {@code trajectory.zot}: with the seed, each step's slopes and step
 * size give the trained weights without data and without forward passes.
 *
 * <pre>
 *   header  "ZOT1"  u32 version = 1  i64 seed  u32 directions  u32 crc32c of the 20 bytes before
 *   record  u32 step  f32 learningRate  f32 slope × directions  u32 crc32c of the record before it
 * </pre>
 *
 * All little-endian. A record is written with one call, so that a killed run leaves whole records
 * and at most one torn one, which its checksum betrays.
 */
public final class TrajectoryWriter implements AutoCloseable {

    private static final byte[] MAGIC = {'Z', 'O', 'T', '1'};

    private final FileChannel channel;

    /** Starts a new file. */
    public TrajectoryWriter(Path file, long seed, int directions) throws IOException {
        channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
        write(
                ByteBuffer.allocate(24)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put(MAGIC)
                        .putInt(1)
                        .putLong(seed)
                        .putInt(directions));
    }

    /** Appends a step. */
    public void append(StepResult result) throws IOException {
        ByteBuffer record =
                ByteBuffer.allocate(12 + 4 * result.slopes().length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(result.step())
                        .putFloat(result.learningRate());
        for (float slope : result.slopes()) {
            record.putFloat(slope);
        }
        write(record);
    }

    private void write(ByteBuffer bytes) throws IOException {
        CRC32C crc = new CRC32C();
        crc.update(bytes.array(), 0, bytes.position());
        bytes.putInt((int) crc.getValue()).flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
