package io.pocketllm.app.screenshots;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The guide shows pictures that are drawn anew with every build. */
class GuidePicturesTest {

    private static final long MOST_BYTES = 200_000;

    @Test
    void every_picture_of_the_guide_is_one_that_is_drawn() throws IOException {
        List<String> drawn =
                new ArrayList<>(
                        Arrays.stream(Scene.values())
                                .flatMap(
                                        scene ->
                                                List.of(
                                                        new Picture(scene, false, 100),
                                                        new Picture(scene, true, 100),
                                                        new Picture(scene, false, 150),
                                                        new Picture(scene, true, 150))
                                                        .stream())
                                .map(Picture::fileName)
                                .toList());
        // The README shows a real run.
        drawn.addAll(GuidePictures.ofReadme());
        assertThat(drawn).containsAll(GuidePictures.named());
    }

    @Test
    void every_picture_of_the_guide_is_there_and_small() throws IOException {
        assertThat(GuidePictures.named()).isNotEmpty();
        for (String name : GuidePictures.named()) {
            assertThat(GuidePictures.images().resolve(name)).exists();
            assertThat(Files.size(GuidePictures.images().resolve(name)))
                    .as(name + " in bytes; see -Dscreenshots.update=true in docs/guide.md")
                    .isBetween(1L, MOST_BYTES);
        }
    }
}
