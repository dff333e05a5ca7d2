package org.adapterbench.reports.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.reports.Comparability;
import org.adapterbench.reports.ComparableRuns;
import org.adapterbench.reports.MissingRuns;
import org.adapterbench.reports.Numbers;
import org.adapterbench.reports.ReportInput;
import org.adapterbench.reports.Scores;
import org.adapterbench.reports.TableHeadings;

/**
 * Everything on the page, in words, numbers and paths.
 *
 * @param experiment   its name
 * @param title        heading of the page
 * @param description  what the experiment is for; may be empty
 * @param overview     key numbers
 * @param groups       runs that may be compared, the first ones
 * @param groupsOmitted groups left out to keep the page small
 * @param notes        what the reader must know before the numbers
 */
record Page(
        String experiment,
        String title,
        String description,
        String toolVersion,
        int schemaVersion,
        List<Fact> overview,
        List<String> notes,
        List<Group> groups,
        int groupsOmitted,
        ContentTable content,
        FailureList failures,
        ProvenanceTables provenance,
        PlainTable runs) {

    private static final int MOST_GROUPS = 40;
    private static final int MOST_NAMES = 8;
    private static final int MOST_GROUPS_WITH_CHARTS = 8;

    static Page of(ReportInput input) {
        List<ComparableRuns> groups = Comparability.group(input.records());
        Scores scores = new Scores(input);
        Map<String, Series> series = Series.of(input, groups);
        TableHeadings headings = new TableHeadings(groups);
        Machines machines = new Machines(input.records());
        ContentTable content = ContentTable.of(input.records());
        List<Group> shown = groups.stream()
                .limit(MOST_GROUPS)
                .map(group -> Group.of(
                        group, input, scores, series, machines, headings, group.number() <= MOST_GROUPS_WITH_CHARTS))
                .toList();
        return new Page(
                Shown.text(input.about().name()),
                Shown.text(input.about().title()),
                Shown.text(input.about().description()),
                Shown.text(input.toolVersion()),
                input.schemaVersion(),
                overview(input, groups),
                notes(input, groups, headings, content),
                shown,
                groups.size() - shown.size(),
                content,
                FailureList.of(input.records()),
                ProvenanceTables.of(input.records(), machines),
                RunTable.of(input, groups, scores));
    }

    private static List<Fact> overview(ReportInput input, List<ComparableRuns> groups) {
        long finished =
                input.records().stream().filter(run -> run.outcome() != null).count();
        List<Fact> facts = new ArrayList<>();
        facts.add(count(finished, "finished run"));
        facts.add(count(input.records().size() - finished, "failed run"));
        int missing = MissingRuns.of(input).names().size();
        if (missing > 0) {
            facts.add(count(missing, "missing run"));
        }
        facts.add(count(distinct(input, run -> run.spec().encoder().name()), "encoder"));
        facts.add(count(distinct(input, run -> run.spec().task().name()), "task"));
        facts.add(count(distinct(input, RunRecord::variant), "variant"));
        facts.add(count(distinct(input, run -> run.spec().seed()), "seed"));
        facts.add(count(groups.size(), "result table"));
        return facts;
    }

    private static Fact count(long number, String noun) {
        return Fact.of(noun + (number == 1 ? "" : "s"), Numbers.grouped(number));
    }

    private static long distinct(ReportInput input, Function<RunRecord, Object> of) {
        return input.records().stream().map(of).distinct().count();
    }

    private static List<String> notes(
            ReportInput input, List<ComparableRuns> groups, TableHeadings headings, ContentTable content) {
        List<String> notes = new ArrayList<>();
        if (input.records().isEmpty()) {
            notes.add("No run has been recorded yet.");
        } else if (input.records().stream().allMatch(run -> run.outcome() == null)) {
            notes.add("No run has finished: there is no result to show.");
        }
        String missing = MissingRuns.of(input).text();
        if (!missing.isEmpty()) {
            notes.add(Shown.text(missing) + ".");
        }
        if (!input.leftOut().isEmpty()) {
            notes.add("Left out, because they are damaged: " + Shown.text(some(input.leftOut())) + ".");
        }
        if (groups.size() > 1) {
            notes.add("These runs fall into " + groups.size() + " tables because they differ in "
                    + String.join(", ", headings.differences())
                    + ". Numbers from different tables must not be compared.");
        }
        if (!content.other().isEmpty()) {
            notes.add("Other content than the official one: " + String.join(", ", content.other())
                    + ". Results on other content are not comparable with published ones.");
        }
        if (!content.unverified().isEmpty()) {
            notes.add("Unverified content (counts agree, but the official texts were not at hand to compare): "
                    + String.join(", ", content.unverified()) + ".");
        }
        return notes;
    }

    private static String some(List<String> all) {
        List<String> first = all.subList(0, Math.min(MOST_NAMES, all.size()));
        return String.join("; ", first)
                + (first.size() == all.size() ? "" : "; and " + (all.size() - first.size()) + " more");
    }
}
