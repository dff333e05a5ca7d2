package org.adapterbench.reports.html;

import java.util.List;
import java.util.stream.Stream;
import org.adapterbench.api.record.RunRecord;

/**
 * The runs that failed.
 *
 * @param omitted failures left out to keep the page small
 */
record FailureList(List<Item> items, int omitted) {

    private static final int MOST_ITEMS = 100;
    private static final int MOST_MESSAGE = 2_000;
    private static final int MOST_LOG = 8_000;

    /**
     * One failed run.
     *
     * @param log the end of the worker's log, empty where there is none
     */
    record Item(String kind, String run, String runId, String message, String log) {}

    static FailureList of(List<RunRecord> records) {
        List<RunRecord> failed =
                records.stream().filter(run -> run.failure() != null).toList();
        return new FailureList(
                failed.stream().limit(MOST_ITEMS).flatMap(FailureList::item).toList(),
                Math.max(0, failed.size() - MOST_ITEMS));
    }

    private static Stream<Item> item(RunRecord run) {
        RunRecord.Failure failure = run.failure();
        if (failure == null) {
            return Stream.empty();
        }
        String log = failure.logTail() == null ? "" : failure.logTail();
        return Stream.of(new Item(
                Shown.word(failure.kind()),
                Shown.text(
                        run.spec().encoder().name() + " · " + run.spec().task().name() + " · " + run.variant()
                                + " · seed " + run.spec().seed()),
                Shown.hash(run.runId()),
                Shown.cut(Shown.text(failure.message()), MOST_MESSAGE),
                Shown.text(log.length() <= MOST_LOG ? log : log.substring(log.length() - MOST_LOG))));
    }
}
