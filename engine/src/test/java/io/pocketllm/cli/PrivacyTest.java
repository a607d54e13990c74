package io.pocketllm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.pocketllm.run.SmallInbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training run in a home where nothing has ever been: it writes to its own folders alone and
 * speaks to nobody.
 */
@Timeout(300)
class PrivacyTest {

    /** Names under which libraries unpack themselves, and Java keeps its counters. */
    private static final Pattern LITTER =
            Pattern.compile(
                    "(?i).*(onnxruntime|jna|djl|oshi|tokenizers|pocketllm|hs_err|\\.partial).*");

    @TempDir private Path root;
    private Path home;
    private Path temporary;
    private final Map<String, String> environment = new LinkedHashMap<>();

    @BeforeEach
    void makeAnEmptyHome() throws Exception {
        home = Files.createDirectories(root.resolve("home"));
        temporary = Files.createDirectories(root.resolve("tmp"));
        for (String variable : List.of("XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")) {
            environment.put(variable, home.resolve(variable.toLowerCase()).toString());
        }
        environment.put("HOME", home.toString());
        environment.put("TMPDIR", temporary.toString());
        environment.put("POCKETLLM_HOME", root.resolve("own").toString());
        SmallInbox.run(root.resolve("input"), "head", 3);
    }

    @Test
    void aRunWritesToItsOwnFoldersAlone() throws Exception {
        Set<String> before = litter();

        train(List.of());

        assertThat(entries(temporary)).as("temporary folder").isEmpty();
        assertThat(entries(home)).as("home").isEmpty();
        assertThat(entries(root)).containsExactlyInAnyOrder("home", "tmp", "input", "own");
        assertThat(entries(root.resolve("own")))
                .contains("cache", "runs")
                .isSubsetOf("cache", "runs", "settings");
        assertThat(entries(root.resolve("own/cache"))).isSubsetOf("models", "native", "tmp");
        assertThat(files(root.resolve("own/cache")))
                .as("what a run leaves half done")
                .noneMatch(file -> file.toString().endsWith(".partial"))
                .noneMatch(file -> file.startsWith(root.resolve("own/cache/tmp")));
        if (!onPath("strace")) {
            // Other programs use these places too and would be taken for ours; where system calls
            // can be watched, the test below knows whose each file is.
            assertThat(litter()).as("system's temporary folder and real home").isEqualTo(before);
        }
    }

    @Test
    void aRunSpeaksToNobodyAndOpensNoOtherFileForWriting() throws Exception {
        assumeThat(onPath("strace"))
                .as("THE NETWORK TEST DID NOT RUN: install strace (apt-get install strace)")
                .isTrue();
        Path trace = root.resolve("trace");
        train(
                List.of(
                        "strace",
                        "-f",
                        "-qq",
                        "--seccomp-bpf",
                        "-e",
                        "trace=socket,connect,sendto,sendmsg,sendmmsg,execve,open,openat,creat,mkdir,mkdirat",
                        "-o",
                        trace.toString()));

        List<String> calls =
                Files.readAllLines(trace, java.nio.charset.StandardCharsets.ISO_8859_1);
        // A trace that missed the worker would prove nothing.
        assertThat(calls).anyMatch(c -> c.contains("libonnxruntime.so"));
        assertThat(calls).anyMatch(c -> c.contains("libtokenizers.so"));
        assertThat(calls).anyMatch(c -> c.contains("model.safetensors"));
        assertThat(calls).filteredOn(PrivacyTest::speaks).isEmpty();
        assertThat(written(calls))
                .isNotEmpty()
                .allMatch(
                        path ->
                                path.startsWith(root.resolve("own").toString())
                                        || path.startsWith("/proc/")
                                        || path.startsWith("/dev/"));
    }

    /** True for a call that sends something, or means to, over the internet. */
    static boolean speaks(String call) {
        boolean sends = call.matches(".*\\b(connect|sendto|sendmsg|sendmmsg)\\(.*");
        return sends && !call.contains("sa_family=AF_UNIX") || call.contains("sa_family=AF_INET");
    }

    @Test
    void theTraceReaderKnowsACallThatSpeaks() {
        assertThat(speaks("7 connect(4, {sa_family=AF_INET, sin_port=htons(80)}, 16) = -1"))
                .isTrue();
        assertThat(speaks("7 connect(4, {sa_family=AF_INET6, sin6_port=htons(443)}, 28")).isTrue();
        assertThat(speaks("7 sendto(5, \"GET\", 3, 0, NULL, 0) = 3")).isTrue();
        assertThat(speaks("7 connect(4, {sa_family=AF_UNIX, sun_path=\"/nscd\"}, 110)")).isFalse();
        assertThat(written(List.of("7 openat(AT_FDCWD, \"/tmp/x\", O_RDWR|O_CREAT, 0600) = 3")))
                .containsExactly("/tmp/x");
        assertThat(written(List.of("7 openat(AT_FDCWD, \"/tmp/x\", O_RDONLY) = 3"))).isEmpty();
    }

    /** Paths that were made, or opened for writing, with success. */
    private static Set<String> written(List<String> calls) {
        Pattern path = Pattern.compile("(?:open|openat|creat|mkdir|mkdirat)\\(.*?\"([^\"]+)\"(.*)");
        Set<String> written = new TreeSet<>();
        for (String call : calls) {
            Matcher matcher = path.matcher(call);
            if (matcher.find() && !call.contains(" = -1 ")) {
                boolean makes = call.matches(".*\\b(creat|mkdir|mkdirat)\\(.*");
                if (makes || matcher.group(2).matches(".*O_(WRONLY|RDWR|CREAT).*")) {
                    written.add(matcher.group(1));
                }
            }
        }
        return written;
    }

    private void train(List<String> watcher) throws IOException {
        try (TrainProcess train =
                TrainProcess.start(
                        watcher,
                        List.of("-Djava.io.tmpdir=" + temporary),
                        environment,
                        "train",
                        root.resolve("input/run.json").toString(),
                        "--device",
                        "oppo-reno6-5g",
                        "--set",
                        "training.reference=true",
                        "--set",
                        "data.tokenDropout=0.1")) {
            assertThat(train.awaitExit()).as("%s", train.err()).isZero();
            assertThat(train.out()).anyMatch(line -> line.startsWith("Finished after 3 steps"));
        }
    }

    /** Files outside every folder of ours that look like a library's. */
    private static Set<String> litter() throws IOException {
        Path realHome = Path.of(System.getProperty("user.home"));
        Set<String> litter = new TreeSet<>();
        for (Path place :
                List.of(
                        Path.of(System.getProperty("java.io.tmpdir")),
                        Path.of("/tmp"),
                        realHome,
                        realHome.resolve(".cache"),
                        realHome.resolve(".cache/JNA/temp"),
                        realHome.resolve(".djl.ai"))) {
            entries(place).stream()
                    .filter(name -> LITTER.matcher(place.resolve(name).toString()).matches())
                    .forEach(name -> litter.add(place.resolve(name).toString()));
        }
        return litter;
    }

    private static List<String> entries(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> list = Files.list(folder)) {
            return list.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            return new ArrayList<>(tree.filter(Files::isRegularFile).toList());
        }
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
