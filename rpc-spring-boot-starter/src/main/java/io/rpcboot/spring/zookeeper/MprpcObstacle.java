package io.rpcboot.spring.zookeeper;

/**
 * Why a method's place among mprpc peers is not this provider's. Immutable.
 *
 * @param text for people
 * @param passing whether it is another living provider, as one of several instances, whose place is free one day; else a person has to
 *     change something
 */
record MprpcObstacle(String text, boolean passing) {

    static MprpcObstacle passing(String text) {
        return new MprpcObstacle(text, true);
    }

    static MprpcObstacle lasting(String text) {
        return new MprpcObstacle(text, false);
    }

    @Override
    public String toString() {
        return text;
    }
}
