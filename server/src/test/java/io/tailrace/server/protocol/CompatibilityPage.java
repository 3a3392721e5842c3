package io.tailrace.server.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** The part of docs/compatibility.md that says of each operation and each of its parameters whether it works. */
final class CompatibilityPage {

    private CompatibilityPage() {}

    static String render() {
        List<String> lines = new ArrayList<>();
        lines.add("## Operations and parameters");
        lines.add("");
        lines.add(
                "All operations of the API 2012-08-10 and their parameters, from the service model of the AWS SDK for Java. "
                        + "Refused parameters get a ValidationException, refused operations an UnknownOperationException; both name "
                        + "what they refuse. Operations that find nothing are on what Tailrace does not have: they check their "
                        + "request and answer truthfully (an empty list, disabled, not found), because tools call them in "
                        + "passing. Parameters within parameters work unless they are listed.");
        section(SdkModel.operations(DynamoDbClient.class), lines);
        lines.add("");
        lines.add("## DynamoDB Streams");
        lines.add("");
        lines.add("On the same port; see [streams](streams.md).");
        section(SdkModel.operations(DynamoDbStreamsClient.class), lines);
        return String.join("\n", lines) + "\n";
    }

    private static void section(Map<String, List<SdkModel.Member>> model, List<String> lines) {
        Map<String, List<SdkModel.Member>> operations = new TreeMap<>(model);
        lines.add("");
        lines.add("| operation | state |");
        lines.add("| --- | --- |");
        operations.keySet().forEach(operation -> lines.add("| " + operation + " | " + state(operation) + " |"));
        operations.forEach((operation, members) -> {
            if (works(operation)) {
                lines.add("");
                lines.add("### " + operation);
                lines.add("");
                lines.add("| parameter | state |");
                lines.add("| --- | --- |");
                members.forEach(member -> lines.add("| " + member.name() + " | " + state(operation, member) + " |"));
            }
        });
    }

    static boolean works(String operation) {
        return operation(operation) != null;
    }

    /** Of either API, whose names have none in common; null when it is not there. */
    static ApiOperation<?, ?> operation(String name) {
        ApiOperation<?, ?> operation = ApiOperations.byName(name);
        return operation == null ? StreamOperations.byName(name) : operation;
    }

    private static String state(String operation) {
        if (!works(operation)) {
            return "refused";
        }
        if (ApiOperations.findsNothing(operation)) {
            return "finds nothing";
        }
        return RefusedParameter.LIST.stream()
                        .anyMatch(refused -> refused.operation().equals(operation))
                ? "partly"
                : "works";
    }

    private static String state(String operation, SdkModel.Member member) {
        List<String> refusals = RefusedParameter.LIST.stream()
                .filter(refused -> refused.operation().equals(operation)
                        && refused.parameter().equals(member.name()))
                .map(RefusedParameter::what)
                .toList();
        if (refusals.isEmpty()) {
            return "works";
        }
        return refusals.contains("") ? "refused" : "works, but not " + String.join(", ", refusals);
    }
}
