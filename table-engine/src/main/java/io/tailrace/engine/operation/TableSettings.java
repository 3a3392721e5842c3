package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorMessages;
import io.tailrace.engine.error.TableErrorMessages;
import io.tailrace.engine.limits.Limits;
import io.tailrace.schemas.model.ProvisionedThroughput;
import io.tailrace.schemas.stream.StreamTag;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks of table settings that CreateTable, UpdateTable and TagResource have in common. */
final class TableSettings {
    private static final String ON_DEMAND = "PAY_PER_REQUEST";
    private static final String RESERVED_TAG_PREFIX = "aws:";
    /** (Developer Guide, "Tagging restrictions": letters, white space, numbers and these characters.) */
    private static final Pattern TAG_TEXT = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+@-]*");

    private TableSettings() {}

    static boolean isOnDemand(String billingMode) {
        return ON_DEMAND.equals(billingMode);
    }

    /** The model's constraints on a throughput. */
    static void checkConstraints(Constraints constraints, String path, Throughput throughput) {
        if (throughput == null) {
            return;
        }
        String write = path + ".writeCapacityUnits";
        String read = path + ".readCapacityUnits";
        constraints
                .required(write, throughput.writeCapacityUnits())
                .atLeast(write, throughput.writeCapacityUnits(), 1)
                .required(read, throughput.readCapacityUnits())
                .atLeast(read, throughput.readCapacityUnits(), 1);
    }

    /** The model's constraints on a stream specification. */
    static void checkConstraints(Constraints constraints, StreamSpecification stream) {
        if (stream != null) {
            constraints
                    .required("streamSpecification.streamEnabled", stream.streamEnabled())
                    .oneOf("streamSpecification.streamViewType", stream.streamViewType(), Choices.STREAM_VIEW_TYPE);
        }
    }

    static void checkBounds(Throughput throughput) {
        checkBound("ReadCapacityUnits", throughput.readCapacityUnits());
        checkBound("WriteCapacityUnits", throughput.writeCapacityUnits());
    }

    private static void checkBound(String member, long units) {
        if (units > Limits.MAX_CAPACITY_UNITS) {
            throw DynamoException.validation(TableErrorMessages.capacityOutOfBounds(member, units));
        }
    }

    static void checkStream(StreamSpecification stream) {
        if (stream == null) {
            return;
        }
        if (stream.streamEnabled() && stream.streamViewType() == null) {
            throw DynamoException.validation(TableErrorMessages.streamViewTypeMissing());
        }
        if (!stream.streamEnabled() && stream.streamViewType() != null) {
            throw DynamoException.validation(TableErrorMessages.streamViewTypeSurplus());
        }
    }

    /** Tags that are given together; the resource may have others. (API Reference, Tag.) */
    static void checkTags(List<Tag> tags) {
        Set<String> keys = new HashSet<>();
        for (Tag tag : tags) {
            checkTagKey(tag.key());
            if (tag.value() == null
                    || tag.value().length() > Limits.MAX_TAG_VALUE_LENGTH
                    || !TAG_TEXT.matcher(tag.value()).matches()) {
                throw DynamoException.validation(TableErrorMessages.invalidTagValue(tag.value()));
            }
            if (!keys.add(tag.key())) {
                throw DynamoException.validation(TableErrorMessages.duplicateTagKey(tag.key()));
            }
            checkOwnTag(tag);
        }
        checkTagCount(keys.size());
    }

    /** A tag that means something here must be one that is known, with a value that is. */
    private static void checkOwnTag(Tag tag) {
        if (!tag.key().startsWith(StreamTag.PREFIX)) {
            return;
        }
        StreamTag known = StreamTag.byKey(tag.key())
                .orElseThrow(() -> DynamoException.validation(TableErrorMessages.unknownOwnTag(
                        tag.key(),
                        Arrays.stream(StreamTag.values()).map(StreamTag::key).toList())));
        if (!known.allows(tag.value())) {
            throw DynamoException.validation(TableErrorMessages.ownTagValue(tag.key(), tag.value(), known.allowed()));
        }
    }

    static void checkTagKey(String key) {
        if (key == null
                || key.isEmpty()
                || key.length() > Limits.MAX_TAG_KEY_LENGTH
                || !TAG_TEXT.matcher(key).matches()) {
            throw DynamoException.validation(TableErrorMessages.invalidTagKey(key));
        }
        if (key.startsWith(RESERVED_TAG_PREFIX)) {
            throw DynamoException.validation(TableErrorMessages.reservedTagKey(key));
        }
    }

    static void checkTagCount(int tags) {
        if (tags > Limits.MAX_TAGS) {
            throw DynamoException.validation(TableErrorMessages.tooManyTags());
        }
    }

    /** Only encryption with the service's own key, which is the default, is served. */
    static void refuseOwnKey(SseSpecification sse) {
        refuse(
                "SSESpecification with a key of your own",
                sse != null
                        && (Boolean.TRUE.equals(sse.enabled())
                                || sse.sseType() != null
                                || sse.kmsMasterKeyId() != null));
    }

    /** Members that are understood but that this table engine has no place for are refused, never ignored. */
    static void refuse(String parameter, boolean given) {
        if (given) {
            throw DynamoException.validation(ErrorMessages.parameterNotSupported(parameter));
        }
    }

    static ProvisionedThroughput throughput(Throughput throughput) {
        return throughput == null
                ? null
                : new ProvisionedThroughput(throughput.readCapacityUnits(), throughput.writeCapacityUnits());
    }
}
