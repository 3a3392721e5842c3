package io.tailrace.server.crash;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Items that went, beside the deletes that may have done it: those of batches, whose answers do not say what they deleted, and
 * those without an answer. Each explains one removal at most.
 */
final class RemovalCheck {
    /** A delete, with the time in which it took effect if it did. */
    private record Candidate(Write write, long from, long to) {}

    private final History history;
    private final Story story;
    private final Problems problems;

    RemovalCheck(History history, Story story, Problems problems) {
        this.history = history;
        this.story = story;
        this.problems = problems;
    }

    void explain(Set<Story.Removal> removals) {
        Map<Slot, List<Candidate>> candidates = candidates();
        Map<Integer, Long> invoked = new HashMap<>();
        history.requests()
                .forEach(request -> request.writes().forEach(write -> invoked.put(write.id(), request.invoked())));
        removals.stream()
                .sorted(Comparator.comparingInt(Story.Removal::version))
                .forEach(removal -> explain(removal, candidates.getOrDefault(removal.slot(), List.of()), invoked));
    }

    /** The one that had to be done first, of those that were not over before the item was there. */
    private void explain(Story.Removal removal, List<Candidate> candidates, Map<Integer, Long> invoked) {
        int deleted = story.versions(removal.slot()).id(removal.version() - 1);
        long notBefore = invoked.getOrDefault(deleted, Long.MIN_VALUE);
        Candidate first = null;
        for (Candidate candidate : candidates) {
            Condition condition = candidate.write().condition();
            boolean allowed = switch (condition.kind()) {
                case NONE, EXISTS -> true;
                case ABSENT -> false;
                case SAME -> condition.id() == deleted;
            };
            if (allowed && candidate.to() > notBefore && (first == null || candidate.to() < first.to())) {
                first = candidate;
            }
        }
        if (first == null) {
            problems.add(
                    "commit %d deletes %s, and nobody asked for that",
                    story.versions(removal.slot()).sequence(removal.version()), removal.slot());
        } else {
            candidates.remove(first);
        }
    }

    private Map<Slot, List<Candidate>> candidates() {
        Map<Slot, List<Candidate>> candidates = new HashMap<>();
        for (Request request : history.requests()) {
            boolean undecided = request.outcome() == Request.Outcome.UNDECIDED;
            boolean acknowledgedBatch =
                    request.kind() == Request.Kind.BATCH && request.outcome() == Request.Outcome.DONE;
            if (request.kind() == Request.Kind.TRANSACTION || !undecided && !acknowledgedBatch) {
                continue;
            }
            long to = Math.min(request.returned(), history.endOf(request.life()));
            request.writes().stream()
                    .filter(Write::isDelete)
                    .forEach(write -> candidates
                            .computeIfAbsent(write.slot(), none -> new ArrayList<>())
                            .add(new Candidate(write, request.invoked(), to)));
        }
        return candidates;
    }
}
