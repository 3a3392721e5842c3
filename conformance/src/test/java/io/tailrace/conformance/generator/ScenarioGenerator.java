package io.tailrace.conformance.generator;

import io.tailrace.conformance.Call;
import io.tailrace.conformance.Json;
import io.tailrace.conformance.Scenario;
import java.util.ArrayList;
import java.util.List;

/** Makes a scenario from a seed: the same one each time. */
public final class ScenarioGenerator {
    private static final int MIN_CALLS = 12;
    private static final int MAX_CALLS = 40;
    private static final int MUTATION_ONE_IN = 14;
    private static final int FIRST_WRITES = 6;

    /** What a scenario is mostly about; the seeds take turns. */
    private enum Subject {
        ITEMS,
        READS,
        TRANSACTIONS,
        STATEMENTS,
        TABLES,
        MALFORMED
    }

    private ScenarioGenerator() {}

    public static Scenario scenario(long seed) {
        Choice choice = new Choice(seed);
        Subject subject = Subject.values()[Math.floorMod(seed, Subject.values().length)];
        Mutations mutations = new Mutations(choice);
        Malformations malformations = new Malformations(choice);
        List<Call> calls = new ArrayList<>();
        List<Shape> shapes = shapes(choice, mutations, calls);
        RequestSource items = new ItemRequests(choice, shapes);
        RequestSource reads = new ReadRequests(choice, shapes);
        RequestSource own = switch (subject) {
            case ITEMS -> items;
            case READS -> reads;
            case TRANSACTIONS -> new TransactRequests(choice, shapes);
            case STATEMENTS -> new StatementRequests(choice, shapes);
            case MALFORMED ->
                choice.of(items, reads, new TransactRequests(choice, shapes), new TableRequests(choice, shapes));
            case TABLES -> new TableRequests(choice, shapes);
        };
        for (int i = choice.between(MIN_CALLS, MAX_CALLS); i > 0; i--) {
            boolean first = calls.size() < FIRST_WRITES;
            Call call = first
                    ? items.next()
                    : choice.of(own, own, own, items, reads).next();
            if (choice.oneIn(MUTATION_ONE_IN)) {
                mutations.apply(call.body());
            }
            if (subject == Subject.MALFORMED && !first && choice.oneIn(2)) {
                malformations.apply(call.body());
            }
            calls.add(call);
            if (choice.oneIn(20)) {
                calls.add(new Call(
                        "DescribeTable",
                        Json.object("TableName", choice.of(shapes).name())));
            }
        }
        for (Shape shape : shapes) {
            calls.add(ReadRequests.wholeTable(shape));
        }
        return new Scenario(seed, calls);
    }

    /** The scenario's tables; adds what creates them. */
    private static List<Shape> shapes(Choice choice, Mutations mutations, List<Call> calls) {
        Tables tables = new Tables(choice);
        List<Shape> shapes = new ArrayList<>();
        for (char letter = 'A'; letter < 'A' + choice.between(1, 2); letter++) {
            Shape shape = tables.shape(letter);
            if (choice.oneIn(4)) {
                Call wrong = new Call("CreateTable", tables.create(shape));
                mutations.apply(wrong.body());
                calls.add(wrong);
            }
            calls.add(new Call("CreateTable", tables.create(shape)));
            shapes.add(shape);
        }
        return shapes;
    }
}
