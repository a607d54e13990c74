package io.pocketllm.app.dialog;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Optional;

/** Everything that interrupts a person, or leaves the window. Called on the window's thread. */
public interface Dialogs {

    /**
     * Asks before something is lost.
     *
     * @param doIt what the agreeing button says, such as "Stop and close"
     * @param keep what the other button says
     * @return true where the person agreed
     */
    boolean confirm(String question, String explanation, String doIt, String keep);

    /** Asks for a file to open; empty where the person thought better of it. */
    Optional<Path> openFile(String title, FileKind kind);

    /** Asks for a folder to open. */
    Optional<Path> openFolder(String title);

    /** Asks where to save. */
    Optional<Path> saveFile(String title, String suggestedName, FileKind kind);

    /** Puts a picture on the clipboard. */
    void copy(BufferedImage picture);

    /** Says that something went wrong, with a report to copy. Nothing waits for it. */
    void tell(Problem problem);

    /** Puts text on the clipboard. */
    void copy(String text);

    /**
     * Files a chooser shows.
     *
     * @param description such as "Run files"
     * @param ending with its dot, such as ".json"
     */
    record FileKind(String description, String ending) {
        /** Run files. */
        public static final FileKind RUN = new FileKind("Run files", ".json");

        /** Sweep files. */
        public static final FileKind SWEEP = new FileKind("Sweep files", ".json");

        /** Models. */
        public static final FileKind ONNX = new FileKind("ONNX models", ".onnx");

        /** Examples, in any of the formats the program reads. */
        public static final FileKind DATA = new FileKind("Data files", ".*");

        /** Pictures. */
        public static final FileKind PICTURE = new FileKind("PNG pictures", ".png");

        /** Drawings. */
        public static final FileKind DRAWING = new FileKind("SVG drawings", ".svg");

        /** Tables in text. */
        public static final FileKind MARKDOWN = new FileKind("Markdown", ".md");

        /** Tables. */
        public static final FileKind TABLE = new FileKind("Tables, comma-separated", ".csv");
    }
}
