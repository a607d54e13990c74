package io.pocketllm.device;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A program that holds as much memory as it is told to: {@code take 64} on standard input takes 64
 * MiB more and touches every page, {@code leak 64 100} takes 64 MiB every 100 ms without end,
 * {@code exit 3} ends. Each command but the last is answered with a line. Ends with its standard
 * input.
 */
final class MemoryHog {

    private MemoryHog() {}

    public static void main(String[] args) throws IOException {
        List<MemorySegment> held = new ArrayList<>();
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "take" -> {
                    take(Integer.parseInt(words[1]), held);
                    System.out.println("holding " + held.size());
                }
                case "leak" -> {
                    while (true) {
                        take(Integer.parseInt(words[1]), held);
                        LockSupport.parkNanos(1_000_000L * Integer.parseInt(words[2]));
                    }
                }
                case "exit" -> System.exit(Integer.parseInt(words[1]));
                default -> System.out.println("unknown " + line);
            }
        }
    }

    private static void take(int mebibytes, List<MemorySegment> held) {
        for (int mib = 0; mib < mebibytes; mib++) {
            // Outside the Java heap, where no collector moves it: as the weights of a model are.
            MemorySegment block = Arena.global().allocate(1 << 20);
            block.fill((byte) (mib + 1));
            held.add(block);
        }
    }
}
