package io.rpcboot.protoc;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Java names for names of the {@code .proto}. */
final class JavaNames {

    /** What neither a method nor a type may be called: Java's keywords and literals. */
    private static final Set<String> KEYWORDS = Set.of(
            "_",
            "abstract",
            "assert",
            "boolean",
            "break",
            "byte",
            "case",
            "catch",
            "char",
            "class",
            "const",
            "continue",
            "default",
            "do",
            "double",
            "else",
            "enum",
            "extends",
            "false",
            "final",
            "finally",
            "float",
            "for",
            "goto",
            "if",
            "implements",
            "import",
            "instanceof",
            "int",
            "interface",
            "long",
            "native",
            "new",
            "null",
            "package",
            "private",
            "protected",
            "public",
            "return",
            "short",
            "static",
            "strictfp",
            "super",
            "switch",
            "synchronized",
            "this",
            "throw",
            "throws",
            "transient",
            "true",
            "try",
            "void",
            "volatile",
            "while");

    /** What a method may be called but no type. */
    private static final Set<String> TYPE_KEYWORDS = Set.of("permits", "record", "sealed", "var", "yield");

    /** What generated interfaces have already; with an rpc of the same name a lambda could mean either. */
    private static final String OPTIONS_METHOD = "with";

    private JavaNames() {}

    static boolean isReservedForTypes(String name) {
        return KEYWORDS.contains(name) || TYPE_KEYWORDS.contains(name);
    }

    /** {@code GetUser} and {@code get_user} give {@code getUser}, as protoc names methods of generic services; {@code new} gives {@code new_}. */
    static String method(String protoName) {
        StringBuilder name = new StringBuilder();
        boolean upper = false;
        for (char c : protoName.toCharArray()) {
            if (c == '_') {
                upper = true;
            } else {
                name.append(upper ? upper(c) : c);
                // After a digit comes a capital, as protoc does it.
                upper = isDigit(c);
            }
        }
        if (isUpper(protoName.charAt(0))) {
            name.setCharAt(0, lower(name.charAt(0)));
        }
        return usable(name.toString());
    }

    private static String usable(String name) {
        if (name.isEmpty() || isDigit(name.charAt(0))) {
            return "_" + name + (name.isEmpty() ? "_" : "");
        }
        return KEYWORDS.contains(name) || name.equals(OPTIONS_METHOD) ? name + '_' : name;
    }

    /** Names of constants in the order of the methods, all different: {@code GetUser} gives {@code GET_USER}. */
    static List<String> constants(List<String> protoNames) {
        Set<String> taken = new HashSet<>(Set.of("INSTANCE"));
        return protoNames.stream().map(name -> unused(constant(name), taken)).toList();
    }

    private static String unused(String wanted, Set<String> taken) {
        String name = wanted;
        while (!taken.add(name)) {
            name += '_';
        }
        return name;
    }

    private static String constant(String protoName) {
        String snake = protoName
                .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .replaceAll("([A-Z])([A-Z][a-z])", "$1_$2")
                .toUpperCase(Locale.ROOT);
        return isDigit(snake.charAt(0)) || snake.equals("_") ? "_" + snake : snake;
    }

    private static boolean isDigit(char c) {
        return '0' <= c && c <= '9';
    }

    private static boolean isUpper(char c) {
        return 'A' <= c && c <= 'Z';
    }

    private static char upper(char c) {
        return 'a' <= c && c <= 'z' ? (char) (c - 'a' + 'A') : c;
    }

    private static char lower(char c) {
        return isUpper(c) ? (char) (c - 'A' + 'a') : c;
    }
}
