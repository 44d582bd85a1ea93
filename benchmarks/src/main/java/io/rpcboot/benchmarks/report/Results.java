package io.rpcboot.benchmarks.report;

import io.rpcboot.benchmarks.load.Load;
import java.util.List;
import java.util.Optional;

/** All results of one run, in the order of the loads and contenders. */
public record Results(List<Result> all) {

    public Results {
        all = List.copyOf(all);
    }

    public List<Load> loads() {
        return all.stream().map(Result::load).distinct().toList();
    }

    public List<Result> of(Load load) {
        return all.stream().filter(result -> result.load().equals(load)).toList();
    }

    public Optional<Result> of(Load load, String contender) {
        return of(load).stream()
                .filter(result -> result.contender().equals(contender))
                .findFirst();
    }
}
