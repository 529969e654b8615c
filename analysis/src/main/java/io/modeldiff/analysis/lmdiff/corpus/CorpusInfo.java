package io.modeldiff.analysis.lmdiff.corpus;

import java.util.List;

/**
 * What is known of a corpus.
 *
 * @param name its name, as in the dataset file's header, else the file's stem
 * @param type {@code human_created} or {@code machine_generated}
 * @param checksum the header's checksum where there is one, else {@code hash}; what caches record
 * @param hash SHA-256 of the phrases joined by newlines (UTF-8), lower-case hex; its identity
 * @param phrases number of phrases
 * @param bytes UTF-8 bytes of all phrases
 * @param columns names of the metadata columns
 * @param warnings what a person should know about the import, one sentence each
 */
public record CorpusInfo(
    String name,
    String type,
    String checksum,
    String hash,
    int phrases,
    long bytes,
    List<String> columns,
    List<String> warnings) {}
