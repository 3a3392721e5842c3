package io.tailrace.server;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.concurrent.TimeUnit;

/** The modules depend on one another in one direction, and each outside library is known in one place only. */
@AnalyzeClasses(packages = "io.tailrace", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String SCHEMAS = "io.tailrace.schemas..";
    private static final String ENGINE = "io.tailrace.engine..";
    private static final String JOURNAL = "io.tailrace.engine.journal..";
    private static final String STATE = "io.tailrace.engine.state..";
    private static final String CAPTURE = "io.tailrace.capture..";
    private static final String PROCESSORS = "io.tailrace.processors..";
    private static final String SERVER = "io.tailrace.server..";
    private static final String CLI = "io.tailrace.server.cli..";

    @ArchTest
    static final ArchRule schemasKnowNobody = noClasses()
            .that()
            .resideInAPackage(SCHEMAS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ENGINE, CAPTURE, PROCESSORS, SERVER)
            .because("the vocabulary is what all others speak, on machines without them too");

    @ArchTest
    static final ArchRule engineKnowsSchemasOnly = noClasses()
            .that()
            .resideInAPackage(ENGINE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CAPTURE, PROCESSORS, SERVER)
            .because("tables work while Kafka is away, and are tested without a server");

    @ArchTest
    static final ArchRule captureKnowsTheEngineNotItsUsers = noClasses()
            .that()
            .resideInAPackage(CAPTURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PROCESSORS, SERVER)
            .because("the stream does not know who reads it");

    @ArchTest
    static final ArchRule processorsKnowTopicsOnly = noClasses()
            .that()
            .resideInAPackage(PROCESSORS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ENGINE, CAPTURE, SERVER)
            .because("processors run on other machines: they know topics and the public API");

    @ArchTest
    static final ArchRule engineKnowsNoTransport = noClasses()
            .that()
            .resideInAPackage(ENGINE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "io.netty..", "com.fasterxml..")
            .because("the engine knows no Kafka, no HTTP and no JSON text");

    @ArchTest
    static final ArchRule onlyTheJournalKnowsChronicle = noClasses()
            .that()
            .resideOutsideOfPackage(JOURNAL)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("net.openhft..")
            .because("what appends, syncs and checks bytes on the disk must be one small place");

    @ArchTest
    static final ArchRule onlyTheStateKnowsRocksDb = noClasses()
            .that()
            .resideOutsideOfPackages(STATE, PROCESSORS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.rocksdb..")
            .because("native handles have one owner; processors tune the stores of Kafka Streams with it");

    @ArchTest
    static final ArchRule onlyCaptureProduces = noClasses()
            .that()
            .resideOutsideOfPackages(CAPTURE, PROCESSORS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka.clients.producer..")
            .because("exactly once rests on one idempotent producer for each engine");

    @ArchTest
    static final ArchRule packagesHaveNoCycles = slices().matching("io.tailrace.(**)")
            .should()
            .beFreeOfCycles()
            .because("packages that need each other are one package");

    @ArchTest
    static final ArchRule oneLoggingApi = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.logging..")
            .because("we log through SLF4J, configured in one place");

    @ArchTest
    static final ArchRule nothingSleeps = noClasses()
            .should()
            .callMethodWhere(target(name("sleep"))
                    .and(targetOwner(assignableTo(Thread.class).or(assignableTo(TimeUnit.class)))))
            .because("a loop waits for what it needs, with a deadline: a sleep is a guess");

    @ArchTest
    static final ArchRule onlyTheCommandPrints = noClasses()
            .that()
            .resideOutsideOfPackage(CLI)
            .should(ACCESS_STANDARD_STREAMS)
            .because("standard output belongs to the command line, everything else logs");

    @ArchTest
    static final ArchRule engineLocksNothing = noMethods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage(ENGINE)
            .should()
            .haveModifier(JavaModifier.SYNCHRONIZED)
            .because("one writer thread is the isolation; what is shared is handed over, not locked");
}
