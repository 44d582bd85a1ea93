package io.rpcboot.protoc;

/**
 * The name of a top-level Java type. Immutable.
 *
 * @param packageName empty for the default package
 */
record JavaName(String packageName, String simpleName) {

    /** As generated code writes it: always with the package, so that no type of the same simple name is taken for it. */
    String qualified() {
        return packageName.isEmpty() ? simpleName : packageName + '.' + simpleName;
    }

    /** Where its source file goes below the output directory. */
    String sourcePath() {
        return qualified().replace('.', '/') + ".java";
    }
}
