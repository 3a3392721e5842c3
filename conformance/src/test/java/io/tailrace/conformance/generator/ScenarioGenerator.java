package io.tailrace.conformance.generator;

import io.tailrace.conformance.Call;
import io.tailrace.conformance.Scenario;
import java.util.ArrayList;
import java.util.List;

/** Makes a scenario from a seed: the same one each time. */
public final class ScenarioGenerator {
    private static final int MIN_CALLS = 12;
    private static final int MAX_CALLS = 40;
    private static final int MUTATION_ONE_IN = 14;

    private ScenarioGenerator() {}

    public static Scenario scenario(long seed) {
        Choice choice = new Choice(seed);
        Tables tables = new Tables(choice);
        Mutations mutations = new Mutations(choice);
        List<Shape> shapes = new ArrayList<>();
        List<Call> calls = new ArrayList<>();
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
        Requests requests = new Requests(choice, shapes);
        for (int i = choice.between(MIN_CALLS, MAX_CALLS); i > 0; i--) {
            Call call = requests.next();
            if (choice.oneIn(MUTATION_ONE_IN)) {
                mutations.apply(call.body());
            }
            calls.add(call);
        }
        for (Shape shape : shapes) {
            calls.add(requests.wholeTable(shape));
        }
        return new Scenario(seed, calls);
    }
}
