package io.pocketllm.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import javafx.application.Platform;

/** Who may use whom. */
@AnalyzeClasses(packages = "io.pocketllm.app", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final List<String> FEATURES =
            List.of("setup", "train", "runs", "fits", "sweep", "phones", "help", "shell", "launch");

    /** A feature may use the kit and what is named here; no other feature. */
    private static ArchRule knowsOnly(String feature, String... others) {
        return noClasses()
                .that()
                .resideInAPackage(room(feature))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        rooms(
                                FEATURES.stream()
                                        .filter(f -> !f.equals(feature))
                                        .filter(f -> !List.of(others).contains(f))));
    }

    private static String room(String name) {
        return "..app." + name + "..";
    }

    private static String[] rooms(Stream<String> names) {
        return names.map(ArchitectureTest::room).toArray(String[]::new);
    }

    @ArchTest
    static final ArchRule the_kit_knows_no_feature =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            rooms(Stream.of("chart", "memory", "table", "task", "dialog", "text")))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(rooms(FEATURES.stream()));

    @ArchTest static final ArchRule setup_knows_no_other_feature = knowsOnly("setup");

    @ArchTest static final ArchRule train_knows_no_other_feature = knowsOnly("train");

    @ArchTest static final ArchRule runs_knows_no_other_feature = knowsOnly("runs");

    @ArchTest static final ArchRule fits_knows_no_other_feature = knowsOnly("fits");

    @ArchTest static final ArchRule sweep_knows_no_other_feature = knowsOnly("sweep");

    @ArchTest static final ArchRule phones_knows_train_alone = knowsOnly("phones", "train");

    @ArchTest static final ArchRule help_knows_no_other_feature = knowsOnly("help");

    /** HTML in a page is text: nothing in the window could run it. */
    @ArchTest
    static final ArchRule the_window_has_no_browser =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("javafx.scene.web..");

    @ArchTest
    static final ArchRule the_window_does_not_know_how_it_was_started =
            noClasses()
                    .that()
                    .resideInAPackage("..app.shell..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("..app.launch..");

    @ArchTest
    static final ArchRule threads_are_made_in_one_place =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..app.task..")
                    .should()
                    .callConstructor(Thread.class, Runnable.class)
                    .orShould()
                    .callConstructor(Thread.class)
                    .orShould()
                    .callConstructor(Thread.class, Runnable.class, String.class);

    @ArchTest
    static final ArchRule the_javafx_queue_is_used_in_one_place =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..app.task..")
                    .should()
                    .callMethod(Platform.class, "runLater", Runnable.class);

    @ArchTest
    static final ArchRule nothing_prints_by_itself =
            noClasses()
                    .should()
                    .accessField(System.class, "out")
                    .orShould()
                    .accessField(System.class, "err");

    @ArchTest
    static final ArchRule view_models_know_no_nodes =
            noClasses()
                    .that()
                    .haveSimpleNameEndingWith("ViewModel")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "javafx.scene.control..", "javafx.scene.layout..", "javafx.stage..");
}
