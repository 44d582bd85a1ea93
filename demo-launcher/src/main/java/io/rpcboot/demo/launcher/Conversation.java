package io.rpcboot.demo.launcher;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Two people register, log in and become friends, over HTTP with the friend client, which asks the user service. Every answer is checked
 * and printed, with the instance that gave it. For one thread.
 */
final class Conversation {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);
    private static final int FRIEND_LISTS = 20;
    private static final int INSTANCES = 2;

    private final Http http;
    private final PrintStream out;

    Conversation(Http http, PrintStream out) {
        this.http = http;
        this.out = out;
    }

    /**
     * Holds the conversation.
     *
     * @throws DemoException at the first answer that is not the right one
     */
    void hold() throws InterruptedException {
        awaitUserService();
        expect("register bob", 201, "name", "bob", register("bob", "builder"));
        expect("register ann", 201, "name", "ann", register("ann", "secret"));
        expect("register ann again", 409, "detail", "the name is taken: ann", register("ann", "other"));
        expect("log in as ann, wrong password", 401, "detail", "name or password is wrong", logIn("ann", "other"));
        expect("log in as ann", 200, "name", "ann", logIn("ann", "secret"));
        expect("add bob to the friends", 201, "name", "bob", befriend("bob"));
        expect("add nobody to the friends", 404, "detail", "no such user: nobody", befriend("nobody"));
        expect("list the friends", 200, "name", "bob", firstFriend());
        listUntilBothAnswered();
    }

    private Answer register(String name, String password) throws InterruptedException {
        return http.post("/api/register", Map.of("name", name, "password", password));
    }

    private Answer logIn(String name, String password) throws InterruptedException {
        return http.post("/api/login", Map.of("name", name, "password", password));
    }

    private Answer befriend(String name) throws InterruptedException {
        return http.post("/api/friends", Map.of("name", name));
    }

    private Answer firstFriend() throws InterruptedException {
        Answer friends = http.get("/api/friends");
        JsonNode first = friends.body().path(0);
        return new Answer(friends.status(), first.isMissingNode() ? friends.body() : first);
    }

    /** The friend client is up before it has heard of the first instance; until then it answers 503, and 504 while that one warms up. */
    private void awaitUserService() throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        Answer answer = logIn("nobody", "none");
        while (answer.status() == 503 || answer.status() == 504) {
            if (System.nanoTime() - end > 0) {
                throw new DemoException("the friend client finds no user service within " + LIMIT.toSeconds()
                        + " s; its last answer: " + answer);
            }
            Thread.sleep(BETWEEN_TRIES.toMillis());
            answer = logIn("nobody", "none");
        }
    }

    private void expect(String step, int status, String field, String value, Answer answer) {
        boolean right = answer.status() == status && answer.text(field).equals(value);
        if (!right) {
            throw new DemoException(step + ": " + answer.status() + ' ' + answer.body() + " (expected: " + status
                    + " with " + field + " = " + value + ')');
        }
        out.printf("  %-30s  %d  %-26s  answered by %s%n", step, status, value, answer.servedBy());
    }

    private void listUntilBothAnswered() throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        Map<String, Integer> answers = new TreeMap<>();
        int calls = 0;
        while (calls < FRIEND_LISTS || answers.size() < INSTANCES) {
            Answer friend = firstFriend();
            if (!friend.text("name").equals("bob") || friend.servedBy().isEmpty()) {
                throw new DemoException("list the friends: " + friend + " (expected: bob, and who answered)");
            }
            answers.merge(friend.servedBy(), 1, Integer::sum);
            calls++;
            if (System.nanoTime() - end > 0) {
                throw new DemoException("only " + answers.keySet() + " answered " + calls + " calls in "
                        + LIMIT.toSeconds() + " s (expected: " + INSTANCES + " instances)");
            }
        }
        out.printf("  list them %d times more%n", calls);
        answers.forEach((instance, times) -> out.printf("  %36s%d answered by %s%n", "", times, instance));
    }
}
