package io.pocketllm.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The engine's rooms are a stack, and each outside library has one door. */
class RoomsTest {

    /** From the lowest up: a room may use only those before it. */
    static final List<String> ROOMS =
            List.of(
                    "tensor",
                    "onnx",
                    "model",
                    "data",
                    "forward",
                    "objective",
                    "zo",
                    "device",
                    "plan",
                    "run",
                    "phone",
                    "cli");

    /** Every class that starts threads of its own, today. */
    private static final Set<String> THREAD_STARTERS =
            Set.of(
                    "io.pocketllm.zo.TilePool",
                    "io.pocketllm.device.LowMemoryKiller",
                    "io.pocketllm.run.PredictionWorker",
                    "io.pocketllm.run.Worker",
                    "io.pocketllm.run.WorkerProcess",
                    "io.pocketllm.phone.IdleWatch",
                    "io.pocketllm.phone.PhoneTracker",
                    "io.pocketllm.phone.PhoneRun");

    private static JavaClasses engine;

    @BeforeAll
    static void readTheEngine() {
        engine =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.pocketllm");
        assertThat(engine.size()).as("classes of the engine").isGreaterThan(40);
    }

    @ParameterizedTest
    @FieldSource("ROOMS")
    void aRoomMayUseOnlyRoomsAboveIt(String room) {
        String[] forbidden =
                ROOMS.subList(ROOMS.indexOf(room) + 1, ROOMS.size()).stream()
                        .map(RoomsTest::inside)
                        .toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage(inside(room))
                .should()
                .dependOnClassesThat(resideInAnyPackage(forbidden))
                .because("a room may use only these: " + ROOMS.subList(0, ROOMS.indexOf(room)))
                .allowEmptyShould(true)
                .check(engine);
    }

    /** But for two packages of its own: one counts a graph's work, one measures this computer. */
    @Test
    void theSimulatedPhoneKnowsNoOtherRoom() {
        String[] others =
                ROOMS.stream()
                        .filter(room -> !room.equals("device"))
                        .map(RoomsTest::inside)
                        .toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage("io.pocketllm.device")
                .should()
                .dependOnClassesThat(resideInAnyPackage(others))
                .check(engine);
    }

    @Test
    void everyClassLivesInAListedRoom() {
        classes()
                .should()
                .resideInAnyPackage(ROOMS.stream().map(RoomsTest::inside).toArray(String[]::new))
                .check(engine);
    }

    @Test
    void theEngineWorksWithoutAWindow() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx..", "java.awt..", "javax.swing..", "org.jfree..")
                .check(engine);
    }

    @Test
    void onlyTheCommandLinePrints() {
        noClasses()
                .that()
                .resideOutsideOfPackage(inside("cli"))
                .should(ACCESS_STANDARD_STREAMS)
                .check(engine);
    }

    @Test
    void onlyForwardTalksToOnnxRuntime() {
        onlyRoomThatUses("forward", "ai.onnxruntime..");
    }

    @Test
    void onlyDataTalksToTheTokenizerLibrary() {
        onlyRoomThatUses("data", "ai.djl..");
    }

    @Test
    void threadsAreStartedOnlyWhereTheyAreToday() {
        noClasses()
                .that(describe("are not listed", c -> !THREAD_STARTERS.contains(topLevel(c))))
                .should()
                .callCodeUnitWhere(startsAThread())
                .orShould()
                .beAssignableTo(Thread.class)
                .check(engine);
    }

    @ParameterizedTest
    @FieldSource("THREAD_STARTERS")
    void theListOfThreadStartersNamesNoneThatStartsNone(String name) {
        Stream<JavaClass> inside = engine.stream().filter(c -> topLevel(c).equals(name));

        assertThat(inside.flatMap(c -> c.getCodeUnitCallsFromSelf().stream()))
                .as("calls from %s", name)
                .anyMatch(startsAThread());
    }

    private static void onlyRoomThatUses(String room, String library) {
        noClasses()
                .that()
                .resideOutsideOfPackage(inside(room))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(engine);
        assertThat(engine.stream().filter(resideInAnyPackage(inside(room))))
                .as("the rule looks for what is really there: %s in %s", library, room)
                .anyMatch(
                        c ->
                                c.getDirectDependenciesFromSelf().stream()
                                        .anyMatch(
                                                d ->
                                                        resideInAnyPackage(library)
                                                                .test(d.getTargetClass())));
    }

    /** Threads of one's own, and pools of them. */
    private static DescribedPredicate<JavaCall<?>> startsAThread() {
        return describe(
                "start a thread",
                call -> {
                    CodeUnitCallTarget target = call.getTarget();
                    JavaClass owner = target.getOwner();
                    String method = target.getName();
                    boolean creates = method.equals("<init>") || method.startsWith("new");
                    return owner.isEquivalentTo(Thread.class)
                                    && (creates
                                            || List.of(
                                                            "ofPlatform",
                                                            "ofVirtual",
                                                            "startVirtualThread")
                                                    .contains(method))
                            || owner.isEquivalentTo(Executors.class)
                            || creates
                                    && owner.isAssignableTo(ExecutorService.class)
                                    && (owner.isAssignableTo(ThreadPoolExecutor.class)
                                            || owner.isAssignableTo(ForkJoinPool.class))
                            || creates && owner.isAssignableTo(java.util.Timer.class);
                });
    }

    private static String topLevel(JavaClass type) {
        return type.getName().replaceFirst("\\$.*", "");
    }

    private static String inside(String room) {
        return "io.pocketllm." + room + "..";
    }
}
