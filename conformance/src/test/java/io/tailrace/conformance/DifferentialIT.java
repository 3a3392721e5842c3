package io.tailrace.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tailrace answers generated scenarios (items, reads, transactions, statements, tables, malformed requests) as DynamoDB Local
 * does, but for the accepted differences. A failure names the seed and shows the shortest scenario that still differs. The
 * seeds are fixed; others, or more of them:
 * {@code mvn -pl conformance/dynamodb-local,conformance -am verify -Dit.test=DifferentialIT
 * -Dfailsafe.failIfNoSpecifiedTests=false -Dtest.jvm.extra="-Dconformance.seed=1000 -Dconformance.cases=5000"}
 */
final class DifferentialIT {
    private static final int CASES = Integer.getInteger("conformance.cases", 300);
    private static final long FIRST_SEED = Long.getLong("conformance.seed", 1);
    private static final int MAX_FINDINGS = 10;
    private static final int MAX_SHRINK_TRIES = 400;

    @TempDir
    private static Path folder;

    @Test
    void generatedScenarios() throws IOException, InterruptedException {
        AcceptedDifferences accepted = new AcceptedDifferences();
        try (DynamoDbLocal local = DynamoDbLocal.start(folder.resolve("dynamodb-local.log"));
                TailraceInProcess tailrace = TailraceInProcess.start(folder.resolve("data"))) {
            Survey survey = new Survey(
                    new Runner(local.endpoint(), tailrace.endpoint(), accepted), MAX_FINDINGS, MAX_SHRINK_TRIES);
            survey.run(FIRST_SEED, CASES);
            assertThat(survey.report())
                    .as("%d calls; accepted differences met: %s", survey.calls(), accepted.met())
                    .isEmpty();
        }
    }
}
