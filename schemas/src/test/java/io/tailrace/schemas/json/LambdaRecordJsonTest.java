package io.tailrace.schemas.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.schemas.RecordArbitraries;
import io.tailrace.schemas.model.EventName;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.StreamRecord;
import io.tailrace.schemas.model.StreamViewType;
import io.tailrace.schemas.model.UserIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Stream records in JSON have the members of a Lambda function's event, and come back as they were. */
class LambdaRecordJsonTest {
    private static final String ARN =
            "arn:aws:dynamodb:eu-west-1:000000000000:table/Orders/stream/2026-05-17T10:05:03.000";

    @Property(tries = 300)
    void recordsComeBack(@ForAll("streamRecords") StreamRecord record) throws IOException {
        assertThat(LambdaRecordJson.decode(LambdaRecordJson.encode(record, ARN)))
                .isEqualTo(record);
    }

    @Test
    void theMembersAreThoseOfAnEvent() {
        StreamRecord record = new StreamRecord(
                "c4ca4238a0b923820dcc509a6f75849b",
                EventName.REMOVE,
                "eu-west-1",
                Instant.parse("2026-05-17T10:05:03Z"),
                Item.builder().set("Id", 101).build(),
                null,
                Item.builder().set("Id", 101).set("Message", "New item!").build(),
                "111000000000000000000",
                26,
                StreamViewType.NEW_AND_OLD_IMAGES,
                UserIdentity.TIME_TO_LIVE);
        assertThat(new String(LambdaRecordJson.encode(record, ARN), StandardCharsets.UTF_8))
                .isEqualTo("{\"eventID\":\"c4ca4238a0b923820dcc509a6f75849b\",\"eventName\":\"REMOVE\","
                        + "\"eventVersion\":\"1.1\",\"eventSource\":\"aws:dynamodb\",\"awsRegion\":\"eu-west-1\","
                        + "\"dynamodb\":{\"ApproximateCreationDateTime\":1779012303,\"Keys\":{\"Id\":{\"N\":\"101\"}},"
                        + "\"OldImage\":{\"Id\":{\"N\":\"101\"},\"Message\":{\"S\":\"New item!\"}},"
                        + "\"SequenceNumber\":\"111000000000000000000\",\"SizeBytes\":26,"
                        + "\"StreamViewType\":\"NEW_AND_OLD_IMAGES\"},"
                        + "\"userIdentity\":{\"type\":\"Service\",\"principalId\":\"dynamodb.amazonaws.com\"},"
                        + "\"eventSourceARN\":\"" + ARN + "\"}");
    }

    @Test
    void otherMembersAreIgnored() throws IOException {
        StreamRecord read = decode("""
                {"eventSourceARN":"x","later":{"a":[1]},"eventName":"INSERT","eventID":"1","awsRegion":"r","userIdentity":null,
                 "dynamodb":{"StreamViewType":"KEYS_ONLY","Further":[],"SizeBytes":3,"SequenceNumber":"1","Keys":{"k":{"S":"v"}},
                  "ApproximateCreationDateTime":1.479499740E9}}
                """);
        assertThat(read.keys()).isEqualTo(Item.builder().set("k", "v").build());
        assertThat(read.approximateCreationTime()).isEqualTo(Instant.ofEpochSecond(1_479_499_740));
        assertThat(read.userIdentity()).isNull();
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> decode("{\"eventID\":\"1\",\"eventName\":\"INSERT\",\"awsRegion\":\"r\"}"))
                .hasMessage("it has no ApproximateCreationDateTime");
        assertThatThrownBy(() -> decode("{} {}")).hasMessage("more than one value");
        assertThatThrownBy(() -> decode("{\"dynamodb\":{\"SizeBytes\":\"7\"}}")).hasMessage("SizeBytes is no number");
    }

    private static StreamRecord decode(String json) throws IOException {
        return LambdaRecordJson.decode(json.getBytes(StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<StreamRecord> streamRecords() {
        return RecordArbitraries.streamRecords();
    }
}
