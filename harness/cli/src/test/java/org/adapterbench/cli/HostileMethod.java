package org.adapterbench.cli;

import java.util.List;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.AdapterContext;
import org.adapterbench.api.method.Setting;
import org.adapterbench.api.method.Settings;
import org.adapterbench.api.method.TuningMethod;

/** A method of somebody else's whose name is no name. */
public final class HostileMethod implements TuningMethod {

    @Override
    public String name() {
        return HostileReportTest.HOSTILE;
    }

    @Override
    public String summary() {
        return HostileReportTest.HOSTILE;
    }

    @Override
    public List<Setting> settings() {
        return List.of();
    }

    @Override
    public Adapter create(Settings settings, AdapterContext context) {
        return new Adapter() {};
    }
}
