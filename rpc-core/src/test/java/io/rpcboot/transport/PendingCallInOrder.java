package io.rpcboot.transport;

/** What comes of a pending call when one thing happens after the other: the specification for {@link PendingCallRaces}. */
public class PendingCallInOrder {

    private boolean written;
    private boolean mayHaveRun;
    private boolean sentAgain;
    private String end = "open";

    public boolean commit() {
        if (isOver() || written) {
            return false;
        }
        written = true;
        mayHaveRun = true;
        return true;
    }

    public boolean answer() {
        return written && end("OK");
    }

    public void expire() {
        end("DEADLINE_EXCEEDED " + outcome());
    }

    public void loseConnection() {
        written = false;
        if (!isOver() && !sentAgain) {
            sentAgain = true;
        } else {
            end("UNAVAILABLE " + outcome());
        }
    }

    public void cancel() {
        end("CANCELLED " + outcome());
    }

    public void listen() {
        // Ends nothing.
    }

    public String end() {
        return end;
    }

    private boolean isOver() {
        return !end.equals("open");
    }

    private String outcome() {
        return mayHaveRun ? "MAY_HAVE_RUN" : "DID_NOT_RUN";
    }

    private boolean end(String how) {
        if (isOver()) {
            return false;
        }
        end = how;
        return true;
    }
}
