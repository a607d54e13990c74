package io.pocketllm.zo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Appends a run's trajectory to {@code trajectory.zot}: with the start values it gives the trained
 * weights bit for bit, without data and without forward passes.
 *
 * <pre>
 *   header  "ZOT2"  u32 version = 2  u32 bytes of text  text  u32 crc32c of everything before
 *   record  u32 step  f32 learningRate  f32 slope × directions  [f32 chosen]  u32 crc32c of the record before it
 * </pre>
 *
 * All little-endian. The text is JSON: seed, noise, walk, method, and a digest of the tensors that
 * move; {@code chosen} is there for the conservative update alone. A record is written with one
 * call, so that a killed run leaves whole records and at most one torn one, which its checksum
 * betrays.
 */
public final class TrajectoryWriter implements AutoCloseable {

    static final byte[] MAGIC = {'Z', 'O', 'T', '2'};
    static final int VERSION = 2;

    private final TrajectoryHeader header;
    private final FileChannel channel;

    /** Starts a new file. */
    public TrajectoryWriter(Path file, TrajectoryHeader header) throws IOException {
        this.header = header;
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        lock(file, channel);
        channel.truncate(0);
        byte[] text = header.toJson().getBytes(StandardCharsets.UTF_8);
        write(
                ByteBuffer.allocate(16 + text.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put(MAGIC)
                        .putInt(VERSION)
                        .putInt(text.length)
                        .put(text));
    }

    private TrajectoryWriter(TrajectoryHeader header, FileChannel channel) {
        this.header = header;
        this.channel = channel;
    }

    /**
     * Goes on behind what is whole; a torn record after it is cut off.
     *
     * @param wholeBytes length of the header and the whole records
     */
    public static TrajectoryWriter behind(Path file, TrajectoryHeader header, long wholeBytes)
            throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        try {
            lock(file, channel);
            channel.truncate(wholeBytes);
            channel.position(wholeBytes);
            return new TrajectoryWriter(header, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Two workers in one folder would write over each other; a killed one holds no lock. */
    private static void lock(Path file, FileChannel channel) throws IOException {
        try {
            if (channel.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // Held by this very process: refused like any other.
        }
        channel.close();
        throw new IOException(file + " is being written by a run that has not ended");
    }

    /** Appends a step. */
    public void append(StepResult result) throws IOException {
        ByteBuffer record =
                ByteBuffer.allocate(header.recordBytes())
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(result.step())
                        .putFloat(result.learningRate());
        for (float slope : result.slopes()) {
            record.putFloat(slope);
        }
        if (header.recordsChoice()) {
            record.putFloat(result.chosen());
        }
        write(record);
    }

    private void write(ByteBuffer bytes) throws IOException {
        bytes.putInt(crc(bytes.array(), 0, bytes.position())).flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    static int crc(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
