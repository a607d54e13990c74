package io.pocketllm.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hard limit of the kernel, on a folder that looks like the kernel's own. */
class ControlGroupTest {

    @TempDir private Path mount;
    private Path membership;
    private Path slice;

    @BeforeEach
    void aUsersSession() throws Exception {
        slice = Files.createDirectories(mount.resolve("user.slice/app.slice"));
        Path own = Files.createDirectories(slice.resolve("terminal.scope"));
        Files.writeString(own.resolve("cgroup.subtree_control"), "\n");
        Files.writeString(slice.resolve("cgroup.subtree_control"), "cpu memory pids\n");
        membership = mount.resolveSibling(mount.getFileName() + "-membership");
        Files.writeString(membership, "0::/user.slice/app.slice/terminal.scope\n");
    }

    @Test
    void theGroupIsMadeWhereTheMemoryControllerIsHandedDownAndHasTheLimit() throws Exception {
        ControlGroup group = ControlGroup.create(mount, membership, 12_345_678).orElseThrow();
        Path folder = groups().getFirst();

        assertThat(folder.getParent()).isEqualTo(slice);
        assertThat(folder.resolve("memory.max")).hasContent("12345678");
        assertThat(folder.resolve("memory.oom.group")).hasContent("1");
        assertThat(group.add(4711)).isTrue();
        assertThat(folder.resolve("cgroup.procs")).hasContent("4711");
    }

    @Test
    void aKillByTheKernelShowsInTheGroupsCounters() throws Exception {
        ControlGroup group = ControlGroup.create(mount, membership, 1).orElseThrow();
        Path events = groups().getFirst().resolve("memory.events");

        assertThat(group.killed()).as("no counters yet").isFalse();
        Files.writeString(events, "low 0\nmax 3\noom 1\noom_kill 0\noom_group_kill 0\n");
        assertThat(group.killed()).isFalse();
        Files.writeString(events, "low 0\nmax 9\noom 1\noom_kill 1\noom_group_kill 1\n");
        assertThat(group.killed()).isTrue();
    }

    @Test
    void withoutTheControllerThereIsNoGroup() throws Exception {
        Files.writeString(slice.resolve("cgroup.subtree_control"), "cpu pids\n");

        assertThat(ControlGroup.create(mount, membership, 1)).isEmpty();
    }

    @Test
    void onASystemWithTheOldHierarchyThereIsNoGroup() throws Exception {
        Files.writeString(membership, "4:memory:/x\n1:cpu:/\n");

        assertThat(ControlGroup.create(mount, membership, 1)).isEmpty();
        assertThat(ControlGroup.create(mount, mount.resolve("gone"), 1)).isEmpty();
    }

    private List<Path> groups() throws Exception {
        try (var files = Files.walk(mount)) {
            return files.filter(f -> f.getFileName().toString().startsWith("pocketllm-")).toList();
        }
    }
}
