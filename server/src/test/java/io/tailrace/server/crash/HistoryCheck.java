package io.tailrace.server.crash;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What clients were told, beside the journal's order: every acknowledged write is in it, none that was refused is, everything
 * that an answer showed was so at a moment between its request and the answer, and nothing goes back in time. Since the
 * journal gives the order, this is linearizability with a witness, for histories of any length.
 */
final class HistoryCheck {
    /** Something that happened at one slot between two moments: a version was made, or one was seen. */
    private static final class Event {
        private final Request request;
        private final long from;
        private final long to;
        private final Seen seen;
        private int version;

        /** @param version -1 while it is not known: of what was seen */
        Event(Request request, long to, Seen seen, int version) {
            this.request = request;
            this.from = request.invoked();
            this.to = to;
            this.seen = seen;
            this.version = version;
        }
    }

    private final History history;
    private final Story story;
    private final Problems problems;
    private final Map<Slot, List<Event>> events = new HashMap<>();
    /** When the write that made a version was invoked, as far as that is known. */
    private final Map<Slot, Map<Integer, Long>> invocations = new HashMap<>();

    HistoryCheck(History history, Story story, Problems problems) {
        this.history = history;
        this.story = story;
        this.problems = problems;
    }

    void check() {
        Set<Story.Removal> unexplained = new HashSet<>(story.removals());
        for (Request request : history.requests()) {
            addWrites(request, unexplained);
            boolean showsOther = request.kind() == Request.Kind.READ
                    || request.kind() == Request.Kind.SNAPSHOT
                    || request.outcome() == Request.Outcome.REFUSED;
            if (showsOther) {
                request.seen().forEach(seen -> add(request, request.returned(), seen, -1));
            }
        }
        new RemovalCheck(history, story, problems).explain(unexplained);
        events.forEach(this::checkSlot);
        checkOrderAcrossSlots();
        history.requests().stream()
                .filter(request -> request.kind() == Request.Kind.SNAPSHOT)
                .forEach(this::checkSnapshot);
    }

    /** Until when it took effect, if it did. */
    private long bound(Request request) {
        return Math.min(request.returned(), history.endOf(request.life()));
    }

    private void addWrites(Request request, Set<Story.Removal> unexplained) {
        boolean done = request.outcome() == Request.Outcome.DONE;
        for (Write write : request.writes()) {
            Integer version = write.isCheck() ? null : story.versionOf(write.id());
            if (version != null) {
                add(request, bound(request), null, version, write.slot());
            } else if (done && write.isNamed()) {
                problems.add("LOST: %s of %s", write, request);
            } else if (done && write.isDelete() && request.kind() == Request.Kind.SINGLE) {
                addDelete(request, write, unexplained);
            } else if (done && write.isDelete() && request.kind() == Request.Kind.BATCH) {
                add(request, request.returned(), new Seen(write.slot(), 0, 0), -1);
            }
            if (version != null && done && request.kind() == Request.Kind.SINGLE) {
                checkPredecessor(request, write, version);
            }
        }
    }

    private void checkPredecessor(Request request, Write write, int version) {
        if (!request.seen().isEmpty()
                && story.versions(write.slot()).id(version - 1)
                        != request.seen().get(0).id()) {
            problems.add(
                    "%s was told of another item before it than the journal has: %d",
                    request, story.versions(write.slot()).id(version - 1));
        }
    }

    private void addDelete(Request request, Write write, Set<Story.Removal> unexplained) {
        Seen before = request.seen().get(0);
        if (before.id() == 0) {
            add(request, request.returned(), before, -1);
            return;
        }
        Integer deleted = story.versionOf(before.id());
        Story.Removal removal = deleted == null ? null : new Story.Removal(write.slot(), deleted + 1);
        if (removal == null || !unexplained.remove(removal)) {
            problems.add("LOST: the deletion of %s", request);
            return;
        }
        add(request, bound(request), null, removal.version(), write.slot());
    }

    private void add(Request request, long to, Seen seen, int version) {
        add(request, to, seen, version, seen.slot());
    }

    private void add(Request request, long to, Seen seen, int version, Slot slot) {
        events.computeIfAbsent(slot, none -> new ArrayList<>()).add(new Event(request, to, seen, version));
        if (version > 0) {
            invocations.computeIfAbsent(slot, none -> new HashMap<>()).put(version, request.invoked());
        }
    }

