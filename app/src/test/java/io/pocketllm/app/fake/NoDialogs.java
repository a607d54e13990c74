package io.pocketllm.app.fake;

import io.pocketllm.app.dialog.Dialogs;
import io.pocketllm.app.dialog.Problem;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers as the test says and keeps what was copied. */
public final class NoDialogs implements Dialogs {

    /** What was put on the clipboard, in order. */
    public final List<String> copied = new ArrayList<>();

    /** Pictures that were put on the clipboard, in order. */
    public final List<BufferedImage> pictures = new ArrayList<>();

    /** Questions that were asked. */
    public final List<String> asked = new ArrayList<>();

    /** The answer to every question. */
    public boolean agrees = true;

    /** What a chooser gives. */
    public Path file;

    @Override
    public boolean confirm(String question, String explanation, String doIt, String keep) {
        asked.add(question);
        return agrees;
    }

    @Override
    public Optional<Path> openFile(String title, FileKind kind) {
        return Optional.ofNullable(file);
    }

    @Override
    public Optional<Path> openFolder(String title) {
        return Optional.ofNullable(file);
    }

    @Override
    public Optional<Path> saveFile(String title, String suggestedName, FileKind kind) {
        return Optional.ofNullable(file);
    }

    /** Problems that were told. */
    public final List<Problem> problems = new ArrayList<>();

    @Override
    public void tell(Problem problem) {
        problems.add(problem);
    }

    @Override
    public void copy(BufferedImage picture) {
        pictures.add(picture);
    }

    @Override
    public void copy(String text) {
        copied.add(text);
    }
}
