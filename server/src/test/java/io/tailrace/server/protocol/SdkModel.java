package io.tailrace.server.protocol;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The service model that the AWS SDK for Java was generated from, as far as its classes tell. */
final class SdkModel {
    /**
     * A member of a structure.
     *
     * @param wrongExample a JSON text that is no value of the member's type
     * @param members of the structure, or of the elements of a list or map of structures; empty for all others
     */
    record Member(String name, String wrongExample, Container container, List<Member> members) {}

    /** What stands between a member and its own members. */
    enum Container {
        NONE,
        LIST,
        MAP
    }

    private SdkModel() {}

    /** The operations of a client with the members of their requests, in the order of their names. */
    static Map<String, List<Member>> operations(Class<?> client) {
        Map<String, List<Member>> operations = new HashMap<>();
        for (Method method : client.getMethods()) {
            boolean takesRequest =
                    method.getParameterCount() == 1 && AwsRequest.class.isAssignableFrom(method.getParameterTypes()[0]);
            if (takesRequest && !method.getName().endsWith("Paginator")) {
                String name = method.getName();
                operations.put(
                        name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1),
                        members(builder(method.getParameterTypes()[0]), Set.of()));
            }
        }
        return operations;
    }

    private static SdkPojo builder(Class<?> request) {
        try {
            return (SdkPojo) request.getMethod("builder").invoke(null);
        } catch (ReflectiveOperationException changed) {
            throw new LinkageError(request + " is not as the SDK's requests were", changed);
        }
    }

    private static List<Member> members(SdkPojo structure, Set<Class<?>> parents) {
        if (parents.contains(structure.getClass()) || isAttributeValue(structure)) {
            return List.of();
        }
        Set<Class<?>> known = new HashSet<>(parents);
        known.add(structure.getClass());
        List<Member> members = new ArrayList<>();
        for (SdkField<?> field : structure.sdkFields()) {
            members.add(member(field, known));
        }
        members.sort(Comparator.comparing(Member::name));
        return members;
    }

    private static boolean isAttributeValue(SdkPojo structure) {
        return structure.getClass().getName().startsWith(AttributeValue.class.getName());
    }

    private static Member member(SdkField<?> field, Set<Class<?>> parents) {
        SdkField<?> element = field;
        Container container = Container.NONE;
        if (field.marshallingType() == MarshallingType.LIST) {
            element = field.getTrait(ListTrait.class).memberFieldInfo();
            container = Container.LIST;
        } else if (field.marshallingType() == MarshallingType.MAP) {
            element = field.getTrait(MapTrait.class).valueFieldInfo();
            container = Container.MAP;
        }
        boolean structure = element.marshallingType() == MarshallingType.SDK_POJO;
        boolean scalar = container == Container.NONE && !structure;
        return new Member(
                field.locationName(),
                scalar ? "[[]]" : "1",
                container,
                structure ? members(element.constructor().get(), parents) : List.of());
    }
}
