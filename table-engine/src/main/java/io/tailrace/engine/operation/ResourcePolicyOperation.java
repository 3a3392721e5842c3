package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.error.FeatureErrorMessages;
import io.tailrace.engine.error.TableErrorMessages;
import io.tailrace.engine.read.ReadContext;
import io.tailrace.engine.read.ReadOperation;
import io.tailrace.schemas.model.TableDefinition;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * GetResourcePolicy and DeleteResourcePolicy of tables and streams, which have no policies here: to read one fails, to
 * delete none succeeds unless a certain one is meant. (API Reference, GetResourcePolicy, DeleteResourcePolicy.)
 */
public final class ResourcePolicyOperation implements ReadOperation<Void> {
    private static final int MAX_ARN_LENGTH = 1283;
    private static final int MAX_REVISION_LENGTH = 255;
    private static final Pattern RESOURCE = Pattern.compile(
            "arn:aws:dynamodb:([a-z0-9-]+):[0-9]{12}:table/([a-zA-Z0-9_.-]+)(?:/(index|stream)/([^/]+))?");
    private static final Pattern OTHER_RESOURCE = Pattern.compile("arn:aws:dynamodb:([a-z0-9-]+):[0-9]{12}:.*");

    private final String resourceArn;
    /** Whether it is an error that there is none. */
    private final boolean policyExpected;

    private ResourcePolicyOperation(String resourceArn, boolean policyExpected) {
        this.resourceArn = resourceArn;
        this.policyExpected = policyExpected;
    }

    /** @throws DynamoException when the request is wrong whatever tables there are */
    public static ResourcePolicyOperation get(String resourceArn) {
        constraints(resourceArn).verify();
        return new ResourcePolicyOperation(resourceArn, true);
    }

    /** @throws DynamoException when the request is wrong whatever tables there are */
    public static ResourcePolicyOperation delete(String resourceArn, String expectedRevisionId) {
        constraints(resourceArn)
                .lengthAtLeast("expectedRevisionId", expectedRevisionId, 1)
                .lengthAtMost("expectedRevisionId", expectedRevisionId, MAX_REVISION_LENGTH)
                .verify();
        return new ResourcePolicyOperation(resourceArn, expectedRevisionId != null);
    }

    private static Constraints constraints(String resourceArn) {
        return new Constraints()
                .required("resourceArn", resourceArn)
                .lengthAtLeast("resourceArn", resourceArn, 1)
                .lengthAtMost("resourceArn", resourceArn, MAX_ARN_LENGTH);
    }

    @Override
    public Void execute(ReadContext context) {
        Matcher resource = RESOURCE.matcher(resourceArn);
        if (!resource.matches() || !resource.group(1).equals(context.region())) {
            throw DynamoException.validation(misfit(context.region()));
        }
        if ("index".equals(resource.group(3))) {
            throw DynamoException.validation(FeatureErrorMessages.policyOfIndex(resourceArn));
        }
        String name = resource.group(2);
        TableDefinition table = context.table(name)
                .orElseThrow(() ->
                        new DynamoException(ErrorType.RESOURCE_NOT_FOUND, TableErrorMessages.tableNotFound(name)));
        String label = resource.group(4);
        if (label != null && (table.stream() == null || !table.stream().label().equals(label))) {
            throw new DynamoException(ErrorType.RESOURCE_NOT_FOUND, FeatureErrorMessages.streamNotFound(label, name));
        }
        if (policyExpected) {
            throw new DynamoException(ErrorType.POLICY_NOT_FOUND, FeatureErrorMessages.policyNotFound(resourceArn));
        }
        return null;
    }

    /** What is wrong with an ARN that is none of a table or a stream of this region. */
    private String misfit(String region) {
        if (!resourceArn.startsWith("arn:")) {
            return FeatureErrorMessages.noArn(resourceArn);
        }
        Matcher other = OTHER_RESOURCE.matcher(resourceArn);
        return other.matches() && other.group(1).equals(region)
                ? FeatureErrorMessages.policyOfSomethingElse(resourceArn)
                : FeatureErrorMessages.arnOfElsewhere(resourceArn);
    }
}
