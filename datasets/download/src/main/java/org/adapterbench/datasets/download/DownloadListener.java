package org.adapterbench.datasets.download;

/** Hears how a download goes on. */
@FunctionalInterface
public interface DownloadListener {

    /** Says nothing to anybody. */
    DownloadListener SILENT = (file, done, total) -> {};

    /**
     * @param done  bytes on disk, those of earlier attempts included
     * @param total bytes of the whole file, or -1 when the server does not say
     */
    void progress(String file, long done, long total);
}
