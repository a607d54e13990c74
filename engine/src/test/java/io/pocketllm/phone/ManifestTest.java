package io.pocketllm.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;

class ManifestTest {

    private static final Manifest.Entry ENTRY = new Manifest.Entry("ab".repeat(32), 12);

    @Property
    void everyAllowedPathComesBackAsItWas(@ForAll @NotEmpty String name) {
        try {
            PhonePaths.absolute(name);
        } catch (PhoneException e) {
            return;
        }
        if (!java.nio.charset.StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            return;
        }
        Manifest manifest =
                Manifest.parse(Manifest.file(name, ENTRY) + "\n" + Manifest.folder(name + "/sub"));

        assertThat(manifest.holds(name, ENTRY)).isTrue();
        assertThat(manifest.folders()).containsExactly(name + "/sub");
    }

    @Property
    void noTextBreaksTheParserOrLeadsOutside(@ForAll String text) {
        Manifest manifest = Manifest.parse("file " + text + "\nfolder " + text + "\n" + text);

        assertThat(manifest.files())
                .noneMatch(path -> path.contains(".." + "/") || path.startsWith("/"));
        assertThat(manifest.folders()).noneMatch(path -> path.startsWith("/"));
    }

    @Example
    void whatLeadsOutsideOurFolderIsNotOurs() {
        String text =
                """
                folder ..
                folder a/../../b
                folder /etc
                folder %2e%2e/x
                begun ../other
                file %2Fetc%2Fpasswd abc 1
                """;
        Manifest manifest = Manifest.parse(text);

        assertThat(manifest.folders()).isEmpty();
        assertThat(manifest.files()).isEmpty();
    }

    @Example
    void aBegunFileIsNotHeldButCleanedUp() {
        Manifest manifest = Manifest.parse(Manifest.begun("a b") + "\n");

        assertThat(manifest.holds("a b", ENTRY)).isFalse();
        assertThat(manifest.files()).containsExactly("a b");
    }

    @Example
    void theLastLineOfAFileCounts() {
        Manifest.Entry newer = new Manifest.Entry("cd".repeat(32), 13);
        Manifest manifest =
                Manifest.parse(Manifest.file("x", ENTRY) + "\n" + Manifest.file("x", newer) + "\n");

        assertThat(manifest.holds("x", ENTRY)).isFalse();
        assertThat(manifest.holds("x", newer)).isTrue();
    }

    @Example
    void aNameThatNoPhoneCanKeepIsRefusedByName() {
        for (String path :
                new String[] {"", "a//b", "../a", "a/..", "/a", "a\nb", "x".repeat(300)}) {
            assertThatThrownBy(() -> PhonePaths.absolute(path))
                    .isInstanceOfSatisfying(
                            PhoneException.class, e -> assertThat(e.hint()).contains("Rename"));
        }
    }

    @Example
    void freeRoomIsReadFromWhateverDfAnswers() {
        assertThat(
                        Sections.freeBytes(
                                """
                                Filesystem      1K-blocks     Used Available Use% Mounted on
                                /dev/block/dm-9 112456704 80123456  32333248  72% /data
                                """))
                .isEqualTo(32333248L * 1024);
        assertThat(Sections.freeBytes("df: /data: Permission denied")).isEqualTo(-1);
    }
}
