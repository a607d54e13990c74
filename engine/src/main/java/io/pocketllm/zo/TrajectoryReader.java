package io.pocketllm.zo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Reads a {@code trajectory.zot} from its start, step by step. A torn tail ends it quietly; damage
 * in front of a whole record is refused, since what follows could not be replayed.
 */
public final class TrajectoryReader implements AutoCloseable {

    private static final int MAX_HEADER_BYTES = 1 << 20;

    private final Path file;
    private final FileChannel channel;
    private final TrajectoryHeader header;
    private long at;
    private int lastStep;

    private TrajectoryReader(Path file, FileChannel channel)
            throws IOException, TrajectoryException {
        this.file = file;
        this.channel = channel;
        ByteBuffer front = bytes(0, 12);
        if (front.remaining() < 12) {
            throw damaged("ends within its header");
        }
        byte[] magic = new byte[4];
        front.get(magic);
        if (!Arrays.equals(magic, TrajectoryWriter.MAGIC)) {
            boolean older = magic[0] == 'Z' && magic[1] == 'O' && magic[2] == 'T';
            throw older
                    ? new TrajectoryException(
                            file + ": is of another version of this program",
                            "Replay it with the version that wrote it.")
                    : damaged("is no trajectory: it does not start with ZOT2");
        }
        int version = front.getInt();
        int length = front.getInt();
        if (version != TrajectoryWriter.VERSION || length < 2 || length > MAX_HEADER_BYTES) {
            throw damaged("has a damaged header");
        }
        ByteBuffer whole = bytes(0, 16 + length);
        if (whole.remaining() < 16 + length || !checks(whole.array(), 16 + length)) {
            throw damaged("has a damaged header");
        }
        String text = new String(whole.array(), 12, length, StandardCharsets.UTF_8);
        header =
                TrajectoryHeader.parse(text)
                        .orElseThrow(
                                () ->
                                        new TrajectoryException(
                                                file
                                                        + ": names a method or a noise that this"
                                                        + " version does not know",
                                                "Replay it with the version that wrote it."));
        at = 16 + length;
    }

    /**
     * Opens a trajectory and checks its header.
     *
     * @throws TrajectoryException where it is none, or its header is damaged
     */
    public static TrajectoryReader open(Path file) throws IOException, TrajectoryException {
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            throw new TrajectoryException(
                    file + ": there is no such file", "Name the folder of a run that has begun.");
        }
        try {
            return new TrajectoryReader(file, channel);
        } catch (IOException | TrajectoryException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** What the trajectory needs beside its steps. */
    public TrajectoryHeader header() {
        return header;
    }

    /**
     * The next step, with NaN for the losses, which a trajectory does not keep; null where no whole
     * record is left.
     *
     * @throws TrajectoryException where a record is damaged and whole ones follow
     */
    public StepResult next() throws IOException, TrajectoryException {
        int length = header.recordBytes();
        ByteBuffer record = bytes(at, length);
        if (record.remaining() < length || !checks(record.array(), length)) {
            refuseIfWholeRecordsFollow(length);
            return null;
        }
        int step = record.getInt();
        if (step != lastStep + 1) {
            throw damaged("step " + step + " follows step " + lastStep);
        }
        float learningRate = record.getFloat();
        float[] slopes = new float[header.method().directions()];
        for (int k = 0; k < slopes.length; k++) {
            slopes[k] = record.getFloat();
        }
        float chosen = header.recordsChoice() ? record.getFloat() : 1;
        lastStep = step;
        at += length;
        return new StepResult(step, Double.NaN, Double.NaN, slopes, learningRate, chosen);
    }

    private void refuseIfWholeRecordsFollow(int length) throws IOException, TrajectoryException {
        for (long later = at + length; later + length <= channel.size(); later += length) {
            if (checks(bytes(later, length).array(), length)) {
                throw damaged("the record of step " + (lastStep + 1) + " is damaged");
            }
        }
    }

    /**
     * Length of the header and the records read so far: all that is whole once {@link #next} ends.
     */
    public long wholeBytes() {
        return at;
    }

    private TrajectoryException damaged(String problem) {
        return new TrajectoryException(
                file + ": " + problem, "Restore the file from a copy, or run again.");
    }

    private static boolean checks(byte[] bytes, int length) {
        int stored = ByteBuffer.wrap(bytes, length - 4, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
        return TrajectoryWriter.crc(bytes, 0, length - 4) == stored;
    }

    /** Up to {@code length} bytes from a place on; fewer where the file ends. */
    private ByteBuffer bytes(long from, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, from + buffer.position());
            if (read < 0) {
                break;
            }
        }
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
