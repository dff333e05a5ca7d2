package org.adapterbench.datasets.wordnet;

import java.util.List;

/** One way to make a well-formed phrase ill-formed. */
interface Corruption {

    String name();

    /** Every result that this corruption allows, in the order of the words; empty where it does not apply. */
    List<Phrase> results(Phrase phrase);
}
