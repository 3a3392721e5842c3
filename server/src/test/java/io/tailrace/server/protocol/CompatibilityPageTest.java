package io.tailrace.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import io.tailrace.schemas.json.DynamoJson;
import io.tailrace.schemas.json.DynamoJsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * docs/compatibility.md tells of each operation and parameter of the AWS SDK's model whether it works, and what it says is
 * so: every parameter is decoded, and the refused ones are refused by name. To write its part anew:
 * {@code mvn -pl server -am -Dtest=CompatibilityPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dtailrace.docs.write=true test}
 */
final class CompatibilityPageTest {
    private static final Path PAGE = Path.of("..", "docs", "compatibility.md");
    private static final String BEGIN = "<!-- begin: operations, written by CompatibilityPageTest -->\n";
    private static final String END = "<!-- end: operations -->\n";

    @TempDir
    private static Path folder;

    @Test
    void thePageIsUpToDate() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        assertThat(end).as("marks in %s", PAGE).isGreaterThanOrEqualTo(begin);
        if (Boolean.getBoolean("tailrace.docs.write")) {
            page = page.substring(0, begin) + CompatibilityPage.render() + page.substring(end);
            Files.writeString(PAGE, page);
            end = page.indexOf(END);
        }
        assertThat(page.substring(begin, end)).isEqualTo(CompatibilityPage.render());
    }

    /** A parameter that is not decoded is ignored, which is worse than refused: a wrong type in its place tells. */
    @Test
    void noParameterIsIgnored() {
        Set<String> refused = RefusedParameter.LIST.stream()
                .filter(parameter -> parameter.what().isEmpty())
                .map(parameter -> parameter.operation() + "." + parameter.parameter())
                .collect(Collectors.toSet());
        List<String> ignored = new ArrayList<>();
        Set<String> tried = new TreeSet<>();
        Map<String, List<SdkModel.Member>> operations = new HashMap<>(SdkModel.operations(DynamoDbClient.class));
        operations.putAll(SdkModel.operations(DynamoDbStreamsClient.class));
        operations.forEach((operation, members) -> {
            if (CompatibilityPage.works(operation)) {
                for (SdkModel.Member member : members) {
                    if (!refused.contains(operation + "." + member.name())) {
                        tryMember(operation, operation, member, "{\"%s\":%s}", tried, ignored);
                    }
                }
            }
        });
        assertThat(tried)
                .contains(
                        "PutItem.Item",
                        "DescribeStream.ShardFilter.Type",
                        "CreateTable.GlobalSecondaryIndexes.Projection.NonKeyAttributes");
        assertThat(ignored).isEmpty();
    }

    /** @param frame the request with the member's name and its value left open */
    private static void tryMember(
            String operation,
            String path,
            SdkModel.Member member,
            String frame,
            Set<String> tried,
            List<String> ignored) {
        String memberPath = path + "." + member.name();
        tried.add(memberPath);
        if (!refuses(operation, String.format(frame, member.name(), member.wrongExample()))) {
            ignored.add(memberPath);
            return;
        }
        String open = switch (member.container()) {
            case NONE -> "{\"%%s\":%%s}";
            case LIST -> "[{\"%%s\":%%s}]";
            case MAP -> "{\"abc\":{\"%%s\":%%s}}";
        };
        String inner = String.format(frame, member.name(), open);
        for (SdkModel.Member below : member.members()) {
            tryMember(operation, memberPath, below, inner.replace("%%", "%"), tried, ignored);
        }
    }

    private static boolean refuses(String operation, String body) {
        try (JsonParser parser = DynamoJson.newFactory().createParser(body)) {
            CompatibilityPage.operation(operation).request().readRequest(new DecodeContext(parser));
            return false;
        } catch (SerializationException | DynamoJsonException wrongType) {
            return true;
        } catch (IOException broken) {
            throw new AssertionError(body, broken);
        }
    }

    @Test
    void refusedParametersAreRefusedByName() throws IOException {
        try (ApiFixture api = new ApiFixture(folder)) {
            api.call(
                    "CreateTable",
                    "{\"TableName\":\"abc\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":["
                            + "{\"AttributeName\":\"k\",\"AttributeType\":\"S\"}],"
                            + "\"KeySchema\":[{\"AttributeName\":\"k\",\"KeyType\":\"HASH\"}]}");
            for (RefusedParameter refused : RefusedParameter.LIST) {
                String answer = api.call(refused.operation(), refused.request()).text();
                assertThat(answer)
                        .as("%s", refused)
                        .contains("Unsupported parameter: ")
                        .contains(
                                refused.what().contains(" ") || refused.what().isEmpty()
                                        ? refused.parameter()
                                        : refused.what());
            }
        }
    }

    @Test
    void aWrongTypeInAnUnknownMemberGoesUnnoticed() {
        assertThat(refuses("GetItem", "{\"Nope\":[[]]}")).isFalse();
        assertThatThrownBy(() -> refuses("GetItem", "{")).isInstanceOf(AssertionError.class);
    }
}