    /** By the order in which they began; what was over by then sets the floor. */
    private void checkSlot(Slot slot, List<Event> all) {
        List<Event> byStart = new ArrayList<>(all);
        byStart.sort(Comparator.comparingLong(event -> event.from));
        List<Event> byEnd = new ArrayList<>(all);
        byEnd.sort(Comparator.comparingLong(event -> event.to));
        int over = 0;
        int floor = 0;
        for (Event event : byStart) {
            while (over < byEnd.size() && byEnd.get(over).to < event.from) {
                floor = Math.max(floor, byEnd.get(over).version);
                over++;
            }
            if (event.seen == null) {
                if (event.version <= floor) {
                    problems.add("%s came to be before what was there already at %s", event.request, slot);
                }
            } else {
                event.version = resolve(slot, event, floor);
            }
        }
    }

    /** Which version was seen. */
    private int resolve(Slot slot, Event event, int floor) {
        Versions versions = story.versions(slot);
        int version = event.seen.id() == 0 ? absent(versions, floor) : find(slot, event.seen);
        if (version < 0) {
            problems.add("nothing explains what %s saw at %s: %s", event.request, slot, event.seen);
            return floor;
        }
        if (version < floor) {
            problems.add("%s saw at %s what had been replaced: %s", event.request, slot, event.seen);
            return floor;
        }
        Long invoked = invocations.getOrDefault(slot, Map.of()).get(version);
        if (invoked != null && invoked > event.to) {
            problems.add("%s saw at %s what was yet to come: %s", event.request, slot, event.seen);
        }
        if (versions.imageHash(version) != event.seen.imageHash()) {
            problems.add("%s saw at %s another item than the journal has: %s", event.request, slot, event.seen);
        }
        return version;
    }

    private int find(Slot slot, Seen seen) {
        Integer version = story.versionOf(seen.id());
        return version == null || story.versions(slot).id(version) != seen.id() ? -1 : version;
    }

    private static int absent(Versions versions, int floor) {
        for (int version = floor; version < versions.count(); version++) {
            if (versions.id(version) == 0) {
                return version;
            }
        }
        return -1;
    }

    /** A write that began after another was acknowledged comes after it in the journal. */
    private void checkOrderAcrossSlots() {
        List<Event> byStart = new ArrayList<>();
        Map<Event, Long> sequences = new HashMap<>();
        events.forEach((slot, all) -> all.stream()
                .filter(event -> event.seen == null)
                .forEach(event -> {
                    byStart.add(event);
                    sequences.put(event, story.versions(slot).sequence(event.version));
                }));
        List<Event> byEnd = new ArrayList<>(byStart);
        byStart.sort(Comparator.comparingLong(event -> event.from));
        byEnd.sort(Comparator.comparingLong(event -> event.to));
        int over = 0;
        long last = 0;
        for (Event event : byStart) {
            while (byEnd.get(over).to < event.from) {
                last = Math.max(last, sequences.get(byEnd.get(over)));
                over++;
            }
            if (sequences.get(event) < last) {
                problems.add("%s is in front of commit %d, which was acknowledged before it", event.request, last);
            }
        }
    }

    /** All that it saw was there at one moment: after one of the commits that made it. */
    private void checkSnapshot(Request request) {
        List<Seen> all = request.seen();
        boolean explained = all.isEmpty()
                || startsOf(all).stream().anyMatch(moment -> all.stream().allMatch(seen -> wasThere(seen, moment)));
        if (!explained) {
            problems.add("no moment explains all of %s", request);
        }
    }

    private Set<Long> startsOf(List<Seen> all) {
        Set<Long> starts = new HashSet<>();
        for (Seen seen : all) {
            Versions versions = story.versions(seen.slot());
            for (int version = 0; version < versions.count(); version++) {
                if (versions.id(version) == seen.id()) {
                    starts.add(versions.sequence(version));
                }
            }
        }
        return starts;
    }

    private boolean wasThere(Seen seen, long moment) {
        Versions versions = story.versions(seen.slot());
        for (int version = 0; version < versions.count(); version++) {
            if (versions.id(version) == seen.id()
                    && versions.sequence(version) <= moment
                    && moment < versions.end(version)) {
                return true;
            }
        }
        return false;
    }
}
