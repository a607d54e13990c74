package io.pocketllm.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import javafx.application.Platform;

/** Who may use whom. */
@AnalyzeClasses(packages = "io.pocketllm.app", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] FEATURES = {
        "..app.setup..",
        "..app.train..",
        "..app.runs..",
        "..app.fits..",
        "..app.sweep..",
        "..app.phones..",
        "..app.help..",
        "..app.shell..",
        "..app.launch.."
    };

    @ArchTest
    static final ArchRule the_kit_knows_no_feature =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "..app.chart..",
                            "..app.memory..",
                            "..app.table..",
                            "..app.task..",
                            "..app.dialog..",
                            "..app.text..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(FEATURES);

    @ArchTest
    static final ArchRule setup_does_not_know_train =
            noClasses()
                    .that()
                    .resideInAPackage("..app.setup..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "..app.train..",
                            "..app.runs..",
                            "..app.fits..",
                            "..app.sweep..",
                            "..app.phones..",
                            "..app.help..",
                            "..app.shell..",
                            "..app.launch..");

    @ArchTest
    static final ArchRule train_does_not_know_setup =
            noClasses()
                    .that()
                    .resideInAPackage("..app.train..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "..app.setup..",
                            "..app.runs..",
                            "..app.fits..",
                            "..app.sweep..",
                            "..app.phones..",
                            "..app.help..",
                            "..app.shell..",
                            "..app.launch..");

    @ArchTest
    static final ArchRule runs_knows_neither =
            noClasses()
                    .that()
                    .resideInAPackage("..app.runs..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "..app.setup..",
                            "..app.train..",
                            "..app.fits..",
                            "..app.sweep..",
                            "..app.phones..",
                            "..app.help..",
                            "..app.shell..",
                            "..app.launch..");

    @ArchTest
    static final ArchRule fits_knows_no_other_feature =
            noClasses()
                    .that()
                    .resideInAPackage("..app.fits..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "..app.setup..",
                            "..app.train..",
                            "..app.runs..",
                            "..app.sweep..",
                            "..app.phones..",
                            "..app.help..",
                            "..app.shell..",
                            "..app.launch..");

    @ArchTest
    static final ArchRule sweep_knows_no_other_feature =
            noClasses()
                    .that()
                    .resideInAPackage("..app.sweep..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "..app.setup..",
                            "..app.train..",
                            "..app.runs..",
                            "..app.fits..",
                            "..app.phones..",
                            "..app.help..",
                            "..app.shell..",
                            "..app.launch..");

    @ArchTest
    static final ArchRule phones_knows_train_alone =
            noClasses()
                    .that()
                    .resideInAPackage("..app.phones..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "..app.setup..",
                            "..app.runs..",
                            "..app.fits..",
                            "..app.sweep..",
                            "..app.help..",
                            "..app.shell..",
                            "..app.launch..");

    @ArchTest
    static final ArchRule help_knows_no_other_feature =
            noClasses()
                    .that()
                    .resideInAPackage("..app.help..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "..app.setup..",
                            "..app.train..",
                            "..app.runs..",
                            "..app.fits..",
                            "..app.sweep..",
                            "..app.shell..",
                            "..app.launch..");

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
