package org.adapterbench.core.weights;

/** An encoder from the Hugging Face hub; once cached it needs neither network nor the downloaded files. */
record HubSource(HubReference reference, HubDownload download) implements EncoderSource {

    @Override
    public String name() {
        return reference.revision().equals("main") ? reference.model() : reference.toString();
    }

    @Override
    public String fingerprint() {
        return reference + " " + download.lock(reference).files();
    }

    @Override
    public LoadedEncoder load() {
        return new HuggingFaceFolder(name(), download.fetch(reference)).load();
    }
}
