package io.tailrace.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.DynamoNumber;
import io.tailrace.schemas.model.Item;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** A query by pages of any size, forwards or backwards, finds what a naive search of all sort keys finds, in its order. */
class QueryOraclePropertyTest {
    private static final List<String> RANGES =
            List.of("", "= :a", "< :a", "<= :a", "> :a", ">= :a", "BETWEEN :a AND :b");

    @Property(tries = 150)
    void pagesAreTheWholeResult(
            @ForAll("numbers") @Size(max = 25) List<BigDecimal> sortKeys,
            @ForAll("range") String range,
            @ForAll("number") BigDecimal first,
            @ForAll("number") BigDecimal second,
            @ForAll boolean forward,
            @ForAll @IntRange(min = 1, max = 9) int limit) {
        Api api = new Api(new InMemoryEngine("eu-west-1"));
        api.createTable(ItemOperationsKit.MUSIC);
        for (BigDecimal key : sortKeys) {
            api.write(new PutItemOperation(put("a", key)));
            api.write(new PutItemOperation(put("b", key)));
        }
        BigDecimal low = first.min(second);
        BigDecimal high = first.max(second);
        assertThat(pages(api, range, low, high, forward, limit)).isEqualTo(oracle(sortKeys, range, low, high, forward));
    }

    private static List<DynamoNumber> oracle(
            List<BigDecimal> sortKeys, String range, BigDecimal low, BigDecimal high, boolean forward) {
        List<DynamoNumber> found = new ArrayList<>();
        for (BigDecimal key : new TreeSet<>(sortKeys)) {
            boolean matches = switch (range) {
                case "" -> true;
                case "= :a" -> key.compareTo(low) == 0;
                case "< :a" -> key.compareTo(low) < 0;
                case "<= :a" -> key.compareTo(low) <= 0;
                case "> :a" -> key.compareTo(low) > 0;
                case ">= :a" -> key.compareTo(low) >= 0;
                default -> key.compareTo(low) >= 0 && key.compareTo(high) <= 0;
            };
            if (matches) {
                found.add(DynamoNumber.of(key));
            }
        }
        if (!forward) {
            Collections.reverse(found);
        }
        return found;
    }

    private static List<DynamoNumber> pages(
            Api api, String range, BigDecimal low, BigDecimal high, boolean forward, int limit) {
        List<DynamoNumber> found = new ArrayList<>();
        Item start = null;
        do {
            QueryResponse page = api.read(new QueryOperation(query(range, low, high, forward, limit, start)));
            assertThat(page.scannedCount()).isLessThanOrEqualTo(limit);
            page.items().forEach(item -> found.add(((AttributeValue.N) item.get("s")).value()));
            start = page.lastEvaluatedKey();
        } while (start != null);
        return found;
    }

    private static QueryRequest query(
            String range, BigDecimal low, BigDecimal high, boolean forward, int limit, Item start) {
        Map<String, AttributeValue> values = new HashMap<>(Map.of(":p", AttributeValue.string("a")));
        if (range.contains(":a")) {
            values.put(":a", number(low));
        }
        if (range.contains(":b")) {
            values.put(":b", number(high));
        }
        String condition = range.isEmpty() ? "p = :p" : "p = :p AND s " + range;
        return new QueryRequest(
                "Music", null, condition, null, null, null, null, null, null, null, values, null, limit, start, forward,
                null, null, List.of());
    }

    private static PutItemRequest put(String partition, BigDecimal sortKey) {
        Item item = Item.builder().set("p", partition).set("s", number(sortKey)).build();
        return new PutItemRequest("Music", item, null, null, null, null, null, null, null, null, null, List.of());
    }

    private static AttributeValue number(BigDecimal value) {
        return new AttributeValue.N(DynamoNumber.of(value));
    }

    @Provide
    Arbitrary<BigDecimal> number() {
        return Arbitraries.bigDecimals()
                .between(new BigDecimal("-12"), new BigDecimal("12"))
                .ofScale(1);
    }

    @Provide
    Arbitrary<List<BigDecimal>> numbers() {
        return number().list();
    }

    @Provide
    Arbitrary<String> range() {
        return Arbitraries.of(RANGES);
    }
}
