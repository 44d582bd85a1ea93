package io.rpcboot.spring.client;

import io.rpcboot.spring.RpcReference;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ReflectionUtils;

/** Where {@link RpcReference} stands: at an injection point, and in the class of a bean. */
final class ReferencePoints {

    private ReferencePoints() {}

    /** The annotation of the field, of the parameter, or of the setter that the parameter belongs to. */
    static @Nullable RpcReference referenceAt(DependencyDescriptor descriptor) {
        RpcReference here = descriptor.getAnnotation(RpcReference.class);
        MethodParameter parameter = descriptor.getMethodParameter();
        Method method = parameter == null ? null : parameter.getMethod();
        return here != null || method == null ? here : method.getAnnotation(RpcReference.class);
    }

    /** The injection point as messages name it: class and field, or class, method and parameter. */
    static String describe(DependencyDescriptor descriptor) {
        Member member = descriptor.getMember();
        String declaring = member == null ? "" : member.getDeclaringClass().getName();
        MethodParameter parameter = descriptor.getMethodParameter();
        if (parameter == null) {
            return declaring + '.' + (member == null ? "" : member.getName());
        }
        String method =
                parameter.getMethod() == null ? "" : '.' + parameter.getMethod().getName();
        return declaring + method + " (parameter " + (parameter.getParameterIndex() + 1) + ')';
    }

    /** The types for which the class, or the factory method that makes the bean, asks for a remote client. */
    static Set<Class<?>> typesHeldBy(Class<?> type, @Nullable Method factoryMethod) {
        Set<Class<?>> held = new HashSet<>();
        if (factoryMethod != null) {
            addParameters(factoryMethod, held);
        }
        ReflectionUtils.doWithFields(type, field -> addField(field, held));
        ReflectionUtils.doWithMethods(type, method -> addParameters(method, held), method -> !method.isBridge());
        for (Executable constructor : type.getDeclaredConstructors()) {
            addParameters(constructor, held);
        }
        return held;
    }

    private static void addField(Field field, Set<Class<?>> held) {
        if (hasReference(field)) {
            add(ResolvableType.forField(field), held);
        }
    }

    private static void addParameters(Executable executable, Set<Class<?>> held) {
        boolean all = hasReference(executable);
        Parameter[] parameters = executable.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            if (all || hasReference(parameters[i])) {
                add(ResolvableType.forMethodParameter(MethodParameter.forExecutable(executable, i)), held);
            }
        }
    }

    /** The type itself, and what it wraps: {@code ObjectProvider<UserService>} asks for {@code UserService}. */
    private static void add(ResolvableType type, Set<Class<?>> held) {
        held.add(type.toClass());
        for (ResolvableType wrapped : type.getGenerics()) {
            held.add(wrapped.toClass());
        }
    }

    private static boolean hasReference(AnnotatedElement element) {
        return AnnotatedElementUtils.isAnnotated(element, RpcReference.class);
    }
}
