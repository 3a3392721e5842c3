package io.tailrace.engine.step;

/** The steps of the engine, in the order in which a write passes them; those of the background follow. */
public enum EngineStep implements Step {
    /** The state is what the journal says; the directory is not marked as open yet. */
    RECOVERED,
    /** A batch is planned and nothing of it is in the journal. */
    APPEND_BEGINS,
    /** Half of an entry's bytes are in the journal's file, and its header is not. */
    APPEND_HALFWAY,
    /** An entry is in the journal's file; others of its batch may not be. */
    ENTRY_APPENDED,
    SYNC_BEGINS,
    SYNC_ENDS,
    /** The batch is as durable as it must be, and reads do not see it. */
    APPLY_BEGINS,
    /** Reads see the batch, and nobody was told. */
    APPLY_ENDS,
    /** One write of the batch was acknowledged; others may not be. */
    ACKNOWLEDGED,
    /** A new journal file is needed, and the old one is open. */
    ROLL_BEGINS,
    /** The old journal file is on the disk and closed, and there is no new one. */
    ROLL_CLOSED_OLD,
    /** The new journal file's directory is there, and nothing is in it. */
    ROLL_MADE_DIRECTORY,
    /** The new journal file is there, empty, and perhaps not on the disk. */
    ROLL_MADE_FILE,
    ROLL_ENDS,
    FLUSH_BEGINS,
    /** The journal is on the disk as far as it is applied; the state's files are as they were. */
    FLUSH_SYNCED_JOURNAL,
    FLUSH_ENDS,
    /** A journal file that nobody needs is about to go. */
    REMOVAL_BEGINS,
    /** It has its new name, and its files are there. */
    REMOVAL_RENAMED,
    REMOVAL_ENDS
}
