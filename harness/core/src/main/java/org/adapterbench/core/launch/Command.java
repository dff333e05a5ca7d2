package org.adapterbench.core.launch;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.adapterbench.core.run.RunRequest;

/** What the parent tells a worker. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Command.Run.class, name = "run"),
    @JsonSubTypes.Type(value = Command.Stop.class, name = "stop")
})
sealed interface Command {

    /** Execute this run and report. */
    record Run(RunRequest request) implements Command {}

    /** End the current step, report, and end. */
    record Stop() implements Command {}
}
