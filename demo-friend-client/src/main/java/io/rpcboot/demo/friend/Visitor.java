package io.rpcboot.demo.friend;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** Who is logged in, as the HTTP session keeps it. Immutable. */
record Visitor(long id, String name) implements Serializable {

    private static final String ATTRIBUTE = Visitor.class.getName();

    /**
     * The one whose request it is.
     *
     * @throws ResponseStatusException UNAUTHORIZED if nobody is logged in
     */
    static Visitor of(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null && session.getAttribute(ATTRIBUTE) instanceof Visitor visitor) {
            return visitor;
        }
        throw new ResponseStatusException(
                HttpStatus.UNAUTHORIZED, "nobody is logged in (expected: POST /api/login first)");
    }

    /** Begins a session of its own, so that one that somebody else prepared gives no access. */
    void logIn(HttpServletRequest request) {
        logOut(request);
        request.getSession().setAttribute(ATTRIBUTE, this);
    }

    /** Ends the session, if there is one. */
    static void logOut(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }
}
