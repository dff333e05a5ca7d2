package org.adapterbench.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Random;
import java.util.Timer;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** The arrows between modules, and a few house rules, checked on the compiled classes. */
@AnalyzeClasses(packages = "org.adapterbench", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    private static final DescribedPredicate<JavaClass> ENGINE_AND_ABOVE = resideInAnyPackage(
                    "org.adapterbench.core..",
                    "org.adapterbench.reports..",
                    "org.adapterbench.cli..",
                    "org.adapterbench.datasets..")
            .as("engine, reports, data sets or command line");

    @ArchTest
    static final ArchRule methodsKnowOnlyTheApi = noClasses()
            .that(resideInAPackage("org.adapterbench.methods.."))
            .should()
            .dependOnClassesThat(ENGINE_AND_ABOVE);

    @ArchTest
    static void methodsDontKnowEachOther(JavaClasses classes) {
        assertThat(Packages.arrows(classes, "org.adapterbench.methods"))
                .hasSizeGreaterThan(1)
                .allSatisfy((method, known) -> assertThat(known).as(method).isEmpty());
    }

    @ArchTest
    static final ArchRule nothingNamesAMethodClass = noClasses()
            .that()
            .resideOutsideOfPackage("org.adapterbench.methods..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.adapterbench.methods.."));

    @ArchTest
    static final ArchRule theApiStandsAlone = noClasses()
            .that(resideInAPackage("org.adapterbench.api.."))
            .should()
            .dependOnClassesThat(ENGINE_AND_ABOVE);

    @ArchTest
    static final ArchRule dataSetsKnowOnlyTheApi = noClasses()
            .that(resideInAPackage("org.adapterbench.datasets.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "org.adapterbench.core..", "org.adapterbench.reports..", "org.adapterbench.cli.."));

    @ArchTest
    static final ArchRule reportsKnowOnlyTheApi = noClasses()
            .that(resideInAPackage("org.adapterbench.reports.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "org.adapterbench.core..", "org.adapterbench.datasets..", "org.adapterbench.cli.."));

    @ArchTest
    static final ArchRule theEngineKnowsNoReport = noClasses()
            .that(resideInAPackage("org.adapterbench.core.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.adapterbench.reports..", "org.adapterbench.cli.."));

    /** Fetching a file is all that the engine has of theirs; tasks come to it as installed plugins. */
    @ArchTest
    static final ArchRule engineAndDownloadsKnowNoDataSet = noClasses()
            .that(resideInAnyPackage("org.adapterbench.core..", "org.adapterbench.datasets.download.."))
            .should()
            .dependOnClassesThat(resideInAPackage("org.adapterbench.datasets..")
                    .and(DescribedPredicate.not(resideInAPackage("org.adapterbench.datasets.download.."))));

    @ArchTest
    static void noCycleRunsThroughTheEnginesPackages(JavaClasses classes) {
        var arrows = Packages.arrows(classes, "org.adapterbench.core");
        assertThat(arrows.get("train")).as("arrows are seen").contains("encoder");
        assertThat(Packages.circling(arrows)).isEmpty();
    }

    @ArchTest
    static final ArchRule jsonKnowsNothingOfTheEngine = alone("json");

    @ArchTest
    static final ArchRule pluginsAreFoundWithoutTheEngine = alone("plugin");

    @ArchTest
    static final ArchRule selectionsAreMadeWithoutTheEngine = alone("data");

    @ArchTest
    static final ArchRule experimentFilesAreReadWithoutDataWeightsAndGraph =
            independent("config", "data", "weights", "tokenize", "encoder", "train", "grid", "run", "launch", "store");

    @ArchTest
    static final ArchRule weightsKnowNeitherGraphNorTraining =
            independent("weights", "encoder", "train", "grid", "run");

    @ArchTest
    static final ArchRule tokenizersKnowNeitherSelectionsNorGraphNorTraining =
            independent("tokenize", "data", "encoder", "train", "grid", "run");

    @ArchTest
    static final ArchRule theEncoderDoesntKnowTraining = independent("encoder", "train", "grid", "run", "launch");

    @ArchTest
    static final ArchRule trainingKnowsNoRunAndNoFile = independent("train", "data", "grid", "run", "launch", "store");

    @ArchTest
    static final ArchRule theGridKnowsNeitherExecutionNorStorage = independent("grid", "run", "launch", "store");

    @ArchTest
    static final ArchRule aRunKnowsNeitherItsPlanNorItsLauncherNorComparisons =
            independent("run", "grid", "launch", "compare");

    @ArchTest
    static final ArchRule launchersKnowNeitherDataNorWeightsNorGraphNorComparisons =
            independent("launch", "data", "weights", "tokenize", "encoder", "train", "compare");

    @ArchTest
    static final ArchRule provenanceKnowsNeitherExecutionNorStorage =
            independent("provenance", "run", "launch", "store");

    @ArchTest
    static final ArchRule comparisonsKnowNeitherPlansNorExecution = independent("compare", "grid", "run", "launch");

    @ArchTest
    static final ArchRule theStoreDoesntKnowExecution = independent("store", "run", "launch");

    private static ArchRule alone(String name) {
        DescribedPredicate<JavaClass> own = resideInAPackage("org.adapterbench.core." + name + "..");
        return noClasses()
                .that(own)
                .should()
                .dependOnClassesThat(resideInAPackage("org.adapterbench.core..").and(DescribedPredicate.not(own)));
    }

    private static ArchRule independent(String name, String... of) {
        String[] packages = Arrays.stream(of)
                .map(other -> "org.adapterbench.core." + other + "..")
                .toArray(String[]::new);
        return noClasses()
                .that(resideInAPackage("org.adapterbench.core." + name + ".."))
                .should()
                .dependOnClassesThat(resideInAnyPackage(packages));
    }

    @ArchTest
    static final ArchRule nothingDependsOnTheCommandLine = classes()
            .that(resideInAPackage("org.adapterbench.cli.."))
            .should()
            .onlyHaveDependentClassesThat(resideInAPackage("org.adapterbench.cli.."));

    @ArchTest
    static final ArchRule nothingDependsOnTheBenchmarks = classes()
            .that(resideInAPackage("org.adapterbench.benchmarks.."))
            .should()
            .onlyHaveDependentClassesThat(resideInAPackage("org.adapterbench.benchmarks.."));

    @ArchTest
    static void theBenchmarksAreLookedAt(JavaClasses classes) {
        assertThat(classes.contain("org.adapterbench.benchmarks.Bench")).isTrue();
    }

    @ArchTest
    static final ArchRule onlyMainMethodsEndTheProcess = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(Main.class.getName())
            .and()
            .doNotHaveFullyQualifiedName("org.adapterbench.benchmarks.Bench")
            .should()
            .callMethod(System.class, "exit", int.class);

    /** A worker whose run hangs after its parent's death has no other way. */
    @ArchTest
    static final ArchRule onlyAWorkerHaltsItself = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("org.adapterbench.core.launch.HardEnd")
            .should()
            .callMethod(Runtime.class, "halt", int.class)
            .orShould()
            .callMethod(Runtime.class, "exit", int.class);

    /** The wall clock may jump: it dates records, and nothing waits or is measured by it. */
    @ArchTest
    static final ArchRule theWallClockOnlyDatesRecords = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("org.adapterbench.core.launch.WorkerRun")
            .and()
            .doNotHaveFullyQualifiedName("org.adapterbench.core.launch.Conversation")
            .and()
            .doNotHaveFullyQualifiedName("org.adapterbench.benchmarks.Machine")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callConstructor(Date.class)
            .orShould()
            .callMethod(LockSupport.class, "parkUntil", long.class)
            .orShould()
            .dependOnClassesThat(assignableTo(Timer.class));

    @ArchTest
    static final ArchRule randomNumbersHaveASeed = noClasses()
            .should()
            .callConstructor(Random.class)
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(ThreadLocalRandom.class, "current")
            .orShould()
            .callMethod(RandomGenerator.class, "getDefault");

    @ArchTest
    static final ArchRule numbersDontFollowTheLocale = noClasses()
            .should()
            .callMethod(String.class, "format", String.class, Object[].class)
            .orShould()
            .callMethod(String.class, "formatted", Object[].class)
            .orShould()
            .callMethod(PrintStream.class, "printf", String.class, Object[].class)
            .orShould()
            .callMethod(PrintWriter.class, "printf", String.class, Object[].class);
}
