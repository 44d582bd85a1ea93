package io.rpcboot.demo.launcher;

/**
 * The ZooKeeper through which the instances are found. Immutable.
 *
 * @param connectString its address
 * @param localAddress where the instances listen, so that whoever uses that ZooKeeper can reach them
 */
record Registry(String connectString, String localAddress) {}
