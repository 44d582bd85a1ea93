package io.rpcboot.faults.peer;

/**
 * One execution of the handler. Immutable.
 *
 * @param peer name of the peer that ran it
 * @param id the call's id
 * @param attempt 0 for the first try
 * @param startNanos when the handler started, by the machine's monotonic clock, which all processes share
 * @param leftMillis time that the call had left then
 */
public record JournalEntry(String peer, long id, int attempt, long startNanos, long leftMillis) {

    String line() {
        return id + " " + attempt + " " + startNanos + " " + leftMillis + "\n";
    }

    static JournalEntry parse(String peer, String line) {
        String[] fields = line.split(" ");
        if (fields.length != 4) {
            throw new IllegalArgumentException("journal of " + peer + ": '" + line + "' (expected: four numbers)");
        }
        return new JournalEntry(
                peer,
                Long.parseLong(fields[0]),
                Integer.parseInt(fields[1]),
                Long.parseLong(fields[2]),
                Long.parseLong(fields[3]));
    }
}
