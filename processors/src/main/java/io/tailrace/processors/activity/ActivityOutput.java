package io.tailrace.processors.activity;

import io.tailrace.schemas.model.Command;
import java.util.List;

/** What aggregation publishes: a change of a result, which the result's own partition adds up, or a finished command. */
sealed interface ActivityOutput {
    List<byte[]> deltas();

    List<Command> commands();

    /** Counts to add to the result that the record's key names. */
    record Delta(Tally tally) implements ActivityOutput {
        @Override
        public List<byte[]> deltas() {
            return List.of(tally.toBytes());
        }

        @Override
        public List<Command> commands() {
            return List.of();
        }
    }

    /** A write of a session's item. */
    record SessionWrite(Command command) implements ActivityOutput {
        @Override
        public List<byte[]> deltas() {
            return List.of();
        }

        @Override
        public List<Command> commands() {
            return List.of(command);
        }
    }
}
