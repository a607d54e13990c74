package io.pocketllm.app.shell;

import io.pocketllm.app.setup.RecentPaths;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Run files that were opened last, as things to do. */
final class Recent {

    private Recent() {}

    /** One action a file, the newest first; each says the folder too, since names repeat. */
    static List<Action> actions(RecentPaths paths, WorkbenchViewModel workbench) {
        BooleanSupplier idle = () -> !workbench.state().isActive();
        List<Action> all = new ArrayList<>();
        for (String path : paths.all()) {
            all.add(
                    Action.withoutKey(
                            "Open again: " + name(Path.of(path)),
                            idle,
                            () -> workbench.files().openAgain(Path.of(path))));
        }
        return all;
    }

    private static String name(Path path) {
        Path folder = path.toAbsolutePath().getParent();
        return path.getFileName()
                + (folder == null || folder.getFileName() == null
                        ? ""
                        : " in " + folder.getFileName());
    }
}
