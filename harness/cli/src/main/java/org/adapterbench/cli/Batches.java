package org.adapterbench.cli;

import java.util.List;

/**
 * The selections that a run goes through.
 *
 * @param training   without the slice
 * @param slice      held out of train to choose the best epoch; empty where none is
 * @param evaluation one a selection of the evaluation splits
 */
record Batches(Workload training, Workload slice, List<Workload> evaluation) {

    Batches {
        evaluation = List.copyOf(evaluation);
    }
}
